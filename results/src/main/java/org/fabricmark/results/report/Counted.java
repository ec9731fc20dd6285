package org.fabricmark.results.report;

/** A number of things in words. */
final class Counted {
    private Counted() {}

    /** {@code 1 cell}, {@code 2 cells}. */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
