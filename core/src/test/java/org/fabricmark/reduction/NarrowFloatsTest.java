package org.fabricmark.reduction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.reduction.KernelTemplate.Specialisation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversions of the scalar kernel, and by a neutral operation those of the vector kernels, for whole ranges of values. */
final class NarrowFloatsTest {
    private static final long SEED = Long.getLong("fabricmark.seed", 20_254);
    private static final int ALL = 1 << Short.SIZE;

    private static float wide(NarrowFormat format, short bits) {
        return format == NarrowFormat.BINARY16 ? NarrowFloats.fromFloat16(bits) : NarrowFloats.fromBfloat16(bits);
    }

    private static short narrow(NarrowFormat format, float value) {
        return format == NarrowFormat.BINARY16 ? NarrowFloats.toFloat16(value) : NarrowFloats.toBfloat16(value);
    }

    private static DataType type(NarrowFormat format) {
        return format == NarrowFormat.BINARY16 ? DataType.FLOAT16 : DataType.BFLOAT16;
    }

    @ParameterizedTest
    @EnumSource
    void shouldWidenEveryValueExactlyAndNarrowItToItself(NarrowFormat format) {
        for (int i = 0; i < ALL; i++) {
            short bits = (short) i;
            float wide = wide(format, bits);
            assertEquals(format.value(bits), (double) wide, () -> Integer.toHexString(bits));
            short expected = Float.isNaN(wide) ? format.nearest(Float.NaN) : bits;
            assertEquals(expected, narrow(format, wide), () -> Integer.toHexString(bits));
        }
    }

    /** Floats at, below and above the middle between any two neighbours, where rounding changes its mind; and any others. */
    @ParameterizedTest
    @EnumSource
    void shouldRoundToNearestAndTiesToEven(NarrowFormat format) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < ALL; i++) {
            float value = wide(format, (short) i);
            float middle = (float) ((value + (double) wide(format, (short) (i + 1))) / 2);
            float any = Float.intBitsToFloat(random.nextInt());
            for (float f : new float[] {middle, Math.nextDown(middle), Math.nextUp(middle), value / 3, value * 257,
                any}) {
                assertEquals(format.nearest(f), narrow(format, f), () -> f + ", seed " + SEED);
            }
        }
    }

    /** Every value of the type with another one, so that sums and quotients are anywhere between the values of the type. */
    @ParameterizedTest
    @EnumSource
    void shouldGiveTheSameFromVectorsForEveryValueAndRandomPartners(NarrowFormat format) {
        SplittableRandom random = new SplittableRandom(SEED);
        short[] all = new short[ALL];
        short[] random1 = new short[ALL];
        short[] near = new short[ALL];
        for (int i = 0; i < ALL; i++) {
            all[i] = (short) i;
            random1[i] = (short) random.nextInt();
            near[i] = (short) (i + random.nextInt(-0x800, 0x800) ^ (random.nextBoolean() ? 0x8000 : 0));
        }
        for (short[] partner : new short[][] {random1, near, new short[ALL], all}) {
            for (ReduceOp op : new ReduceOp[] {ReduceOp.SUM, ReduceOp.PROD, ReduceOp.MIN, ReduceOp.MAX}) {
                for (int divisor : new int[] {1, 2, 3, 77}) {
                    check(format, op, all, partner, divisor);
                }
            }
        }
    }

    private static void check(NarrowFormat format, ReduceOp op, short[] a, short[] b, int divisor) {
        short[] scalar = reduce(format, op, a, b, divisor, KernelTemplate.SCALAR);
        for (int i = 0; i < ALL; i++) {
            short expected =
                    format.nearest(combine(op, (float) format.value(a[i]), (float) format.value(b[i])) / divisor);
            if (expected != scalar[i]) {
                assertEquals(Integer.toHexString(expected & 0xffff), Integer.toHexString(scalar[i] & 0xffff),
                        "%s %s of %x and %x / %d, seed %d".formatted(format, op, a[i], b[i], divisor, SEED));
            }
        }
        for (int bits = 128; bits <= VectorCopy.bits(); bits *= 2) {
            short[] vector = reduce(format, op, a, b, divisor, bits);
            for (int i = 0; i < ALL; i++) {
                if (vector[i] != scalar[i]) {
                    assertEquals(Integer.toHexString(scalar[i] & 0xffff), Integer.toHexString(vector[i] & 0xffff),
                            "%s %s of %x and %x / %d, seed %d".formatted(format, op, a[i], b[i], divisor, SEED));
                }
            }
        }
    }

    private static float combine(ReduceOp op, float a, float b) {
        return switch (op) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static short[] reduce(NarrowFormat format, ReduceOp op, short[] a, short[] b, int divisor, int bits) {
        ReduceKernel kernel = KernelTemplate.define(new Specialisation(type(format), op, bits));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment left = arena.allocateFrom(ValueLayout.JAVA_SHORT, a);
            MemorySegment right = arena.allocateFrom(ValueLayout.JAVA_SHORT, b);
            MemorySegment result = arena.allocate(left.byteSize());
            long[] addresses = {left.address(), right.address(), result.address()};
            kernel.reduceAndDivide(addresses, 0, 2, 1, 0, ALL, divisor);
            return result.toArray(ValueLayout.JAVA_SHORT);
        }
    }
}
