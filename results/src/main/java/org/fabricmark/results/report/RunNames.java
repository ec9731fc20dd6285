package org.fabricmark.results.report;

/** Names for runs that are shown side by side: letters, and a table of the report says which is which. */
final class RunNames {
    private static final int LETTERS = 26;

    private RunNames() {}

    /** {@code A} to {@code Z}, then {@code R27} and so on. */
    static String letter(int run) {
        return run < LETTERS ? Character.toString('A' + run) : "R" + (run + 1);
    }
}
