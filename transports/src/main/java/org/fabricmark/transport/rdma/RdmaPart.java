package org.fabricmark.transport.rdma;

import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.RemoteKey;

/**
 * What the references of one number stand for: this rank's part, by address and as its own requests name it, and the keys of the others'
 * parts.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RdmaPart {
    private static final RemoteKey[] NONE = {};

    private final RemoteKey[] remoteKeys;
    private long address;
    private long named;
    private LocalKey localKey;

    /** A part of a region that is registered from 0 on. */
    RdmaPart(long address, LocalKey localKey, RemoteKey[] remoteKeys) {
        this.address = address;
        this.localKey = localKey;
        this.remoteKeys = remoteKeys;
    }

    /** A part that is nowhere yet, and that peers have no key to. */
    RdmaPart() {
        this.remoteKeys = NONE;
    }

    /** From now on it is at {@code to}, which requests call so too. */
    void move(long to, LocalKey key) {
        address = to;
        named = to;
        localKey = key;
    }

    /** Where its byte at {@code offset} is. */
    long address(long offset) {
        return address + offset;
    }

    /** What requests of this rank call the byte at {@code offset}. */
    long named(long offset) {
        return named + offset;
    }

    LocalKey localKey() {
        return localKey;
    }

    RemoteKey remoteKey(int peer) {
        return remoteKeys[peer];
    }
}
