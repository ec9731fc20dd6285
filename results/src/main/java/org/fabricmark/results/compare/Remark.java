package org.fabricmark.results.compare;

/**
 * Something that a reader of the numbers has to know.
 *
 * @param kind what it is about
 * @param text one line, without a full stop
 */
public record Remark(Kind kind, String text) {
    /** What a remark is about. */
    public enum Kind {
        /** A label that varies and was not asked about. */
        LABELS,
        /** Times that are not the same quantity. */
        CONVENTIONS,
        /** Machines, software or settings that differ. */
        SURROUNDINGS,
        /** Cells with wrong data. */
        WRONG,
        /** Cells that one column has and another has not. */
        ABSENT,
        /** Ratios that say less than they seem to. */
        CERTAINTY
    }
}
