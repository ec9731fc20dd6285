package org.fabricmark.transport.rdma;

/**
 * All numbers that travel, or that a completion brings back.
 *
 * <pre>
 *    immediate of a write, 4 bytes, tells the receiver:
 *
 *       | credits 10: receives that it may use again | signal 22: which one to raise, or all ones for none |
 *
 *    reference, 8 bytes, of Region: the same number names the byte on every rank, since each registers its part from address 0 on:
 *
 *       | 0, 8 | region 16 | offset 40 |
 *
 *    id of a send request, 8 bytes:                          id of a receive: the number of its queue pair
 *
 *       | queue pair 24 | operation 4 | sequence 36 |
 *
 *    block that each rank tells the others when it attaches:   and when it allocates:
 *
 *    0  | global identifier of its port 16   |               0 | remote key 4 |
 *   16  | number of its queue pair 4, for    |
 *       | each rank and each pair in turn    |
 * </pre>
 *
 * <p>Counters that peers write themselves ({@code signal=counter}) are a region: a line of 64 bytes for each (signal, source rank),
 * with the counter in its first 8.
 */
final class RdmaLayout {
    private static final int SIGNAL_BITS = 22;

    /** The place of a signal when there is none. */
    static final int NO_SIGNAL = (1 << SIGNAL_BITS) - 1;

    /** How many signals a rank can have at a time. */
    static final int MAX_SIGNALS = NO_SIGNAL;

    /** The most that one immediate gives back. */
    static final int MAX_CREDITS = (1 << 32 - SIGNAL_BITS) - 1;

    private static final int OFFSET_BITS = 40;
    static final int MAX_REGIONS = 1 << 16;
    static final long MAX_PART = 1L << OFFSET_BITS;

    private static final int SEQUENCE_BITS = 36;
    private static final int OPERATION_BITS = 4;
    static final int MAX_PAIRS = 1 << 24;

    static final int GID_BYTES = 16;
    static final int LINE_SPACING = 64;

    private RdmaLayout() {}

    /** Changes when something that ranks share changes. */
    static long hash() {
        long hash = 17;
        for (int part : new int[] {SIGNAL_BITS, OFFSET_BITS, GID_BYTES, LINE_SPACING}) {
            hash = hash * 31 + part;
        }
        return hash;
    }

    static int immediate(int signal, int credits) {
        return credits << SIGNAL_BITS | signal;
    }

    static int signal(int immediate) {
        return immediate & NO_SIGNAL;
    }

    static int credits(int immediate) {
        return immediate >>> SIGNAL_BITS;
    }

    static long reference(int region, long offset) {
        return (long) region << OFFSET_BITS | offset;
    }

    static int region(long reference) {
        return (int) (reference >>> OFFSET_BITS);
    }

    static long offset(long reference) {
        return reference & (MAX_PART - 1);
    }

    static long id(int pair, RdmaOperation operation, long sequence) {
        return (long) pair << SEQUENCE_BITS + OPERATION_BITS
                | (long) operation.ordinal() << SEQUENCE_BITS
                | sequence & (1L << SEQUENCE_BITS) - 1;
    }

    static int pair(long id) {
        return (int) (id >>> SEQUENCE_BITS + OPERATION_BITS);
    }

    static RdmaOperation operation(long id) {
        return RdmaOperation.of((int) (id >>> SEQUENCE_BITS) & (1 << OPERATION_BITS) - 1);
    }

    /** How far the request with this id is ahead of the one with number {@code sequence}; the cut-off bits do not matter. */
    static long ahead(long id, long sequence) {
        return id - sequence & (1L << SEQUENCE_BITS) - 1;
    }

    static long line(int signal, int source, int size) {
        return ((long) signal * size + source) * LINE_SPACING;
    }
}
