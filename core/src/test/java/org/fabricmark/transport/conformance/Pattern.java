package org.fabricmark.transport.conformance;

import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * Data whose reductions are exact in every type and in every order of up to 16 contributions, and which differ between calls,
 * ranks and neighbouring elements.
 *
 * @param seed of the run
 * @param op operation that the data must suit; null for none
 */
record Pattern(long seed, ReduceOp op) {
    /** The value that {@code rank} contributes at {@code index} in {@code call}. */
    long input(int call, int rank, long index) {
        long mixed = (seed + call) * 0x9e3779b97f4a7c15L + rank * 0xc2b2ae3d27d4eb4fL + index * 0x165667b19e3779f9L;
        mixed ^= mixed >>> 29;
        mixed *= 0xbf58476d1ce4e5b9L;
        mixed ^= mixed >>> 32;
        return op == ReduceOp.PROD ? 1 + (mixed & 1) : (mixed & 0xffff) - 0x7fff;
    }

    /** The reduction of all ranks' values, as a bit pattern of the type. */
    long reduced(DataType type, int call, int size, long index) {
        long result = input(call, 0, index);
        for (int rank = 1; rank < size; rank++) {
            long value = input(call, rank, index);
            result = switch (op) {
                case SUM, AVG -> result + value;
                case PROD -> result * value;
                case MIN -> Math.min(result, value);
                case MAX -> Math.max(result, value);
            };
        }
        if (op != ReduceOp.AVG) {
            return bits(type, result);
        }
        return switch (type) {
            case INT32, INT64 -> bits(type, result / size);
            case FLOAT -> Float.floatToRawIntBits((float) result / size) & 0xffffffffL;
            case DOUBLE -> Double.doubleToRawLongBits((double) result / size);
        };
    }

    /** A value as a bit pattern of the type; in the low bits for narrow types. */
    static long bits(DataType type, long value) {
        return switch (type) {
            case INT32 -> (int) value & 0xffffffffL;
            case INT64 -> value;
            case FLOAT -> Float.floatToRawIntBits(value) & 0xffffffffL;
            case DOUBLE -> Double.doubleToRawLongBits(value);
        };
    }
}
