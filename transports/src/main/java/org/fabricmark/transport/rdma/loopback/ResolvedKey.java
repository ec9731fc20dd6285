package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;

/**
 * The key that was used last, and what it opens, by address here: a program uses the same few keys again and again. It is still good as
 * long as the first word of its entry is what it was: that changes when the key is shut, and when its place is used again.
 *
 * <p>Thread rule: the requester's thread; inside, where the key is a peer's.
 */
final class ResolvedKey {
    private int key;
    private int domain;
    private int pair;
    private int access;
    private long entry;
    private long word;
    private long first;
    private long length;
    private long base;

    /**
     * Where bytes are that {@code key} of {@code owner} opens.
     *
     * @param wantedPair number of the queue pair through which a peer's key is used, or {@link KeyTable#OWN} for the owner's own lists
     * @param needed access that it must have been given, as bits
     * @return an address, or -1 when the key does not open them
     */
    long address(Neighbour owner, int wantedKey, int wantedDomain, int wantedPair, long address, long bytes,
            int needed) {
        if (entry == 0 || wantedKey != key || AddressSpace.getLongAcquire(entry) != word || wantedDomain != domain
                || wantedPair != pair) {
            if (!find(owner, wantedKey, wantedDomain, wantedPair)) {
                return -1;
            }
        }
        long offset = address - first;
        // Unsigned: an address before the first byte is an offset beyond the last one.
        boolean inside = bytes <= length && Long.compareUnsigned(offset, length - bytes) <= 0;
        return inside && (access & needed) == needed ? base + offset : -1;
    }

    private boolean find(Neighbour owner, int wantedKey, int wantedDomain, int wantedPair) {
        entry = KeyTable.find(owner.block(), wantedKey, wantedDomain, wantedPair);
        if (entry == 0) {
            return false;
        }
        word = AddressSpace.getLong(entry);
        first = AddressSpace.getLong(entry + LoopbackLayout.KEY_ADDRESS);
        length = AddressSpace.getLong(entry + LoopbackLayout.KEY_LENGTH);
        long place = AddressSpace.getLong(entry + LoopbackLayout.KEY_PLACE);
        long found = entry;
        entry = 0; // the next line may throw
        base = owner.address(place);
        entry = found;
        access = KeyTable.access(entry);
        key = wantedKey;
        domain = wantedDomain;
        pair = wantedPair;
        return true;
    }
}
