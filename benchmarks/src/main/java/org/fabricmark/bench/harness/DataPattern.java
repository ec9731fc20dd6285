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
 * <p>Values, with r the rank, b the phase, p the ranks:
 * <ul>
 * <li>sum, average: b + r + 1. A missing or doubled contribution changes the sum; so does one instead of another, since they
 *     differ from rank to rank. Sums stay below 2<sup>24</sup>, exact in float; integers are multiplied by an odd constant, so that all
 *     bits take part and the arithmetic wraps.
 * <li>product: of integers 2(b + r) + 3, odd and therefore invertible in wrapping arithmetic; of floating point, powers of two
 *     with signs, whose exponents cancel.
 * <li>minimum, maximum: which rank has the extreme value changes from element to element.
 * <li>no reduction: b + 1 + {@value #PERIOD} r, different for all ranks and phases.
 * </ul>
 *
 * <p>Thread rule: immutable after construction.
 */
final class DataPattern {
    static final int PERIOD = 251;
    private static final int BLOCK_STEP = 7;
    private static final int CALL_STEP = 13;
    private static final int BLOCK_CALLS = 100;

    private static final long ODD_INT64 = 0x9e3779b97f4a7c15L;
    private static final int ODD_INT32 = 0x9e3779b1;

    /** Powers of two of products stay within this, so that no partial product overflows. */
    private static final int FIRST_RANK_EXPONENTS = 61;

    private final Collective collective;
    private final DataType type;
    private final ReduceOp op;
    private final int ranks;

    /** @param op null where the collective does not reduce */
    DataPattern(Collective collective, DataType type, ReduceOp op, int ranks) {
        this.collective = collective;
        this.type = type;
        this.op = op;
        this.ranks = ranks;
    }

    /** Values of {@code rank} by phase, twice in a row, so that a piece may begin anywhere in the first half. */
    MemorySegment inputTape(int rank) {
        MemorySegment tape = emptyTape();
        for (int i = 0; i < 2 * PERIOD; i++) {
            set(tape, i, value(rank, i % PERIOD));
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
            set(tape, i, cast(op == ReduceOp.PROD ? 1 : 0));
        }
        return tape;
    }

    private MemorySegment reducedTape() {
        MemorySegment tape = emptyTape();
        for (int phase = 0; phase < PERIOD; phase++) {
            Number result = value(0, phase);
            for (int rank = 1; rank < ranks; rank++) {
                result = Arithmetic.combine(type, op, result, value(rank, phase));
            }
            if (op == ReduceOp.AVG) {
                result = Arithmetic.divide(type, result, ranks);
            }
            set(tape, phase, result);
            set(tape, phase + PERIOD, result);
        }
        return tape;
    }

    private Number value(int rank, int phase) {
        if (op == null) {
            return scaled(phase + 1 + (long) PERIOD * rank);
        }
        return switch (op) {
            case SUM, AVG -> scaled(phase + rank + 1L);
            case PROD -> type.floating() ? power(rank, phase) : cast(2L * (phase + rank) + 3);
            case MIN, MAX -> ordered((long) phase * ranks + (rank + phase) % ranks - (long) PERIOD / 2 * ranks);
        };
    }

    /** Spreads small numbers over all bits of an integer. */
    private Number scaled(long small) {
        return switch (type) {
            case INT32 -> (int) small * ODD_INT32;
            case INT64 -> small * ODD_INT64;
            case FLOAT, DOUBLE -> cast(small);
        };
    }

    /** Moves numbers to the upper bits and keeps their order. */
    private Number ordered(long small) {
        return type == DataType.INT64 ? small << 32 | 1 : cast(small);
    }

    /** Ranks but the first multiply or divide by 2, as a hash says; the first adds the dependence on the phase. */
    private Number power(int rank, int phase) {
        int hash = (rank * 0x9e3779b1 ^ phase * 0x85ebca6b) * 0xc2b2ae35 >>> 28;
        int exponent = rank == 0 ? phase % FIRST_RANK_EXPONENTS - FIRST_RANK_EXPONENTS / 2 : (hash & 1) * 2 - 1;
        boolean negative = (hash & 2) != 0 || exponent == 0; // 1 could be missing without a trace
        return cast(Math.scalb(negative ? -1.0 : 1.0, exponent));
    }

    private Number cast(double value) {
        return switch (type) {
            case INT32 -> (int) value;
            case INT64 -> (long) value;
            case FLOAT -> (float) value;
            case DOUBLE -> value;
        };
    }

    private MemorySegment emptyTape() {
        return MemorySegment.ofArray(new long[(2 * PERIOD * type.bytes() + Long.BYTES - 1) / Long.BYTES]);
    }

    private void set(MemorySegment tape, int index, Number value) {
        switch (type) {
            case INT32 -> tape.setAtIndex(ValueLayout.JAVA_INT, index, value.intValue());
            case INT64 -> tape.setAtIndex(ValueLayout.JAVA_LONG, index, value.longValue());
            case FLOAT -> tape.setAtIndex(ValueLayout.JAVA_FLOAT, index, value.floatValue());
            case DOUBLE -> tape.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value.doubleValue());
        }
    }
}
