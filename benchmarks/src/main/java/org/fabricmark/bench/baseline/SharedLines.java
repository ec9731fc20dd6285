package org.fabricmark.bench.baseline;

import org.fabricmark.memory.AddressSpace;

/**
 * Words that ranks share, each on cache lines of its own: 128 bytes apart, because processors fetch lines in pairs. They lie in
 * memory that all ranks have mapped, so that ranks may be threads or processes. All start at 0.
 *
 * <p>A release store pairs with the acquire load that sees its value.
 */
public final class SharedLines {
    /** Bytes from one word to the next. */
    public static final int SPACING = 128;

    private final long address;

    /**
     * @param address of the first word, where this rank sees it; a multiple of {@value #SPACING}. Whoever gives it keeps the
     *     memory mapped for as long as these lines are used
     */
    public SharedLines(long address) {
        this.address = address;
    }

    /** Loads a word; later accesses stay behind it. */
    public long getAcquire(int line) {
        return AddressSpace.getLongAcquire(address + (long) line * SPACING);
    }

    /** Stores a word; earlier accesses stay before it. */
    public void setRelease(int line, long value) {
        AddressSpace.setLongRelease(address + (long) line * SPACING, value);
    }
}
