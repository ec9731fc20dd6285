package org.fabricmark.transport.rdma;

/** What a request of a send queue was for, in words for messages. */
enum RdmaOperation {
    /** Data, without a signal. */
    WRITE("write"),
    /** Data, and their signal. */
    WRITE_AND_NOTIFY("write with immediate"),
    /** A signal. */
    NOTIFY("signal"),
    /** Data that come here. */
    READ("read"),
    /** Credits alone. */
    CREDITS("return of credits"),
    /** Nothing but a completion. */
    MARKER("marker");

    private static final RdmaOperation[] ALL = values();

    private final String words;

    RdmaOperation(String words) {
        this.words = words;
    }

    static RdmaOperation of(int ordinal) {
        return ALL[ordinal];
    }

    String words() {
        return words;
    }
}
