package org.fabricmark.transport.rdma.verbs;

/** Receives that several queue pairs draw from. Thread rule: its context's thread. */
public interface SharedReceiveQueue extends AutoCloseable {
    /** Where it was made. */
    ProtectionDomain protectionDomain();

    /** How many receives it holds. */
    int maxRequests();

    /** How many pieces one of them may have. */
    int maxSegments();

    /** As {@link QueuePair#postReceive}. */
    PostStatus postReceive(ReceiveRequest first);

    /** The request with which the last {@link #postReceive} stopped, or null. */
    ReceiveRequest badReceive();

    /** Fewer receives than this raise {@link AsyncEvent.Type#SRQ_LIMIT_REACHED}, once; then it is 0 again. */
    int limit();

    /**
     * Sets {@link #limit}.
     *
     * @throws VerbsException {@code EINVAL} when it is more than the queue holds
     */
    void arm(int limit);

    /**
     * Destroys it.
     *
     * @throws VerbsException {@code EBUSY} while a queue pair uses it, or an event of it is not acknowledged
     */
    @Override
    void close();
}
