package org.fabricmark.transport.rdma.loopback;

import java.util.ArrayDeque;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * What the keys of one context open. Peers read the same memory that the owner writes: a check is one index and a few comparisons.
 *
 * <p>A key is an index, upper 24 bits, and a variant, lower 8 bits, that changes with each use of the index.
 *
 * <p>Thread rule: the owner's methods on its thread; the static ones on any thread that is inside the owner's memory.
 */
final class KeyTable {
    /** Beside the bits of {@link AccessFlag}: the key is of a memory window. */
    static final int WINDOW = 1 << 16;

    /** The window can be used through one queue pair only. */
    static final int TIED = 1 << 17;

    /** Instead of a queue pair: the key is used by its owner, who cannot use windows. */
    static final int OWN = -1;

    /** So that the word is not zero whatever the rest is. */
    private static final int VALID = 1 << 18;

    /** Above all these: how many keys were opened before, so that an old word does not come again soon. */
    private static final int OPENINGS_SHIFT = 20;

    private static final int VARIANT_BITS = 8;
    private static final long HALF = 0xffff_ffffL;

    private final long block;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private int openings;
    private final byte[] variants = new byte[LoopbackLayout.KEYS];

    KeyTable(long block) {
        this.block = block;
        for (int index = 1; index < LoopbackLayout.KEYS; index++) {
            free.add(index);
        }
    }

    /** Takes a place; it opens nothing yet. */
    int take() {
        Integer index = free.poll();
        if (index == null) {
            throw new VerbsException(
                    VerbsException.Reason.ENOMEM, (LoopbackLayout.KEYS - 1) + " keys are in use");
        }
        return nextVariant(index);
    }

    /** Another key for the place of {@code key}. */
    int another(int key) {
        return nextVariant(key >>> VARIANT_BITS);
    }

    private int nextVariant(int index) {
        return index << VARIANT_BITS | ++variants[index] & 0xff;
    }

    /** Gives the place back; nobody is inside any more. The place is used again after all others. */
    void giveBack(int key) {
        free.add(key >>> VARIANT_BITS);
    }

    /** From now on {@code key} opens this. */
    void open(int key, int accessAndKind, long address, long length, long place, int domain, int pair) {
        long entry = LoopbackLayout.key(block, key >>> VARIANT_BITS);
        AddressSpace.setLong(entry + LoopbackLayout.KEY_ADDRESS, address);
        AddressSpace.setLong(entry + LoopbackLayout.KEY_LENGTH, length);
        AddressSpace.setLong(entry + LoopbackLayout.KEY_PLACE, place);
        AddressSpace.setInt(entry + LoopbackLayout.KEY_DOMAIN, domain);
        AddressSpace.setInt(entry + LoopbackLayout.KEY_PAIR, pair);
        long word = (long) (accessAndKind | VALID | openings++ << OPENINGS_SHIFT) << Integer.SIZE | key & HALF;
        AddressSpace.setLongRelease(entry, word);
    }

    /** From now on the key opens nothing; those inside may still be. */
    void shut(int key) {
        AddressSpace.setLongRelease(LoopbackLayout.key(block, key >>> VARIANT_BITS), 0);
    }

    /** Whether {@code key} opens something. */
    boolean isOpen(int key) {
        return find(block, key) != 0;
    }

    /** The entry of {@code key} in the table of the context at {@code block}; 0 when it opens nothing. */
    static long find(long block, int key) {
        int index = key >>> VARIANT_BITS;
        if (index >= LoopbackLayout.KEYS) {
            return 0;
        }
        long entry = LoopbackLayout.key(block, index);
        long word = AddressSpace.getLongAcquire(entry);
        return word != 0 && (int) word == key ? entry : 0;
    }

    /** Access and kind of an entry. */
    static int access(long entry) {
        return (int) (AddressSpace.getLong(entry) >>> Integer.SIZE);
    }

    /**
     * The entry of {@code key}, if that may be used by queue pairs of {@code domain}.
     *
     * @param pair the queue pair through which a peer's key is used, or {@link #OWN}
     * @return 0 when it may not
     */
    static long find(long block, int key, int domain, int pair) {
        long entry = find(block, key);
        if (entry == 0 || AddressSpace.getInt(entry + LoopbackLayout.KEY_DOMAIN) != domain) {
            return 0;
        }
        int kind = access(entry);
        boolean refused = pair == OWN
                ? (kind & WINDOW) != 0
                : (kind & TIED) != 0 && AddressSpace.getInt(entry + LoopbackLayout.KEY_PAIR) != pair;
        return refused ? 0 : entry;
    }
}
