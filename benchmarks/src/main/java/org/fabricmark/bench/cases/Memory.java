package org.fabricmark.bench.cases;

/** In which kind of memory the caller's buffers lie. */
public enum Memory {
    /** In windows: registered, and used where they are. */
    WINDOW("window"),
    /** In memory of the rank's own, which is copied into a window and out of it, within the time of the call. */
    PRIVATE("private");

    private final String label;

    Memory(String label) {
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
