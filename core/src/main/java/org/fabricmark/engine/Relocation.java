package org.fabricmark.engine;

import org.fabricmark.transport.PrivateRegion;

/**
 * Which words of a program are addresses in a {@link PrivateRegion}, so that they can follow it. As with a linker's relocations, a word
 * is the address where the region was, plus an offset; moving adds the difference.
 *
 * <p>Thread rule: the rank's thread, between calls.
 */
final class Relocation {
    private final PrivateRegion region;
    private final int[] words;
    private long address;

    /**
     * @param words indices in the code
     * @param address where the region was when they were written
     */
    Relocation(PrivateRegion region, int[] words, long address) {
        this.region = region;
        this.words = words;
        this.address = address;
    }

    /** Lets {@code code} say where the region is now. */
    void apply(long[] code) {
        long now = region.address();
        if (now == address) {
            return;
        }
        long difference = now - address;
        for (int word : words) {
            code[word] += difference;
        }
        address = now;
    }
}
