package org.fabricmark.reduction;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * What a reduction must give, computed in another way than the kernels do: integers without overflow, cut to the width at
 * the end of each step; minimum and maximum of floating point from the IEEE 754 rules; byte arrays instead of addresses.
 */
final class ReductionOracle {
    private ReductionOracle() {}

    /** The reduction of all {@code sources}, element by element, from left to right; divided by {@code divisor} for avg. */
    static byte[] reduce(DataType type, ReduceOp op, List<byte[]> sources, int divisor) {
        byte[] result = new byte[sources.getFirst().length];
        for (int at = 0; at < result.length; at += type.bytes()) {
            Number value = read(type, sources.getFirst(), at);
            for (byte[] source : sources.subList(1, sources.size())) {
                value = combine(type, op, value, read(type, source, at));
            }
            write(type, result, at, op == ReduceOp.AVG ? divide(type, value, divisor) : value);
        }
        return result;
    }

    private static Number combine(DataType type, ReduceOp op, Number a, Number b) {
        return switch (type) {
            case INT32 -> exact(op, a, b).intValue();
            case INT64 -> exact(op, a, b).longValue();
            case FLOAT -> switch (op) {
                case SUM, AVG -> a.floatValue() + b.floatValue();
                case PROD -> a.floatValue() * b.floatValue();
                case MIN -> (float) lesser(a.doubleValue(), b.doubleValue());
                case MAX -> (float) -lesser(-a.doubleValue(), -b.doubleValue());
            };
            case DOUBLE -> switch (op) {
                case SUM, AVG -> a.doubleValue() + b.doubleValue();
                case PROD -> a.doubleValue() * b.doubleValue();
                case MIN -> lesser(a.doubleValue(), b.doubleValue());
                case MAX -> -lesser(-a.doubleValue(), -b.doubleValue());
            };
        };
    }

    private static BigInteger exact(ReduceOp op, Number a, Number b) {
        BigInteger x = BigInteger.valueOf(a.longValue());
        BigInteger y = BigInteger.valueOf(b.longValue());
        return switch (op) {
            case SUM, AVG -> x.add(y);
            case PROD -> x.multiply(y);
            case MIN -> x.compareTo(y) <= 0 ? x : y;
            case MAX -> x.compareTo(y) >= 0 ? x : y;
        };
    }

    private static double lesser(double a, double b) {
        if (a != a || b != b) {
            return Double.NaN;
        }
        if (a == 0 && b == 0) {
            return 1 / a < 0 ? a : b;
        }
        return a < b ? a : b;
    }

    private static Number divide(DataType type, Number value, int divisor) {
        return switch (type) {
            case INT32, INT64 -> BigInteger.valueOf(value.longValue()).divide(BigInteger.valueOf(divisor)).longValue();
            case FLOAT -> value.floatValue() / divisor;
            case DOUBLE -> value.doubleValue() / divisor;
        };
    }

    private static Number read(DataType type, byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return switch (type) {
            case INT32 -> buffer.getInt(at);
            case INT64 -> buffer.getLong(at);
            case FLOAT -> buffer.getFloat(at);
            case DOUBLE -> buffer.getDouble(at);
        };
    }

    private static void write(DataType type, byte[] bytes, int at, Number value) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        switch (type) {
            case INT32 -> buffer.putInt(at, value.intValue());
            case INT64 -> buffer.putLong(at, value.longValue());
            case FLOAT -> buffer.putFloat(at, value.floatValue());
            case DOUBLE -> buffer.putDouble(at, value.doubleValue());
        }
    }
}
