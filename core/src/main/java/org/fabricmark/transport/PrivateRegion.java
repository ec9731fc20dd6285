package org.fabricmark.transport;

import java.lang.foreign.MemorySegment;

/**
 * Memory of this rank alone, as one side of its own puts and gets: peers have no name for it. It stands for other memory in each call,
 * which is registered where it is; its references stay the same, its address does not.
 *
 * <p>Order of calls: {@link #place} or {@link #stage}, then transfers, then {@link #release}, or {@link #revoke} where transfers may not
 * be over.
 *
 * <p>Thread rule: the rank's thread. Lifetime: until {@link #close}, or until its transport closes.
 */
public non-sealed interface PrivateRegion extends Bindable, AutoCloseable {
    /** Where it is now; 0 before it was anywhere. */
    @Override
    long address();

    /**
     * From now on this is the beginning of {@code memory}, which stays registered until {@link #release} at least.
     *
     * @param memory at least {@link #bytes} long
     * @return false when this memory cannot be registered, or not now; then nothing has happened, and the caller uses {@link #stage}
     */
    boolean place(MemorySegment memory);

    /**
     * From now on this is memory of its own, registered for good.
     *
     * @return that memory: allocated in the first such call, and the same in all
     * @throws FabricException {@code NO_ROOM} when memory is short
     */
    MemorySegment stage();

    /** All transfers are over. What was placed may stay registered, for the next call that has the same memory. */
    void release();

    /** Transfers may not be over. When this returns, no byte of what was placed will be read or written for them any more. */
    void revoke();

    /** Gives back what it has. Closing twice does nothing. */
    @Override
    void close();
}
