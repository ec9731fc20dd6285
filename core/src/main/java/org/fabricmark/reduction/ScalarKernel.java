package org.fabricmark.reduction;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.fabricmark.memory.AddressSpace.ALL;

import java.lang.invoke.MethodHandles;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/**
 * One element at a time: the definition of what the vector kernels compute, their tail, and the whole implementation
 * where the module jdk.incubator.vector is absent (no type of that module occurs here).
 *
 * <p>A template (see {@link KernelTemplate}): {@code TYPE} and {@code OP} are constants, so every choice between them is
 * made by the compiler. (A {@code switch} on an enum is not: it reads a table that the compiler does not trust. Nor is a
 * question to the enum's constant, for the same reason: answers are constants of this class.)
 */
final class ScalarKernel implements ReduceKernel {
    private static final KernelTemplate.Specialisation SPECIALISATION =
            KernelTemplate.specialisation(MethodHandles.lookup());
    private static final DataType TYPE = SPECIALISATION.type();
    private static final ReduceOp OP = SPECIALISATION.op();
    private static final int WIDTH = TYPE.bytes();
    private static final boolean FLOATING = TYPE.floating();
    private static final boolean UNSIGNED = TYPE.unsigned();

    /** One source: nothing to combine. */
    private static final CopyKernel COPY = new ScalarCopy();

    @Override
    public void reduce(long[] addresses, int at, int sources, int destinations, long byteOffset, long elements) {
        if (sources == 1) {
            COPY.multicast(addresses, at, destinations, byteOffset, elements * WIDTH);
            return;
        }
        if (sources == 2 && destinations <= 2) {
            long to = addresses[at + 2] + byteOffset;
            long too = destinations == 2 ? addresses[at + 3] + byteOffset : to;
            reducePair(addresses[at] + byteOffset, addresses[at + 1] + byteOffset, to, too, elements * WIDTH);
        } else {
            reduceMany(addresses, at, sources, destinations, byteOffset, elements, 1);
        }
    }

    /**
     * The case on which the latency of small calls depends: up to three elements without a loop, because the checks that the
     * compiler moves in front of a loop cost as much as ten elements. A single destination is stored twice, which is free.
     */
    private static void reducePair(long a, long b, long to, long too, long bytes) {
        if (bytes > 3 * WIDTH) {
            for (long i = 0; i < bytes; i += WIDTH) {
                reduceOne(a + i, b + i, to + i, too + i);
            }
            return;
        }
        if (bytes > 0) {
            reduceOne(a, b, to, too);
        }
        if (bytes > WIDTH) {
            reduceOne(a + WIDTH, b + WIDTH, to + WIDTH, too + WIDTH);
        }
        if (bytes > 2 * WIDTH) {
            reduceOne(a + 2 * WIDTH, b + 2 * WIDTH, to + 2 * WIDTH, too + 2 * WIDTH);
        }
    }

    private static void reduceOne(long a, long b, long to, long too) {
        long value = combine(load(a), load(b));
        store(to, value);
        store(too, value);
    }

    /** {@inheritDoc} Dividing by one changes no value, but it costs: so it is left out. */
    @Override
    public void reduceAndDivide(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long elements, int divisor) {
        if (divisor == 1) {
            reduce(addresses, at, sources, destinations, byteOffset, elements);
        } else {
            reduceMany(addresses, at, sources, destinations, byteOffset, elements, divisor);
        }
    }

