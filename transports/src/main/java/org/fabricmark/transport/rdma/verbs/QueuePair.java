package org.fabricmark.transport.rdma.verbs;

/**
 * A send queue and a receive queue, and the way to a peer.
 *
 * <p>Requests of the send queue are executed at the peer, and complete, in the order in which they were posted; a completion says that
 * all earlier requests of the queue have succeeded. Between a read or an atomic and a later send or write there is no order without
 * {@link SendFlag#FENCE}. What a write has written is visible to the peer's processor when a receive of this queue pair completes that
 * was sent later, and by nothing else.
 *
 * <p>A request that was not signalled gives its place in the queue back when a later one that was signalled has been polled.
 *
 * <p>Thread rule: its context's thread.
 */
public interface QueuePair extends AutoCloseable {
    /** Its number. */
    QueuePairNumber number();

    /** What it promises. */
    ServiceType service();

    /** Where it was made. */
    ProtectionDomain protectionDomain();

    /** Its sizes. */
    QueuePairCapabilities capabilities();

    /** Its present state. */
    QueuePairState state();

    /** All it has been given; its {@link QueuePairAttributes#state} is the present one. */
    QueuePairAttributes query();

    /**
     * Changes state and attributes, all or nothing.
     *
     * @throws VerbsException {@code EINVAL} when {@link QueuePairTransitions} does not allow it, or a value is not possible here
     */
    void modify(QueuePairAttributes change);

    /** Posts {@code first} and what follows it. Does not block, does not allocate. */
    PostStatus postSend(SendRequest first);

    /** The request with which the last {@link #postSend} stopped, or null. */
    SendRequest badSend();

    /** Posts {@code first} and what follows it as places for messages. Does not block, does not allocate. */
    PostStatus postReceive(ReceiveRequest first);

    /** The request with which the last {@link #postReceive} stopped, or null. */
    ReceiveRequest badReceive();

    /**
     * Binds a window of type 1, or with no bytes unbinds it; completes as {@link CompletionOpcode#BIND_MEMORY_WINDOW}, always.
     *
     * @param id what the completion names
     * @return {@code INVALID} for a window of type 2 and for what cannot be bound at all
     */
    PostStatus bind(long id, MemoryWindow window, WindowBinding binding);

    /**
     * Destroys it; what is queued vanishes, and its completions that nobody has polled.
     *
     * @throws VerbsException {@code EBUSY} while an event of it is not acknowledged
     */
    @Override
    void close();
}
