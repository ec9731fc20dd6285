package org.fabricmark.transport.rdma.loopback;

/**
 * All offsets in memory that contexts of one fabric share, in bytes; longs and ints in the machine's order.
 *
 * <p><b>Block</b>, one per context; its peers find it by its identifier:
 *
 * <pre>
 *    0  +------------------------------------------------+
 *       | magic 8, stored last, by release               |
 *    8  | version 4 | -                                  |
 *   16  | secret 8: the second half of the identifier    |
 *   64  | attention 8: peers set it, the owner clears it |
 *       +------------------------------------------------+
 *       | keys       KEYS x 64                           |
 *       | segments   SEGMENTS x 32                       |
 *       | pairs      PAIRS x 256                         |
 *       +------------------------------------------------+
 * </pre>
 *
 * <p><b>Key</b>: what a key opens. Its first word is stored last, by release, and zeroed first.
 *
 * <pre>
 *    0  | key 4 (low half) | access and kind 4 (high half) |
 *    8  | first address 8                                  |
 *   16  | length 8                                         |
 *   24  | place 8: of the first byte                       |
 *   32  | protection domain 4 | queue pair 4: of a window  |
 * </pre>
 *
 * <p><b>Pair</b>, one per queue pair, four lines by who writes them:
 *
 * <pre>
 *    0  | identity 8: number 24, state 8   | peer 8: number 24, half of its secret 40       |   owner; a peer moves it into ERR
 *   16  | access 4 | reads it answers 4    | wait where no receive is 8                     |
 *   32  | queue key 4 | service 4          | domain 4 | domain of receives 4                |
 *   48  | receive ring: place 8            | entries 4 | bytes of an entry 4                |
 *   64  | receives posted 8                | shared receive queue: place 8                  |   owner
 *  128  | receives used 8                  | causes 8: what peers have done to it, as bits  |   peers
 *  192  | busy 8: odd while inside a peer  |                                                |   owner, as requester
 *  200  | users 8: how many senders of datagrams are inside                                 |   peers
 * </pre>
 *
 * <p><b>Receive ring</b>: an entry for each receive, or for each completion of one from a shared queue:
 *
 * <pre>
 *    0  | sequence 8, stored last, by release: how often it was used  |   peer
 *    8  | status 4 | opcode, flags 4 | bytes 4 | immediate 4 | source 4 | slot of the shared queue 4, once taken |
 *   64  | pieces 4 | -                                                |   owner
 *   72  | address 8 | length 4 | key 4 |  for each piece              |
 * </pre>
 *
 * <p><b>Shared receive queue</b>:
 *
 * <pre>
 *    0  | posted 8 |           owner
 *   64  | used 8 | limit 8 |   peers take the next one by compare-and-set; limit: the owner sets it, a peer clears it
 *  132  | entries 4 | bytes of a slot 4 | - | reached 8: peers set it |
 *  192  | order: slot 4 for each entry | then slots: pieces as in a receive ring, from 0 on |
 * </pre>
 *
 * <p>A <em>place</em> is a segment of its context, 16 bits, and an offset in it, 48 bits. Segment 0 is the address space itself:
 * where all contexts are in one process there is no other.
 */
final class LoopbackLayout {
    static final long MAGIC = 0x31534252454b4246L;
    static final int VERSION = 1;

    static final int BLOCK_MAGIC = 0;
    static final int BLOCK_VERSION = 8;
    static final int BLOCK_SECRET = 16;
    static final int BLOCK_ATTENTION = 64;
    private static final int BLOCK_HEAD = 128;

    static final int KEYS = 2048;
    static final int KEY_BYTES = 64;
    static final int SEGMENTS = 1024;
    static final int SEGMENT_BYTES = 32;
    static final int PAIRS = 1024;
    static final int PAIR_BYTES = 256;
    private static final int SEGMENT_TABLE = BLOCK_HEAD + KEYS * KEY_BYTES;
    private static final int PAIR_TABLE = SEGMENT_TABLE + SEGMENTS * SEGMENT_BYTES;
    static final int BLOCK_BYTES = PAIR_TABLE + PAIRS * PAIR_BYTES;

