package org.fabricmark.bench.jmh;

/** A combination of parameters that cannot run. Without a stack trace: the message is one line for the user. */
final class RefusedCaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedCaseException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String toString() {
        return "refused: " + getMessage();
    }
}
