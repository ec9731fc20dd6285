package org.fabricmark.reduction;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.fabricmark.reduction.AddressSpace.ALL;

import java.lang.invoke.MethodHandles;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * One element at a time: the definition of what {@link VectorKernel} computes, its tail, and the whole implementation
 * where the module jdk.incubator.vector is absent (no type of that module occurs here).
 *
 * <p>A template (see {@link KernelTemplate}): {@code TYPE} and {@code OP} are constants, so every switch on them costs
 * nothing once compiled.
 */
final class ScalarKernel implements ReduceKernel {
    private static final KernelTemplate.Specialisation SPECIALISATION =
            KernelTemplate.specialisation(MethodHandles.lookup());
    private static final DataType TYPE = SPECIALISATION.type();
    private static final ReduceOp OP = SPECIALISATION.op();
    private static final int WIDTH = TYPE.bytes();

    @Override
    public void reduce(long[] addresses, int at, int sources, int destinations, long byteOffset, long elements) {
        run(addresses, at, sources, destinations, byteOffset, elements, 1);
    }

    @Override
    public void reduceAndDivide(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long elements, int divisor) {
        run(addresses, at, sources, destinations, byteOffset, elements, divisor);
    }

    /** Dividing by one changes no value, but it costs: so it is left out. */
    private static void run(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long elements, int divisor) {
        int end = at + sources + destinations;
        int firstDestination = at + sources;
        for (long i = 0, offset = byteOffset; i < elements; i++, offset += WIDTH) {
            long value = load(addresses[at] + offset);
            for (int s = at + 1; s < firstDestination; s++) {
                value = combine(value, load(addresses[s] + offset));
            }
            if (divisor != 1) {
                value = divide(value, divisor);
            }
            for (int d = firstDestination; d < end; d++) {
                store(addresses[d] + offset, value);
            }
        }
    }

    /** An element's bits; the upper half of a 32-bit element means nothing. */
    private static long load(long address) {
        return switch (TYPE) {
            case INT32 -> ALL.get(JAVA_INT_UNALIGNED, address);
            case INT64 -> ALL.get(JAVA_LONG_UNALIGNED, address);
            case FLOAT -> bits(ALL.get(JAVA_FLOAT_UNALIGNED, address));
            case DOUBLE -> bits(ALL.get(JAVA_DOUBLE_UNALIGNED, address));
        };
    }

    private static void store(long address, long bits) {
        switch (TYPE) {
            case INT32 -> ALL.set(JAVA_INT_UNALIGNED, address, (int) bits);
            case INT64 -> ALL.set(JAVA_LONG_UNALIGNED, address, bits);
            case FLOAT -> ALL.set(JAVA_FLOAT_UNALIGNED, address, asFloat(bits));
            case DOUBLE -> ALL.set(JAVA_DOUBLE_UNALIGNED, address, Double.longBitsToDouble(bits));
        }
    }

    private static long combine(long a, long b) {
        return switch (TYPE) {
            case INT32 -> combineInts((int) a, (int) b);
            case INT64 -> combineLongs(a, b);
            case FLOAT -> bits(combineFloats(asFloat(a), asFloat(b)));
            case DOUBLE -> bits(combineDoubles(Double.longBitsToDouble(a), Double.longBitsToDouble(b)));
        };
    }

    private static long divide(long value, int divisor) {
        return switch (TYPE) {
            case INT32 -> (int) value / divisor;
            case INT64 -> value / divisor;
            case FLOAT -> bits(asFloat(value) / divisor);
            case DOUBLE -> bits(Double.longBitsToDouble(value) / divisor);
        };
    }

    private static int combineInts(int a, int b) {
        return switch (OP) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static long combineLongs(long a, long b) {
        return switch (OP) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static float combineFloats(float a, float b) {
        return switch (OP) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static double combineDoubles(double a, double b) {
        return switch (OP) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static long bits(float value) {
        return Float.floatToRawIntBits(value);
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    private static float asFloat(long bits) {
        return Float.intBitsToFloat((int) bits);
    }
}
