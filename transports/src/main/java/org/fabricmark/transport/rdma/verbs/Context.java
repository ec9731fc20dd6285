package org.fabricmark.transport.rdma.verbs;

import java.util.Optional;

/**
 * One opening of a device, and all that is made through it.
 *
 * <p><b>Progress.</b> Hardware works on its own. A provider without hardware works inside of calls: posting, polling and
 * {@link #progress}. A program that waits must poll or progress, also for the sake of its peers.
 *
 * <p><b>Thread rule.</b> A context and everything made through it belongs to one thread. Contexts of different threads are
 * independent.
 */
public interface Context extends AutoCloseable {
    /** The device. */
    Device device();

    /** Its limits. */
    DeviceAttributes attributes();

    /**
     * One of its ports, from 1.
     *
     * @throws VerbsException {@code EINVAL} when there is no such port
     */
    PortAttributes port(int port);

    /**
     * An identifier of a port.
     *
     * @throws VerbsException {@code EINVAL} for no such port or place; {@code ENODATA} when the place is empty
     */
    Gid gid(int port, int index);

    /**
     * All identifiers that are set, of all ports, in order: {@code ibv_query_gid_table}.
     *
     * @param into filled from its first place on
     * @return how many there are
     * @throws VerbsException {@code EINVAL} when there are more than places; then nothing is filled in
     */
    int gidTable(GidEntry[] into);

    /**
     * A partition that a port is in; 0xffff is the one that all are in.
     *
     * @throws VerbsException {@code EINVAL} for no such port or place
     */
    int partitionKey(int port, int index);

    /** A new protection domain. */
    ProtectionDomain allocateProtectionDomain();

    /** A new completion channel. */
    CompletionChannel createCompletionChannel();

    /**
     * A new completion queue.
     *
     * @param capacity how many completions it holds at least. Errors complete unsignalled requests too: so as many as all queues
     *     that use it hold together
     * @param channel where its events go, or null
     * @param cookie what {@link CompletionQueue#cookie} answers
     * @param vector which interrupt source
     * @throws VerbsException {@code EINVAL} for a capacity or vector that the device does not have
     */
    CompletionQueue createCompletionQueue(int capacity, CompletionChannel channel, Object cookie, int vector);

    /** A new completion queue without channel. */
    default CompletionQueue createCompletionQueue(int capacity) {
        return createCompletionQueue(capacity, null, null, 0);
    }

    /**
     * Memory that this device can register, whoever its peers are; zeros at first, aligned to a page.
     *
     * @throws VerbsException {@code ENOMEM} when memory is short, in words that say where
     */
    DeviceMemory allocate(long bytes);

    /** The oldest event that was not taken yet. */
    Optional<AsyncEvent> pollAsyncEvent();

    /** Gives an event back. */
    void acknowledge(AsyncEvent event);

    /** Moves what can be moved now; does not block. */
    void progress();

    /**
     * Closes it.
     *
     * @throws VerbsException {@code EBUSY} when something that was made through it is still there
     */
    @Override
    void close();
}
