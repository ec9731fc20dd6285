package org.fabricmark.reduction;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.fabricmark.collective.DataType;

/** Elements on which implementations differ when they differ: half of them special, half of them random bits. */
final class SpecialValues {
    private static final double[] FLOATING = {
        0.0,
        -0.0,
        1.0,
        -1.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1.0 / 3,
        65_504,
        0x1p-14,
        0x1p-24,
        -0x1p-24,
        0x1p-11,
        257,
        16_777_217
    };

    private static final long[] INTEGERS = {
        0,
        1,
        -1,
        2,
        -7,
        127,
        128,
        255,
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        Integer.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        Long.MAX_VALUE,
        1L << 32,
        -3_000_000_000L
    };

    private SpecialValues() {}

    /** {@code elements} elements of {@code type}, the same for the same seed. */
    static byte[] of(DataType type, int elements, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer bytes = ByteBuffer.allocate(elements * type.bytes()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < elements; i++) {
            boolean special = random.nextBoolean();
            double floating = FLOATING[random.nextInt(FLOATING.length)];
            long integer = special ? INTEGERS[random.nextInt(INTEGERS.length)] : random.nextLong();
            switch (type) {
                case INT8, UINT8 -> bytes.put((byte) integer);
                case INT32, UINT32 -> bytes.putInt((int) integer);
                case INT64, UINT64 -> bytes.putLong(integer);
                case FLOAT16 -> bytes.putShort(
                        special ? NarrowFormat.BINARY16.nearest((float) floating) : (short) random.nextInt());
                case BFLOAT16 -> bytes.putShort(
                        special ? NarrowFormat.BFLOAT16.nearest((float) floating) : (short) random.nextInt());
                case FLOAT -> bytes.putFloat(special ? (float) floating : Float.intBitsToFloat(random.nextInt()));
                case DOUBLE -> bytes.putDouble(special ? floating : Double.longBitsToDouble(random.nextLong()));
            }
        }
        return bytes.array();
    }
}
