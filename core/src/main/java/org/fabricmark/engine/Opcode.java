package org.fabricmark.engine;

/**
 * The instructions of a {@link Program}: a word with the code and the number of words, then words of operands. Addresses are absolute; references are
 * those of {@link org.fabricmark.transport.Region#reference}; signals are those of
 * {@link org.fabricmark.transport.SignalTable}; slots are indices into {@link SignalTotals}.
 *
 * <pre>
 * END
 * AWAIT            signal  slot  times
 * AWAIT_SELF       sent slot  consumed slot  times
 * NOTIFY           peer  signal  slot
 * NOTIFY_SELF      slot
 * PUT              peer  from  to  bytes                              references
 * PUT_NOTIFY       peer  from  to  bytes  signal  slot  sole (0 or 1) references
 * GET              peer  from  to  bytes                              references
 * REDUCE           k  m  elements  k sources  m destinations          addresses
 * REDUCE_DIVIDE    as REDUCE
 * COPY             from  to  bytes                                    addresses
 * MULTICAST        m  bytes  source  m destinations                   addresses
 * FLUSH
 * </pre>
 */
final class Opcode {
    static final int END = 0;
    static final int AWAIT = 1;
    static final int AWAIT_SELF = 2;
    static final int NOTIFY = 3;
    static final int NOTIFY_SELF = 4;
    static final int PUT = 5;
    static final int PUT_NOTIFY = 6;
    static final int GET = 7;
    static final int REDUCE = 8;
    static final int REDUCE_DIVIDE = 9;
    static final int COPY = 10;
    static final int MULTICAST = 11;
    static final int FLUSH = 12;

    private static final int WORDS_SHIFT = 8;
    private static final int CODE_MASK = (1 << WORDS_SHIFT) - 1;

    private Opcode() {}

    /** The first word of an instruction of {@code words} words. */
    static long instruction(int opcode, int words) {
        return (long) words << WORDS_SHIFT | opcode;
    }

    /** The opcode in an instruction's first word. */
    static int of(long instruction) {
        return (int) instruction & CODE_MASK;
    }

    /** How many words the instruction has. */
    static int words(long instruction) {
        return (int) (instruction >>> WORDS_SHIFT);
    }
}
