package org.fabricmark.transport.rdma.loopback;

import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * Where a context keeps what its peers reach, and how it finds theirs: the one thing that differs between contexts of one process and
 * contexts of several.
 *
 * <p>Thread rule: the context's thread.
 */
interface Home extends AutoCloseable {
    /** By what peers find it. */
    Gid gid();

    /** The own context, seen as any other. */
    Neighbour self();

    /** The context with {@code gid}, or null when there is none now. */
    Neighbour find(Gid gid);

    /**
     * Memory for a queue: zeros, aligned to a line, as long as the fabric.
     *
     * @return its address here
     */
    long allocateQueue(int bytes);

    /** Gives memory of {@link #allocateQueue} back; nobody is inside any more. */
    void freeQueue(long address, int bytes);

    /** The place of memory of this context. */
    long placeOf(long address);

    /**
     * The place of memory to register.
     *
     * @throws VerbsException {@code EINVAL} when peers cannot reach it, with the reason
     */
    long placeOf(MemorySegment memory);

    /** Memory that peers can reach; {@code inUse} tells whether a part of it is registered. */
    DeviceMemory allocate(long bytes, RegisteredRanges ranges);

    /** Leaves the fabric; peers that look for it find nothing from now on. */
    @Override
    void close();
}
