package org.fabricmark.transport.shm;

/**
 * All offsets in shared files, in bytes; longs and ints in the machine's order.
 *
 * <p><b>Control file</b>, one per job:
 *
 * <pre>
 *    0  +-----------------------------------------------+
 *       | magic 8, stored last, by release              |
 *    8  | version 4 | size 4                            |
 *   16  | hash of this layout 8                         |
 *  128  +-----------------------------------------------+
 *       | abort claim 8: rank + 1, by compare-and-set   |
 *  136  | abort published 8: 0 or 1, by release         |
 *  144  | category 4 | rank 4 | peer 4 | step 4         |
 *  160  | elapsed 8 | length of text 4 | -              |
 *  176  | text, UTF-8, up to 848                        |
 * 1024  +-----------------------------------------------+
 *       | stage of rank 0 8, by release | claimed 8     |
 * 1088  | breaths of rank 0 8                           |
 * 1152  | stage of rank 1 ...                           |
 *       +-----------------------------------------------+
 * </pre>
 *
 * <p>A <em>stage</em> is how many barriers of the set-up path a rank has entered; a rank is through barrier n when all stages
 * have reached n. <em>Breaths</em> count up while a rank waits, on a line of their own, and order nothing. Magic, published and stages are the three pairs of release store and acquire load in this file.
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
    static final long MAGIC = 0x4b52414d43424146L; // FABCMARK, little-endian
    static final int VERSION = 2;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = 8;
    static final int SIZE_OFFSET = 12;
    static final int HASH_OFFSET = 16;

    static final int ABORT_CLAIM = 128;
    static final int ABORT_PUBLISHED = 136;
    static final int ABORT_CATEGORY = 144;
    static final int ABORT_RANK = 148;
    static final int ABORT_PEER = 152;
    static final int ABORT_STEP = 156;
    static final int ABORT_ELAPSED = 160;
    static final int ABORT_LENGTH = 168;
    static final int ABORT_TEXT = 176;
    static final int ABORT_TEXT_BYTES = 848;

    private static final int RANKS = 1024;
    private static final int RANK_SPACING = 128;
    static final int CLAIMED = 8;
    static final int BREATHS = 64;

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
            ABORT_CLAIM, ABORT_TEXT, ABORT_TEXT_BYTES, RANKS, RANK_SPACING, BREATHS, PAGE, LINE_SPACING, LINE_DATA,
            OFFSET_BITS
        }) {
            hash = hash * 31 + part;
        }
        return hash;
    }

    static long controlBytes(int size) {
        return pages(RANKS + (long) size * RANK_SPACING);
    }

    static long stage(int rank) {
        return RANKS + (long) rank * RANK_SPACING;
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
