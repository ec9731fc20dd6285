package org.fabricmark.transport;

/**
 * Ends a call, and with it the job: the communicator or transport that threw it can only be closed. When one rank fails, all
 * ranks throw this exception with the same {@link Failure}.
 */
public final class FabricException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    /** @param failure what happened */
    public FabricException(Failure failure) {
        this(failure, null);
    }

    /**
     * @param failure what happened
     * @param cause what brought it about, or null
     */
    public FabricException(Failure failure, Throwable cause) {
        super(failure.what() + " [" + failure.facts() + "]", cause);
        this.failure = failure;
    }

    /** What other ranks are told when {@code rank} ends with {@code cause}. */
    public static Failure failureOf(Throwable cause, int rank, String transport) {
        return cause instanceof FabricException known
                ? known.failure()
                : Failure.of(Failure.Category.RANK_FAILED, rank, transport, "rank " + rank + " ended with " + cause);
    }

    /** The facts. */
    public Failure failure() {
        return failure;
    }
}
