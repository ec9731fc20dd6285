package org.fabricmark.bench.primitive.sweep;

/** What a primitive is held against: probed on the same threads, just before. */
public enum Reference {
    /** The exchange of a line. */
    EXCHANGE("exchange"),
    /** A line there and back. */
    ROUND_TRIP("round-trip"),
    /** A copy of as many bytes by one thread. */
    COPY("copy"),
    /** Nothing. */
    NONE("none");

    private final String label;

    Reference(String label) {
        this.label = label;
    }

    /** Its name in results. */
    public String label() {
        return label;
    }
}
