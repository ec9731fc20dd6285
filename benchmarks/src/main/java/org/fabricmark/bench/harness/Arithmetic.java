package org.fabricmark.bench.harness;

import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * Reductions of single values, for expected results: written out plainly, and sharing nothing with the kernels. A value is its
 * bit pattern in the low bits of a long, with zeros above.
 */
final class Arithmetic {
    /** Between the bit patterns of neighbours, as floats. */
    private static final int BFLOAT16_STEP = 1 << Short.SIZE;

    private Arithmetic() {}

    /** {@code a op b}; an average adds. */
    static long combine(DataType type, ReduceOp op, long a, long b) {
        return switch (type) {
            case INT8, UINT8, INT32, UINT32, INT64, UINT64 ->
                cut(type, combineIntegers(type.unsigned(), op, integer(type, a), integer(type, b)));
            case FLOAT16, BFLOAT16, FLOAT -> bits(type, combine(op, (float) value(type, a), (float) value(type, b)));
            case DOUBLE -> bits(type, combine(op, value(type, a), value(type, b)));
        };
    }

    /** {@code a / divisor}, truncated for integers. */
    static long divide(DataType type, long a, int divisor) {
        return switch (type) {
            case INT8, UINT8, INT32, UINT32, INT64 -> cut(type, integer(type, a) / divisor);
            case UINT64 -> Long.divideUnsigned(a, divisor);
            case FLOAT16, BFLOAT16, FLOAT -> bits(type, (float) value(type, a) / divisor);
            case DOUBLE -> bits(type, value(type, a) / divisor);
        };
    }

    /** The number of a floating-point type that is nearest to {@code value}. */
    static long bits(DataType type, double value) {
        return switch (type) {
            case FLOAT16 -> Float.floatToFloat16((float) value) & 0xffffL;
            case BFLOAT16 -> bfloat16((float) value);
            case FLOAT -> Float.floatToRawIntBits((float) value) & 0xffff_ffffL;
            case DOUBLE -> Double.doubleToRawLongBits(value);
            default -> throw new IllegalArgumentException(type.label() + " has no fractions");
        };
    }

    /** The low bits that {@code type} has. */
    static long cut(DataType type, long value) {
        return value & -1L >>> Long.SIZE - type.bytes() * Byte.SIZE;
    }

    private static double value(DataType type, long bits) {
        return switch (type) {
            case FLOAT16 -> Float.float16ToFloat((short) bits);
            case BFLOAT16 -> Float.intBitsToFloat((int) bits << Short.SIZE);
            case FLOAT -> Float.intBitsToFloat((int) bits);
            default -> Double.longBitsToDouble(bits);
        };
    }

    /** Away from zero if the value lies more than half a step beyond the neighbour below, or half a step and that one is odd. */
    private static long bfloat16(float value) {
        int below = Float.floatToRawIntBits(value) & -BFLOAT16_STEP;
        double beyond = Math.abs((double) value - Float.intBitsToFloat(below));
        double half = Math.ulp(Float.intBitsToFloat(below)) * (BFLOAT16_STEP / 2.0);
        boolean up = beyond > half || beyond == half && (below & BFLOAT16_STEP) != 0;
        return (up ? below + BFLOAT16_STEP : below) >>> Short.SIZE;
    }

    private static long integer(DataType type, long bits) {
        return switch (type) {
            case INT8 -> (byte) bits;
            case INT32 -> (int) bits;
            default -> bits;
        };
    }

    private static long combineIntegers(boolean unsigned, ReduceOp op, long a, long b) {
        boolean less = unsigned ? Long.compareUnsigned(a, b) < 0 : a < b;
        return switch (op) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> less ? a : b;
            case MAX -> less ? b : a;
        };
    }

    private static float combine(ReduceOp op, float a, float b) {
        return switch (op) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static double combine(ReduceOp op, double a, double b) {
        return switch (op) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }
}
