package org.fabricmark.reduction;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * What a reduction must give, computed in another way than the kernels do: integers without overflow, cut to the width at
 * the end of each step; minimum and maximum of floating point from the IEEE 754 rules; floating point of 16 bits rounded by
 * searching all its values; byte arrays instead of addresses.
 */
final class ReductionOracle {
    private ReductionOracle() {}

    /** The reduction of all {@code sources}, element by element, from left to right; divided by {@code divisor} for avg. */
    static byte[] reduce(DataType type, ReduceOp op, List<byte[]> sources, int divisor) {
        if (sources.size() == 1 && (op != ReduceOp.AVG || divisor == 1)) {
            return sources.getFirst().clone();
        }
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
            case INT8, UINT8, INT32, UINT32, INT64, UINT64 -> cut(type, exact(op, a, b));
            case FLOAT16, BFLOAT16, FLOAT -> switch (op) {
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
        BigInteger x = (BigInteger) a;
        BigInteger y = (BigInteger) b;
        return switch (op) {
            case SUM, AVG -> x.add(y);
            case PROD -> x.multiply(y);
            case MIN -> x.compareTo(y) <= 0 ? x : y;
            case MAX -> x.compareTo(y) >= 0 ? x : y;
        };
    }

    /** Modulo 2^width, into the range of the type. */
    private static BigInteger cut(DataType type, BigInteger x) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(type.bytes() * Byte.SIZE);
        BigInteger residue = x.mod(modulus);
        boolean negative = !type.unsigned() && residue.testBit(type.bytes() * Byte.SIZE - 1);
        return negative ? residue.subtract(modulus) : residue;
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
            case INT8, UINT8, INT32, UINT32, INT64, UINT64 -> ((BigInteger) value).divide(BigInteger.valueOf(divisor));
            case FLOAT16, BFLOAT16, FLOAT -> value.floatValue() / divisor;
            case DOUBLE -> value.doubleValue() / divisor;
        };
    }

    private static Number read(DataType type, byte[] bytes, int at) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return switch (type) {
            case INT8, UINT8 -> cut(type, BigInteger.valueOf(buffer.get(at)));
            case INT32, UINT32 -> cut(type, BigInteger.valueOf(buffer.getInt(at)));
            case INT64, UINT64 -> cut(type, BigInteger.valueOf(buffer.getLong(at)));
            case FLOAT16 -> (float) NarrowFormat.BINARY16.value(buffer.getShort(at));
            case BFLOAT16 -> (float) NarrowFormat.BFLOAT16.value(buffer.getShort(at));
            case FLOAT -> buffer.getFloat(at);
            case DOUBLE -> buffer.getDouble(at);
        };
    }

    private static void write(DataType type, byte[] bytes, int at, Number value) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        switch (type) {
            case INT8, UINT8 -> buffer.put(at, value.byteValue());
            case INT32, UINT32 -> buffer.putInt(at, value.intValue());
            case INT64, UINT64 -> buffer.putLong(at, value.longValue());
            case FLOAT16 -> buffer.putShort(at, NarrowFormat.BINARY16.nearest(value.floatValue()));
            case BFLOAT16 -> buffer.putShort(at, NarrowFormat.BFLOAT16.nearest(value.floatValue()));
            case FLOAT -> buffer.putFloat(at, value.floatValue());
            case DOUBLE -> buffer.putDouble(at, value.doubleValue());
        }
    }
}
