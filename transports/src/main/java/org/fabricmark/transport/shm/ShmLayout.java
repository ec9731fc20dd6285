package org.fabricmark.transport.shm;

/**
 * All offsets in the files of regions, in bytes; longs and ints in the machine's order.
 *
 * <p><b>Region file</b>, one per region: a part for each rank, in rank order, each a whole number of pages.
 *
 * <p><b>Signal table</b>: a region whose parts hold lines, by (signal, source rank):
 *
 * <pre>
 *    0  +-----------------------------------------------+
 *       | counter 8, stored last, by release            |
 *    8  | descriptor 8: 0, or what is inline            |
 *   16  | inline data, up to 48                         |
 *   64  +-----------------------------------------------+
 *
 *       descriptor:  | bytes 8 | region 16 | offset 40 |
 * </pre>
 *
 * <p>A line has one writer, the source, and one reader, the rank whose part it is in. The writer stores data, descriptor, and
 * then the counter by release; the reader loads the counter by acquire, then the rest. The writer may use the inline bytes again
 * for its next bump of this line, because it puts data there only for bumps that are alone in their call: the next one is in
 * a call that uses the same lane again, and the lane rule orders all accesses of the earlier call, the reader's among them,
 * before it.
 */
final class ShmLayout {
    static final int PAGE = 4096;

    static final int LINE_SPACING = 64;
    static final int LINE_DESCRIPTOR = 8;
    static final int LINE_DATA = 16;
    static final int INLINE_BYTES = 48;

    private static final int OFFSET_BITS = 40;
    private static final int REGION_BITS = 16;
    private static final int LENGTH_SHIFT = OFFSET_BITS + REGION_BITS;
    static final int MAX_REGIONS = 1 << REGION_BITS;
    static final long MAX_PART = 1L << OFFSET_BITS;

    private ShmLayout() {}

    /** Changes when an offset that ranks share changes. */
    static long hash() {
        long hash = 17;
        for (int part : new int[] {
            PAGE, LINE_SPACING, LINE_DATA, OFFSET_BITS
        }) {
            hash = hash * 31 + part;
        }
        return hash;
    }

    static long pages(long bytes) {
        return (bytes + PAGE - 1) & -PAGE;
    }

    static long line(int signal, int source, int size) {
        return ((long) signal * size + source) * LINE_SPACING;
    }

    static long reference(int region, long offset) {
        return (long) region << OFFSET_BITS | offset;
    }

    /** Region of a reference or of a descriptor. */
    static int region(long reference) {
        return (int) (reference >>> OFFSET_BITS) & (MAX_REGIONS - 1);
    }

    /** Offset of a reference or of a descriptor. */
    static long offset(long reference) {
        return reference & (MAX_PART - 1);
    }

    static long descriptor(long reference, long bytes) {
        return bytes << LENGTH_SHIFT | reference;
    }

    static int length(long descriptor) {
        return (int) (descriptor >>> LENGTH_SHIFT);
    }
}
