package org.fabricmark.bench.cases;

/** What lies between two calls. */
public enum Cadence {
    /** Nothing: calls are made back to back, and timed in batches. */
    STREAMING("streaming"),
    /** A barrier that is not timed; each call is timed by itself. */
    ISOLATED("isolated");

    private final String label;

    Cadence(String label) {
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
