package org.fabricmark.bench.harness;

import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * What each rank contributes at each phase of a {@link DataPattern}. Every partial result, of any ranks in any order, is exact,
 * so that all algorithms have one right answer. Values, with r the rank, b the phase, p the ranks:
 *
 * <ul>
 * <li>sum, average: b + r + 1. A missing or doubled contribution changes the sum; so does one instead of another, since they
 *     differ from rank to rank. Sums stay below 2<sup>24</sup>, exact in float; integers are multiplied by an odd constant, so
 *     that all bits take part and the arithmetic wraps.
 * <li>product: of integers 2(b + r) + 3, odd and therefore invertible in wrapping arithmetic; of floating point, powers of two
 *     with signs, of which one half of the ranks multiplies and the other divides. If there are more ranks than the exponent
 *     has room for, they take turns from phase to phase, and those whose turn it is not contribute −1.
 * <li>minimum, maximum: all values of the type, normal ones of floating point, are divided among the ranks in p equal parts, so that
 *     signed and unsigned order differ everywhere; which rank has which part changes from element to element. Where the type
 *     has not as many values as there are ranks, several have the largest.
 * <li>no reduction: b + 1 + {@value DataPattern#PERIOD} r, different for all ranks and phases as far as the type has room.
 * </ul>
 *
 * <p>The narrow types have less room:
 * <ul>
 * <li>8 bits, sum, average and product: an odd number from 3 to 255 by a hash of rank and phase. Any one contribution that is
 *     missing or doubled changes the result, which is all that wrapping arithmetic needs. Results of different calls agree in
 *     one of about 128 elements; averages of p ranks have 256 / p values only, and show that much less.
 * <li>16 bits, sum and average: all integers up to 2<sup>8</sup> (bfloat16) or 2<sup>11</sup> (float16) in magnitude are
 *     representable. One half of the ranks contributes positive and the other negative integers, by a hash of rank and phase, and
 *     so bounded that neither half can exceed that. From more than 2<sup>8</sup> or 2<sup>11</sup> ranks on they take turns, and
 *     those whose turn it is not contribute 0. Results of different calls agree in some percent of the elements at most.
 * </ul>
 *
 * @param op null where nothing is reduced
 */
record RankValues(DataType type, ReduceOp op, int ranks) {
    private static final int PERIOD = DataPattern.PERIOD;

    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    /** The bit pattern of what {@code rank} contributes at {@code phase}. */
    long value(int rank, int phase) {
        if (op == null) {
            return scaled(phase + 1 + (long) PERIOD * rank);
        }
        return switch (op) {
            case SUM, AVG -> summand(rank, phase);
            case PROD -> type.floating() ? power(rank, phase) : factor(rank, phase);
            case MIN, MAX -> ordered(rank, phase);
        };
    }

    /** A value that reductions with itself leave as it is. */
    long neutral() {
        return number(op == ReduceOp.PROD ? 1 : 0);
    }

    private long summand(int rank, int phase) {
        if (type.narrowFloating()) {
            return shareOfRange(rank, phase);
        }
        return type.bytes() == 1 ? oddByte(rank, phase) : scaled(phase + rank + 1L);
    }

    private long factor(int rank, int phase) {
        return type.bytes() == 1 ? oddByte(rank, phase) : number(2L * (phase + rank) + 3);
    }

    private static long oddByte(int rank, int phase) {
        return 3 + 2 * (hash(rank, phase) % 127);
    }

    private long shareOfRange(int rank, int phase) {
        int range = type == DataType.BFLOAT16 ? 1 << 8 : 1 << 11;
        int half = Math.ceilDiv(ranks, 2);
        int turns = Math.ceilDiv(half, range / 2);
        if ((rank / 2 + phase) % turns != 0) {
            return number(0);
        }
        int most = range / Math.ceilDiv(half, turns);
        int magnitude = 1 + hash(rank, phase) % most;
        return number(rank % 2 == 0 ? magnitude : -magnitude);
    }

    /** The first rank adds the dependence on the phase; of the others one of two neighbours multiplies by 2 and one divides. */
    private long power(int rank, int phase) {
        boolean float16 = type == DataType.FLOAT16;
        int firstRankExponents = float16 ? 11 : 61;
        int room = (float16 ? 14 : 126) - firstRankExponents / 2;
        int turns = Math.max(1, Math.ceilDiv(ranks / 2, room));
        int exponent = 0;
        if (rank == 0) {
            exponent = 3 * phase % firstRankExponents - firstRankExponents / 2;
        } else if (((rank - 1) / 2 + phase) % turns == 0) {
            exponent = (rank + hash(0, phase)) % 2 == 0 ? 1 : -1;
        }
        boolean negative = hash(rank, phase) % 2 == 0 || exponent == 0; // 1 could be missing without a trace
        return Arithmetic.bits(type, Math.scalb(negative ? -1.0 : 1.0, exponent));
    }

    /** By ordinal number among all values in ascending order: the part of the rank, and in that a place for each phase. */
    private long ordered(int rank, int phase) {
        long last = lastOrdinal();
        int number = (rank + phase) % ranks;
        if (Long.compareUnsigned(last, ranks) < 0) {
            return withOrdinal(Math.min(number, last));
        }
        long part = ranks == 1 ? last : Long.divideUnsigned(last - ranks + 1, ranks) + 1; // (last + 1) / ranks
        long step = Long.divideUnsigned(part, PERIOD);
        return withOrdinal(number * part + (step == 0 ? phase % part : phase * step));
    }

    private long lastOrdinal() {
        return type.floating() ? 2 * normalMagnitudes() - 1 : Arithmetic.cut(type, -1);
    }

    /** Bit patterns of floating point rise with the magnitude: from the least normal one to that below infinity. */
    private long normalMagnitudes() {
        return infinity() - leastNormal();
    }

    private long infinity() {
        return Arithmetic.bits(type, Double.POSITIVE_INFINITY);
    }

    /** The lowest bit of the exponent, which is where the ones of infinity begin. */
    private long leastNormal() {
        return Long.lowestOneBit(infinity());
    }

    private long withOrdinal(long ordinal) {
        long sign = 1L << type.bytes() * Byte.SIZE - 1;
        if (!type.floating()) {
            return type.unsigned() ? ordinal : ordinal ^ sign;
        }
        long positive = ordinal - normalMagnitudes();
        return positive >= 0 ? leastNormal() + positive : sign | leastNormal() - positive - 1;
    }

    /** Spreads small numbers over all bits of an integer, and of 16-bit floating point, which is only moved. */
    private long scaled(long small) {
        return type == DataType.FLOAT || type == DataType.DOUBLE ? number(small) : Arithmetic.cut(type, small * ODD);
    }

    private long number(long small) {
        return type.floating() ? Arithmetic.bits(type, small) : Arithmetic.cut(type, small);
    }

    /** 31 bits. */
    private static int hash(int rank, int phase) {
        int mixed = rank * 0x9e37_79b1 ^ phase * 0x85eb_ca6b;
        mixed = (mixed ^ mixed >>> 15) * 0xc2b2_ae35;
        mixed = (mixed ^ mixed >>> 13) * 0x27d4_eb2f;
        return (mixed ^ mixed >>> 16) >>> 1;
    }
}
