package org.fabricmark.bench.jmh;

/** Results of calls are not what the collective defines: their time is worth nothing. Without a stack trace, which would say nothing. */
final class WrongDataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param wrong how many elements, over all checks so far */
    WrongDataException(long wrong) {
        super("wrong data: " + wrong + (wrong == 1 ? " element differs" : " elements differ"), null, false, false);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
