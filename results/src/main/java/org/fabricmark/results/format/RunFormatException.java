package org.fabricmark.results.format;

/** A file that cannot be read as results. The message is one line that names the place and what is wrong there. */
public final class RunFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A message of one line. */
    public RunFormatException(String message) {
        super(message);
    }

    /** A message of one line. */
    public RunFormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The first line of what {@code cause} says, for libraries that say more. */
    static String firstLine(String message) {
        return message == null ? "unknown error" : message.lines().findFirst().orElse("unknown error");
    }
}
