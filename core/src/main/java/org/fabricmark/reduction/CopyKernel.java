package org.fabricmark.reduction;

/**
 * Copies of bytes between absolute addresses.
 *
 * <p>The caller keeps the memory mapped and has checked bounds. No address needs alignment. A destination may be the source
 * itself; other overlap is not allowed. Bytes outside the ranges are not touched.
 *
 * <p>Thread rule: stateless, any thread. No method allocates.
 */
public interface CopyKernel {
    /** Pieces that stay in a core's cache, and after which a thread soon reaches a safepoint. */
    long TILE_BYTES = 256 * 1024;

    /** The least for which bulk copies store past the caches, which saves reading the lines that are replaced. */
    long STREAMING_TILE_BYTES = 3 * 1024 * 1024;

    /** From this length on a copy leaves nothing in the caches that anyone would find there. */
    long STREAMING_FROM_BYTES = 8 * 1024 * 1024;

    /**
     * In pieces of how many bytes a caller should cut a copy or multicast of {@code bytes} bytes: short ones, or, where data do
     * not fit in caches anyway, equal ones that are all long enough to be stored past them (less than a millisecond each).
     */
    static long tileBytes(long bytes) {
        if (bytes < STREAMING_FROM_BYTES) {
            return TILE_BYTES;
        }
        long pieces = bytes / STREAMING_TILE_BYTES;
        return (bytes + pieces - 1) / pieces;
    }

    /** Copies {@code bytes} bytes, 0 or more, from address {@code from} to address {@code to}. */
    void copy(long from, long to, long bytes);

    /**
     * Copies one source to several destinations and reads it once from memory.
     *
     * @param addresses operands: the source, then destinations
     * @param at index of the source in {@code addresses}
     * @param destinations how many, at least 1
     * @param byteOffset added to every address, so that a caller can run tile after tile
     * @param bytes how many bytes, 0 or more
     */
    void multicast(long[] addresses, int at, int destinations, long byteOffset, long bytes);
}
