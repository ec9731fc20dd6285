package org.fabricmark.results.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that one command measured, and what is needed to read it later: where, when, with which arguments and
 * seed. A case may occur more than once (repeated sweeps); results are in the order in which they were measured.
 *
 * @param schemaVersion version of the file's form, from 1 to {@link #SCHEMA_VERSION}
 * @param startedAt when measuring began
 * @param arguments the command's arguments, without the program's name or path
 * @param seed orders the cases and makes the data
 * @param environment what the numbers depend on besides the machine's speed
 * @param machine the machine's measured limits, if they were measured
 * @param cases the results
 */
public record Run(int schemaVersion, Instant startedAt, List<String> arguments, long seed, Environment environment,
        Optional<Machine> machine, List<CaseResult> cases) {

    /**
     * The version that this build writes, and the newest that it reads. A new field that a reader may ignore does not
     * raise it; a field that changes its meaning does.
     */
    public static final int SCHEMA_VERSION = 1;

    /** Copies the lists and refuses a version that this build cannot hold. */
    public Run {
        if (schemaVersion < 1 || schemaVersion > SCHEMA_VERSION) {
            throw new IllegalArgumentException(
                    "schemaVersion " + schemaVersion + " is not from 1 to " + SCHEMA_VERSION);
        }
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(machine, "machine");
        arguments = List.copyOf(arguments);
        cases = List.copyOf(cases);
    }

    /** A run of this build's version. */
    public static Run of(Instant startedAt, List<String> arguments, long seed, Environment environment,
            Optional<Machine> machine, List<CaseResult> cases) {
        return new Run(SCHEMA_VERSION, startedAt, arguments, seed, environment, machine, cases);
    }

    /** Whether any case gave wrong data. */
    public boolean isWrong() {
        return cases.stream().anyMatch(CaseResult::isWrong);
    }
}
