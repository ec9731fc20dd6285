package org.fabricmark.transport.rdma.verbs;

/**
 * A remote key that opens a part of a region to peers, and can be moved and revoked by work requests: no registration is needed for
 * that. Thread rule: its context's thread.
 */
public interface MemoryWindow extends AutoCloseable {
    /** How it is bound. */
    enum Type {
        /** By {@link QueuePair#bind}; its key changes with each bind; every queue pair of the protection domain can use it. */
        TYPE_1,
        /** By a work request, with a key that the program chooses; tied to that queue pair; invalidated by work requests. */
        TYPE_2B
    }

    /** How it is bound. */
    Type type();

    /** Where it was made. */
    ProtectionDomain protectionDomain();

    /** Its present key. */
    RemoteKey remoteKey();

    /** Deallocates it; what it opened is closed. */
    @Override
    void close();
}
