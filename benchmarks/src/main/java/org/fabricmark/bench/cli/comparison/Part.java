package org.fabricmark.bench.cli.comparison;

import java.util.Locale;

/** The parts of what {@code compare} shows, in this order. */
public enum Part {
    /** Times, ratios and their geometric means. */
    TABLES,
    /** Sizes from which on another column is faster. */
    CROSSOVERS,
    /** Who is fastest where. */
    WINNERS,
    /** What leaving the choice of the algorithm to the library costs. */
    REGRET,
    /** Guidelines that do not hold. */
    GUIDELINES,
    /** What a reader has to know. */
    REMARKS;

    /** The name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
