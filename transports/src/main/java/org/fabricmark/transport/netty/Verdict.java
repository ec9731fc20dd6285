package org.fabricmark.transport.netty;

/** What an acceptor answers; the place in this list is the number that travels. */
enum Verdict {
    WELCOME("welcome"),
    VERSION("another version of the wire format: start all ranks from one build"),
    JOB("another job"),
    SIZE("another number of ranks or connections"),
    RANK("a rank that is not expected here"),
    SECRET("another secret"),
    TAKEN("a number that another rank has");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** As the end of "it has ...". */
    String words() {
        return words;
    }

    static Verdict of(int number) throws WireException {
        if (number < 0 || number >= values().length) {
            throw new WireException("a verdict of " + number);
        }
        return values()[number];
    }
}
