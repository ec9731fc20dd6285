package org.fabricmark.results.model;

import java.util.Objects;
import java.util.Optional;

/**
 * Which program measured. Where it was not ours, a run was {@linkplain org.fabricmark.results.format imported}: it then
 * knows less about its surroundings and has no samples, or few.
 *
 * @param tool the program, one of the constants or a word that a newer build knows
 * @param version its version, if its output tells
 */
public record Origin(String tool, Optional<String> version) {
    /** This suite, by its own harness. */
    public static final String FABRICMARK = "fabricmark";
    /** NVIDIA's nccl-tests and what prints like them. */
    public static final String NCCL_TESTS = "nccl-tests";
    /** The OSU micro-benchmarks. */
    public static final String OSU = "osu";
    /** The Intel MPI benchmarks. */
    public static final String IMB = "imb";
    /** JMH by itself, whatever it measured. */
    public static final String JMH = "jmh";

    /** This suite, by its own harness. */
    public static final Origin OURS = of(FABRICMARK);

    /** Refuses an empty word. */
    public Origin {
        CaseKey.requireWord("tool", tool);
        Objects.requireNonNull(version, "version");
    }

    /** A program whose version is unknown. */
    public static Origin of(String tool) {
        return new Origin(tool, Optional.empty());
    }

    /** Whether this suite measured. */
    public boolean isOurs() {
        return tool.equals(FABRICMARK);
    }
}
