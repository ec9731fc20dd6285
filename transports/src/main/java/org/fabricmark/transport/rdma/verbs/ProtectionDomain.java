package org.fabricmark.transport.rdma.verbs;

import java.lang.foreign.MemorySegment;
import java.util.Set;

/**
 * What belongs together: a queue pair reaches only memory of its own protection domain. Thread rule: its context's thread.
 */
public interface ProtectionDomain extends AutoCloseable {
    /** Where it was made. */
    Context context();

    /** Registers {@code memory} under its own addresses, or from 0 on with {@link AccessFlag#ZERO_BASED}. */
    default MemoryRegion register(MemorySegment memory, Set<AccessFlag> access) {
        return register(memory, access.contains(AccessFlag.ZERO_BASED) ? 0 : memory.address(), access);
    }

    /**
     * Registers memory: from now on the device may access it.
     *
     * @param memory native; where peers are other processes, of {@link Context#allocate}
     * @param address what the first byte is called in requests
     * @throws VerbsException {@code EINVAL} for access that contradicts itself, for no bytes, and for memory that this device cannot
     *     reach, with the reason; {@code ENOMEM} when there are too many
     */
    MemoryRegion register(MemorySegment memory, long address, Set<AccessFlag> access);

    /** A new memory window, not bound to anything. */
    MemoryWindow allocateMemoryWindow(MemoryWindow.Type type);

    /**
     * A new queue pair, in {@link QueuePairState#RESET}.
     *
     * @throws VerbsException {@code EINVAL} for sizes above the device's, or completion queues of another context
     */
    QueuePair createQueuePair(QueuePairInit init);

    /**
     * A new shared receive queue.
     *
     * @param maxRequests how many receives it holds at least
     * @param maxSegments pieces of one
     * @throws VerbsException {@code EINVAL} for sizes above the device's
     */
    SharedReceiveQueue createSharedReceiveQueue(int maxRequests, int maxSegments);

    /**
     * A way to a peer, for datagrams.
     *
     * @throws VerbsException {@code EINVAL} for a way without global routing header, or from no port
     */
    AddressHandle createAddressHandle(AddressVector way);

    /**
     * Deallocates it.
     *
     * @throws VerbsException {@code EBUSY} when something is left in it
     */
    @Override
    void close();
}