    static final int KEY_WORD = 0;
    static final int KEY_ADDRESS = 8;
    static final int KEY_LENGTH = 16;
    static final int KEY_PLACE = 24;
    static final int KEY_DOMAIN = 32;
    static final int KEY_PAIR = 36;

    /** Segment: where its file is in its process, how long it is, and which file it is. */
    static final int SEGMENT_DESCRIPTOR = 0;

    static final int SEGMENT_LENGTH = 8;
    static final int SEGMENT_FILE = 16;

    static final int PAIR_IDENTITY = 0;
    static final int PAIR_PEER = 8;
    static final int PAIR_ACCESS = 16;
    static final int PAIR_READS = 20;
    static final int PAIR_RNR_NANOS = 24;
    static final int PAIR_QUEUE_KEY = 32;
    static final int PAIR_SERVICE = 36;
    static final int PAIR_DOMAIN = 40;
    static final int PAIR_RECEIVE_DOMAIN = 44;
    static final int PAIR_RING = 48;
    static final int PAIR_RING_ENTRIES = 56;
    static final int PAIR_RING_STRIDE = 60;
    static final int PAIR_POSTED = 64;
    static final int PAIR_SHARED = 72;
    static final int PAIR_USED = 128;
    static final int PAIR_CAUSES = 136;
    static final int PAIR_BUSY = 192;
    static final int PAIR_USERS = 200;

    static final int ENTRY_SEQUENCE = 0;
    static final int ENTRY_STATUS = 8;
    static final int ENTRY_OPCODE = 12;
    static final int ENTRY_BYTES = 16;
    static final int ENTRY_EXTRA = 20;
    static final int ENTRY_SOURCE = 24;
    static final int ENTRY_SLOT = 28;
    static final int ENTRY_PIECES = 64;

    /** In {@link #ENTRY_SLOT}: no receive of a shared queue was taken for this entry. */
    static final int NO_SLOT = -1;

    static final int PIECES_COUNT = 0;
    static final int PIECES_FIRST = 8;
    static final int PIECE_BYTES = 16;
    static final int PIECE_LENGTH = 8;
    static final int PIECE_KEY = 12;

    static final int SHARED_POSTED = 0;
    static final int SHARED_USED = 64;
    static final int SHARED_LIMIT = 72;
    static final int SHARED_ENTRIES = 132;
    static final int SHARED_STRIDE = 136;
    static final int SHARED_REACHED = 144;
    static final int SHARED_ORDER = 192;

    /** Causes, as bits: what peers tell of a pair. */
    static final long CAUSE_INVALID_REQUEST = 1;

    static final long CAUSE_ACCESS = 2;
    static final long CAUSE_ESTABLISHED = 4;

    static final int LINE = 64;
    private static final int OFFSET_BITS = 48;
    private static final long OFFSETS = (1L << OFFSET_BITS) - 1;
    private static final int STATE_BITS = 8;

    private LoopbackLayout() {}

    static long key(long block, int index) {
        return block + BLOCK_HEAD + (long) index * KEY_BYTES;
    }

    static long segment(long block, int number) {
        return block + SEGMENT_TABLE + (long) number * SEGMENT_BYTES;
    }

    /** The pair with {@code number}: its low bits say where. */
    static long pair(long block, int number) {
        return block + PAIR_TABLE + (long) (number & PAIRS - 1) * PAIR_BYTES;
    }

    static long identity(int number, int state) {
        return (long) number << STATE_BITS | state;
    }

    static int number(long identity) {
        return (int) (identity >>> STATE_BITS);
    }

    static int state(long identity) {
        return (int) identity & (1 << STATE_BITS) - 1;
    }

    static long peer(int number, long secret) {
        return secret << 24 | number;
    }

    static long place(int segment, long offset) {
        return (long) segment << OFFSET_BITS | offset;
    }

    static int segmentOf(long place) {
        return (int) (place >>> OFFSET_BITS);
    }

    static long offsetOf(long place) {
        return place & OFFSETS;
    }

    /** Bytes for a list of so many pieces, whole lines. */
    static int piecesBytes(int pieces) {
        return lines(PIECES_FIRST + pieces * PIECE_BYTES);
    }

    static int lines(int bytes) {
        return (bytes + LINE - 1) & -LINE;
    }
}
