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
    /** Copies {@code bytes} bytes, 0 or more, from address {@code from} to address {@code to}. */
    void copy(long from, long to, long bytes);

    /**
     * Copies one source to several destinations and reads it once.
     *
     * @param addresses operands: the source, then destinations
     * @param at index of the source in {@code addresses}
     * @param destinations how many, at least 1
     * @param byteOffset added to every address, so that a caller can run tile after tile
     * @param bytes how many bytes, 0 or more
     */
    void multicast(long[] addresses, int at, int destinations, long byteOffset, long bytes);
}