    private static void reduceMany(
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

    /**
     * An element: an integer extended to 64 bits, floating point of 64 bits as its bits, and of 32 and of 16 bits as those of a
     * float.
     */
    private static long load(long address) {
        if (WIDTH == 1) {
            return ALL.get(JAVA_BYTE, address);
        } else if (TYPE == DataType.FLOAT16) {
            return bits(NarrowFloats.fromFloat16(ALL.get(JAVA_SHORT_UNALIGNED, address)));
        } else if (TYPE == DataType.BFLOAT16) {
            return bits(NarrowFloats.fromBfloat16(ALL.get(JAVA_SHORT_UNALIGNED, address)));
        } else if (TYPE == DataType.FLOAT) {
            return bits(ALL.get(JAVA_FLOAT_UNALIGNED, address));
        } else if (TYPE == DataType.DOUBLE) {
            return bits(ALL.get(JAVA_DOUBLE_UNALIGNED, address));
        } else if (WIDTH == Integer.BYTES) {
            return ALL.get(JAVA_INT_UNALIGNED, address);
        } else {
            return ALL.get(JAVA_LONG_UNALIGNED, address);
        }
    }

    private static void store(long address, long bits) {
        if (WIDTH == 1) {
            ALL.set(JAVA_BYTE, address, (byte) bits);
        } else if (TYPE == DataType.FLOAT16) {
            ALL.set(JAVA_SHORT_UNALIGNED, address, NarrowFloats.toFloat16(asFloat(bits)));
        } else if (TYPE == DataType.BFLOAT16) {
            ALL.set(JAVA_SHORT_UNALIGNED, address, NarrowFloats.toBfloat16(asFloat(bits)));
        } else if (TYPE == DataType.FLOAT) {
            ALL.set(JAVA_FLOAT_UNALIGNED, address, asFloat(bits));
        } else if (TYPE == DataType.DOUBLE) {
            ALL.set(JAVA_DOUBLE_UNALIGNED, address, asDouble(bits));
        } else if (WIDTH == Integer.BYTES) {
            ALL.set(JAVA_INT_UNALIGNED, address, (int) bits);
        } else {
            ALL.set(JAVA_LONG_UNALIGNED, address, bits);
        }
    }

    private static long combine(long a, long b) {
        if (TYPE == DataType.DOUBLE) {
            return bits(combineDoubles(asDouble(a), asDouble(b)));
        } else if (FLOATING) {
            return bits(combineFloats(asFloat(a), asFloat(b)));
        } else {
            return combineIntegers(extend(a), extend(b));
        }
    }

    private static long divide(long value, int divisor) {
        if (TYPE == DataType.DOUBLE) {
            return bits(asDouble(value) / divisor);
        } else if (FLOATING) {
            return bits(asFloat(value) / divisor);
        } else if (TYPE == DataType.UINT64) {
            return Long.divideUnsigned(value, divisor);
        } else {
            return extend(value) / divisor;
        }
    }

    /** The low bits that the type has, with its sign or zeros above them. */
    private static long extend(long value) {
        int unused = Long.SIZE - WIDTH * Byte.SIZE;
        return UNSIGNED ? value << unused >>> unused : value << unused >> unused;
    }

    /** Serves every width: the low bits of a sum or product do not depend on the high ones, and order is the same. */
    private static long combineIntegers(long a, long b) {
        if (OP == ReduceOp.SUM) {
            return a + b;
        } else if (OP == ReduceOp.PROD) {
            return a * b;
        } else if (TYPE == DataType.UINT64) {
            return Long.compareUnsigned(a, b) < 0 == (OP == ReduceOp.MIN) ? a : b;
        } else if (OP == ReduceOp.MIN) {
            return Math.min(a, b);
        } else {
            return Math.max(a, b);
        }
    }

    private static float combineFloats(float a, float b) {
        if (OP == ReduceOp.SUM) {
            return a + b;
        } else if (OP == ReduceOp.PROD) {
            return a * b;
        } else if (OP == ReduceOp.MIN) {
            return Math.min(a, b);
        } else {
            return Math.max(a, b);
        }
    }

    private static double combineDoubles(double a, double b) {
        if (OP == ReduceOp.SUM) {
            return a + b;
        } else if (OP == ReduceOp.PROD) {
            return a * b;
        } else if (OP == ReduceOp.MIN) {
            return Math.min(a, b);
        } else {
            return Math.max(a, b);
        }
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

    private static double asDouble(long bits) {
        return Double.longBitsToDouble(bits);
    }
}
