package org.fabricmark.transport.rdma.verbs;

import java.util.Objects;
import java.util.Set;

/**
 * What a memory window is to open.
 *
 * @param region registered memory, with {@link AccessFlag#MEMORY_WINDOW_BIND}
 * @param address first byte, as the region counts
 * @param length bytes; 0 unbinds a window of type 1
 * @param access what peers may do through it
 * @param key for a window of type 2, the key it will have: {@link MemoryWindow#remoteKey} with another variant; else null
 */
public record WindowBinding(MemoryRegion region, long address, long length, Set<AccessFlag> access, RemoteKey key) {
    public WindowBinding {
        Objects.requireNonNull(region, "region");
        access = Set.copyOf(access);
        if (length < 0) {
            throw VerbsException.invalid("a window of " + length + " bytes");
        }
    }
}
