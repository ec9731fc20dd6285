package org.fabricmark.bench.cases;

/** Which buffers a call finds, and so where its data are. */
public enum Buffers {
    /** The same ones in every call: in the caches, as far as they fit. */
    SAME("same"),
    /** The next ones of a ring that together do not fit the last-level cache. */
    ROTATE("rotate"),
    /** The same ones, after other data have driven them out of all caches. */
    COLD("cold");

    private final String label;

    Buffers(String label) {
        this.label = label;
    }

    /** The word on the command line and in names of cases. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
