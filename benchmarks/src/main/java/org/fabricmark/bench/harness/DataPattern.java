package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * Input values, and the results that they must give, bit for bit.
 *
 * <p>The value of an element depends on the rank, on the element's index, and on the number of the call, the latter two only
 * through a <em>phase</em> from 0 to {@value #PERIOD} - 1. So all values of a rank, and all results, are on a short tape; a
 * buffer is a sequence of pieces of tape, and both filling and checking are block copies and block comparisons. The phase
 * moves by {@value #BLOCK_STEP} with each block of {@value #PERIOD} elements and by {@value #CALL_STEP} with each call; the
 * period is prime, so that elements whose distance is a power of two differ (shifted data are seen), and so do the same elements of
 * successive calls (stale data are seen).
 *
 * <p>{@link RankValues} says what the values are.
 *
 * <p>Thread rule: immutable after construction.
 */
final class DataPattern {
    static final int PERIOD = 251;
    private static final int BLOCK_STEP = 7;
    private static final int CALL_STEP = 13;
    private static final int BLOCK_CALLS = 100;

    private final Collective collective;
    private final DataType type;
    private final ReduceOp op;
    private final RankValues values;

    /** @param op null where the collective does not reduce */
    DataPattern(Collective collective, DataType type, ReduceOp op, int ranks) {
        this.collective = collective;
        this.type = type;
        this.op = op;
        this.values = new RankValues(type, op, ranks);
    }

    /** Values of {@code rank} by phase, twice in a row, so that a piece may begin anywhere in the first half. */
    MemorySegment inputTape(int rank) {
        MemorySegment tape = emptyTape();
        for (int i = 0; i < 2 * PERIOD; i++) {
            set(tape, i, values.value(rank, i % PERIOD));
        }
        return tape;
    }

    /**
     * Results by phase, as {@link #inputTape}.
     *
     * @param source whose data they are, where they are not combined
     */
    MemorySegment resultTape(int source) {
        return switch (collective) {
            case ALL_GATHER, ALL_TO_ALL, BROADCAST, SEND_RECV -> inputTape(source);
            case ALL_REDUCE, REDUCE_SCATTER, REDUCE -> reducedTape();
            case BARRIER -> emptyTape();
        };
    }

    /**
     * The number of the call whose values are in block {@code block} of an input in call {@code call}: where an input has a
     * block for each rank, blocks differ as if they were of calls far apart, so that one in the place of another is seen.
     */
    static long callOfBlock(long call, int block) {
        return call + (long) BLOCK_CALLS * block;
    }

    /** The phase of element {@code block * PERIOD} in call {@code call}. */
    static int phase(long block, long call) {
        return (int) ((BLOCK_STEP * (block % PERIOD) + CALL_STEP * (call % PERIOD)) % PERIOD);
    }

    /** The same value everywhere: one that a call in place leaves as it is, so that it can be repeated without bound. */
    MemorySegment neutralTape() {
        MemorySegment tape = emptyTape();
        for (int i = 0; i < 2 * PERIOD; i++) {
            set(tape, i, values.neutral());
        }
        return tape;
    }

    private MemorySegment reducedTape() {
        MemorySegment tape = emptyTape();
        for (int phase = 0; phase < PERIOD; phase++) {
            long result = values.value(0, phase);
            for (int rank = 1; rank < values.ranks(); rank++) {
                result = Arithmetic.combine(type, op, result, values.value(rank, phase));
            }
            if (op == ReduceOp.AVG) {
                result = Arithmetic.divide(type, result, values.ranks());
            }
            set(tape, phase, result);
            set(tape, phase + PERIOD, result);
        }
        return tape;
    }

    private MemorySegment emptyTape() {
        return MemorySegment.ofArray(new long[(2 * PERIOD * type.bytes() + Long.BYTES - 1) / Long.BYTES]);
    }

    private void set(MemorySegment tape, int index, long bits) {
        switch (type.bytes()) {
            case Byte.BYTES -> tape.set(ValueLayout.JAVA_BYTE, index, (byte) bits);
            case Short.BYTES -> tape.setAtIndex(ValueLayout.JAVA_SHORT, index, (short) bits);
            case Integer.BYTES -> tape.setAtIndex(ValueLayout.JAVA_INT, index, (int) bits);
            default -> tape.setAtIndex(ValueLayout.JAVA_LONG, index, bits);
        }
    }
}
