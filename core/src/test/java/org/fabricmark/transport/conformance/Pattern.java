package org.fabricmark.transport.conformance;

import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.reduction.NarrowFormat;

/**
 * Data whose reductions are exact in every type and in every order of up to 16 contributions, and which differ between calls,
 * ranks and neighbouring elements. Integers wrap, and lie on both sides of where signed and unsigned order differ.
 *
 * @param seed of the run
 * @param type of the elements
 * @param op operation that the data must suit; null for none
 */
record Pattern(long seed, DataType type, ReduceOp op) {
    /** The bit pattern, in the low bits, of what {@code rank} contributes at {@code index} in {@code call}. */
    long input(int call, int rank, long index) {
        return type.floating() ? bits(floating(call, rank, index)) : integer(call, rank, index) & mask();
    }

    /** The reduction of all ranks' values, as a bit pattern. */
    long reduced(int call, int size, long index) {
        return type.floating() ? bits(reducedFloating(call, size, index)) : reducedInteger(call, size, index) & mask();
    }

    private static long mixed(long seed, int rank, long index) {
        long mixed = seed * 0x9e3779b97f4a7c15L + rank * 0xc2b2ae3d27d4eb4fL + index * 0x165667b19e3779f9L;
        mixed ^= mixed >>> 29;
        mixed *= 0xbf58476d1ce4e5b9L;
        return mixed ^ mixed >>> 32;
    }

    private long integer(int call, int rank, long index) {
        long mixed = mixed(seed + call, rank, index);
        return cut(op == ReduceOp.PROD ? 2 * (mixed & 0xffff) + 1 : (mixed & 0xffff) - 0x7fff);
    }

    /** Sixteen of them reach the last power of two up to which all integers are representable, and no further. */
    private double floating(int call, int rank, long index) {
        long mixed = mixed(seed + call, rank, index);
        if (op == ReduceOp.PROD) {
            return Math.scalb(1.0, (int) (mixed & 1) * (rank % 2 == 0 ? 1 : -1));
        }
        long most =
                switch (type) {
                    case BFLOAT16 -> 1 << 8 - 4;
                    case FLOAT16 -> 1 << 11 - 4;
                    default -> 1 << 15;
                };
        return (mixed & 2 * most - 1) - most;
    }

    private long reducedInteger(int call, int size, long index) {
        long result = integer(call, 0, index);
        for (int rank = 1; rank < size; rank++) {
            long value = integer(call, rank, index);
            boolean less = type.unsigned() ? Long.compareUnsigned(value, result) < 0 : value < result;
            result = switch (op) {
                case SUM, AVG -> cut(result + value);
                case PROD -> cut(result * value);
                case MIN -> less ? value : result;
                case MAX -> less ? result : value;
            };
        }
        if (op != ReduceOp.AVG) {
            return result;
        }
        return type.unsigned() ? Long.divideUnsigned(result, size) : result / size;
    }

    /** Exact until the division. */
    private double reducedFloating(int call, int size, long index) {
        double result = floating(call, 0, index);
        for (int rank = 1; rank < size; rank++) {
            double value = floating(call, rank, index);
            result = switch (op) {
                case SUM, AVG -> result + value;
                case PROD -> result * value;
                case MIN -> Math.min(result, value);
                case MAX -> Math.max(result, value);
            };
        }
        if (op != ReduceOp.AVG) {
            return result;
        }
        return type == DataType.DOUBLE ? result / size : (float) result / size;
    }

    private long cut(long value) {
        int unused = Long.SIZE - type.bytes() * Byte.SIZE;
        return type.unsigned() ? value << unused >>> unused : value << unused >> unused;
    }

    private long mask() {
        return -1L >>> Long.SIZE - type.bytes() * Byte.SIZE;
    }

    private long bits(double value) {
        return mask() & switch (type) {
            case FLOAT16 -> NarrowFormat.BINARY16.nearest((float) value);
            case BFLOAT16 -> NarrowFormat.BFLOAT16.nearest((float) value);
            case FLOAT -> Float.floatToRawIntBits((float) value);
            default -> Double.doubleToRawLongBits(value);
        };
    }
}
