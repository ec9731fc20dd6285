package org.fabricmark.transport.host;

/**
 * All offsets in the control file of a job, in bytes; longs and ints in the machine's order.
 *
 * <pre>
 *    0  +-----------------------------------------------+
 *       | magic 8, stored last, by release              |
 *    8  | version 4 | size 4                            |
 *   16  | hash of this and the transport's layout 8     |
 *  128  +-----------------------------------------------+
 *       | abort claim 8: rank + 1, by compare-and-set   |
 *  136  | abort published 8: 0 or 1, by release         |
 *  144  | category 4 | rank 4 | peer 4 | step 4         |
 *  160  | elapsed 8 | length of text 4 | -              |
 *  176  | text, UTF-8, up to 848                        |
 * 1024  +-----------------------------------------------+
 *       | stage of rank 0 8, by release | claimed 8     |
 * 1040  | mark of its process 8                         |
 * 1088  | breaths of rank 0 8                           |
 * 1152  | what rank 0 tells the others, up to 896       |
 * 2048  | stage of rank 1 ...                           |
 *       +-----------------------------------------------+
 * </pre>
 *
 * <p>A <em>stage</em> is how many barriers of the set-up path a rank has entered; a rank is through barrier n when all stages
 * have reached n. What a rank writes before a barrier the others read after it: its mark and what it tells. <em>Breaths</em>
 * count up while a rank waits, on a line of their own, and order nothing. Magic, published and stages are the three pairs of
 * release store and acquire load in this file.
 */
final class HostLayout {
    static final long MAGIC = 0x4b52414d43424146L; // FABCMARK, little-endian
    static final int VERSION = 3;

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
    private static final int RANK_SPACING = 1024;
    static final int CLAIMED = 8;
    static final int PROCESS = 16;
    static final int BREATHS = 64;
    static final int TOLD = 128;
    static final int TOLD_BYTES = RANK_SPACING - TOLD;

    static final int PAGE = 4096;

    private HostLayout() {}

    /**
     * Changes when an offset that ranks share changes.
     *
     * @param transport the same for what the transport shares beyond the control file
     */
    static long hash(long transport) {
        long hash = 17;
        for (int part : new int[] {ABORT_CLAIM, ABORT_TEXT, ABORT_TEXT_BYTES, RANKS, RANK_SPACING, BREATHS, TOLD,
            PAGE}) {
            hash = hash * 31 + part;
        }
        return hash * 31 + transport;
    }

    static long controlBytes(int size) {
        return (RANKS + (long) size * RANK_SPACING + PAGE - 1) & -PAGE;
    }

    static long stage(int rank) {
        return RANKS + (long) rank * RANK_SPACING;
    }
}
