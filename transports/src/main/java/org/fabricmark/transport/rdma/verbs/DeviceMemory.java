package org.fabricmark.transport.rdma.verbs;

import java.lang.foreign.MemorySegment;

/** Memory that a device can register. Thread rule: its context's thread. */
public interface DeviceMemory extends AutoCloseable {
    /** All of it. */
    MemorySegment segment();

    /**
     * Gives it back; closing twice does nothing.
     *
     * @throws VerbsException {@code EBUSY} while it, or a part, is registered
     */
    @Override
    void close();
}
