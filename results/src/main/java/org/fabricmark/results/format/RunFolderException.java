package org.fabricmark.results.format;

/**
 * A folder that a run cannot be saved in. The message is one line that names the folder and says what would be right.
 */
public final class RunFolderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunFolderException(String message) {
        super(message);
    }

    RunFolderException(String message, Throwable cause) {
        super(message, cause);
    }
}
