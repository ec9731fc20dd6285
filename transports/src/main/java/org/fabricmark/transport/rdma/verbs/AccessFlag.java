package org.fabricmark.transport.rdma.verbs;

import java.util.EnumSet;
import java.util.Set;

/**
 * What may be done with registered memory, and which requests of the peer a queue pair takes. Both must allow a remote access: the
 * queue pair's refusal is an invalid request, the memory's an access error. Local reads are always allowed.
 */
public enum AccessFlag {
    /** The own device may write: as receive, as destination of a read or an atomic. */
    LOCAL_WRITE,
    /** Peers may write. Needs {@link #LOCAL_WRITE}. */
    REMOTE_WRITE,
    /** Peers may read. */
    REMOTE_READ,
    /** Peers may do atomics. Needs {@link #LOCAL_WRITE}. */
    REMOTE_ATOMIC,
    /** Memory windows may be bound to it. */
    MEMORY_WINDOW_BIND,
    /** Addresses of it count from 0. */
    ZERO_BASED,
    /** Writes may land in any order, even those of one queue pair; completions still order. */
    RELAXED_ORDERING;

    /** Everything that local and remote sides need for writes, reads and atomics. */
    public static Set<AccessFlag> localAndRemote() {
        return EnumSet.of(LOCAL_WRITE, REMOTE_WRITE, REMOTE_READ, REMOTE_ATOMIC);
    }

    /** One bit for each of {@code flags}, by ordinal: for providers, who check them on the path. */
    public static int bits(Set<AccessFlag> flags) {
        int bits = 0;
        for (AccessFlag flag : flags) {
            bits |= flag.bit();
        }
        return bits;
    }

    /** This flag's bit of {@link #bits}. */
    public int bit() {
        return 1 << ordinal();
    }
}
