package org.fabricmark.results.model;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that one command measured, or that one file of another program says, and what is needed to read it later:
 * where, when, with which arguments and seed. A case occurs once; results of {@linkplain Repetitions repeated} sweeps
 * are one result. They are in the order in which they were measured.
 *
 * @param id names this run among all others, the same wherever its files are moved to
 * @param startedAt when measuring began
 * @param origin the program that measured
 * @param arguments the command's arguments, without the program's name or path
 * @param seed orders the cases and makes the data
 * @param environment what the numbers depend on besides the machine's speed
 * @param machine the machine's measured limits, if they were measured
 * @param cases the results
 */
public record Run(String id, Instant startedAt, Origin origin, List<String> arguments, long seed,
        Environment environment, Optional<Machine> machine, List<CaseResult> cases) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int COMMIT_DIGITS = 8;
    private static final int OWN_DIGITS = 6;

    /** Copies the lists and refuses a case that occurs twice. */
    public Run {
        CaseKey.requireWord("id", id);
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(machine, "machine");
        arguments = List.copyOf(arguments);
        cases = List.copyOf(cases);
        Set<CaseKey> seen = new HashSet<>();
        for (CaseResult result : cases) {
            if (!seen.add(result.key())) {
                throw new IllegalArgumentException("case '" + result.key() + "' is there twice");
            }
        }
    }

    /** A run that this suite measured, with an id of its own. */
    public static Run of(Instant startedAt, List<String> arguments, long seed, Environment environment,
            Optional<Machine> machine, List<CaseResult> cases) {
        return of(startedAt, Origin.OURS, arguments, seed, environment, machine, cases);
    }

    /** A run of any origin, with an id of its own. */
    public static Run of(Instant startedAt, Origin origin, List<String> arguments, long seed, Environment environment,
            Optional<Machine> machine, List<CaseResult> cases) {
        return new Run(id(startedAt, origin, arguments, seed, environment.suite().commit()), startedAt, origin,
                arguments, seed, environment, machine, cases);
    }

    /** Whether any case gave wrong data. */
    public boolean isWrong() {
        return cases.stream().anyMatch(CaseResult::isWrong);
    }

    /** Time, commit and a few digits that tell runs of one second apart; follows from what the run is, so that reading an older file gives it too. */
    private static String id(Instant startedAt, Origin origin, List<String> arguments, long seed,
            Optional<String> commit) {
        String what = startedAt + " " + origin.tool() + " " + seed + " " + String.join(" ", arguments);
        String shortCommit = commit.map(full -> full.substring(0, Math.min(COMMIT_DIGITS, full.length())) + "-")
                .orElse("");
        return TIME.format(startedAt) + "-" + shortCommit + Digest.hex(what, OWN_DIGITS);
    }
}
