package org.fabricmark.transport.rdma.verbs;

/**
 * A place for one message: posted with {@link QueuePair#postReceive} or {@link SharedReceiveQueue#postReceive}. The object is free to
 * be filled again when posting returns; the memory it names is not, until the receive has completed.
 *
 * <p>Thread rule: one thread. Allocates only when a list grows beyond every earlier one.
 */
public final class ReceiveRequest {
    private final ScatterGatherList pieces = new ScatterGatherList();
    private long id;
    private ReceiveRequest next;

    /** Forgets all; then gives it {@code id}, which its completion will name. */
    public ReceiveRequest begin(long id) {
        this.id = id;
        pieces.clear();
        next = null;
        return this;
    }

    /** Adds a piece of memory, which must be registered for local writes. */
    public ReceiveRequest segment(long address, int length, LocalKey key) {
        pieces.add(address, length, key);
        return this;
    }

    /** What is posted after this one, in the same call; returns that. */
    public ReceiveRequest then(ReceiveRequest following) {
        next = following;
        return following;
    }

    /** What its completion names. */
    public long id() {
        return id;
    }

    /** What is posted after this one, or null. */
    public ReceiveRequest next() {
        return next;
    }

    /** How many pieces. */
    public int segments() {
        return pieces.size();
    }

    /** Address of a piece. */
    public long address(int piece) {
        return pieces.address(piece);
    }

    /** Length of a piece, in bytes. */
    public int length(int piece) {
        return pieces.length(piece);
    }

    /** Value of the {@link LocalKey} of a piece. */
    public int key(int piece) {
        return pieces.key(piece);
    }
}
