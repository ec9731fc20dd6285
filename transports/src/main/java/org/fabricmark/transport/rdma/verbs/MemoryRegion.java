package org.fabricmark.transport.rdma.verbs;

import java.util.Set;

/** Registered memory. Thread rule: its context's thread. */
public interface MemoryRegion extends AutoCloseable {
    /** Where it was registered. */
    ProtectionDomain protectionDomain();

    /** What the first byte is called in requests. */
    long address();

    /** In bytes. */
    long length();

    /** What may be done with it. */
    Set<AccessFlag> access();

    /** Names it in the owner's own requests. */
    LocalKey localKey();

    /** Names it in requests of peers. */
    RemoteKey remoteKey();

    /**
     * Deregisters it. Does not wait for requests that name it: those that are begun later fail. When this returns, no byte of it will be
     * read or written by the device again.
     *
     * @throws VerbsException {@code EBUSY} while a memory window is bound to it
     */
    @Override
    void close();
}
