package org.fabricmark.reduction;

import static org.fabricmark.memory.AddressSpace.ALL;
import static org.fabricmark.memory.AddressSpace.ORDER;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Reduction of bfloat16 in vectors of float.
 *
 * <p>A vector of memory is looked at as ints that hold two neighbouring elements each. Widening makes of it two vectors of
 * floats, one of the elements in the lower halves and one of those in the upper; narrowing puts them together again. So no
 * element changes its lane, and the order of bytes does not matter. Within the caches that is a little more than half as fast as
 * float, byte for byte, and beyond them as fast (docs/decisions/0032 has figures).
 *
 * <p>A template (see {@link KernelTemplate}). All loads of a vector come before its stores, so a destination may be one of the
 * sources. Elements that do not fill a vector go to the kernel of half the width, and the last few to the scalar one.
 */
final class Bfloat16Kernel implements ReduceKernel {
    private static final KernelTemplate.Specialisation SPECIALISATION =
            KernelTemplate.specialisation(MethodHandles.lookup());
    private static final int WIDTH = Short.BYTES;
    private static final VectorSpecies<Integer> PAIRS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(SPECIALISATION.vectorBits()));
    private static final VectorSpecies<Float> FLOATS = PAIRS.withLanes(float.class);
    private static final VectorOperators.Binary OP =
            switch (SPECIALISATION.op()) {
                case SUM, AVG -> VectorOperators.ADD;
                case PROD -> VectorOperators.MUL;
                case MIN -> VectorOperators.MIN;
                case MAX -> VectorOperators.MAX;
            };

    /** Bytes of one vector, and of the narrowest in use. */
    private static final int V = PAIRS.vectorByteSize();

    private static final int NARROWEST = 16;

    private static final int UPPER_HALF = 0xffff_0000;
    private static final int FLOAT_SIGN = 0x8000_0000;
    private static final int FLOAT_INFINITY = 0x7f80_0000;
    private static final int NAN = NarrowFloats.BFLOAT16_NAN << Short.SIZE;

    /** One source: nothing to combine. */
    private static final CopyKernel COPY = new VectorCopy();

    private static final ReduceKernel SCALAR = narrower(KernelTemplate.SCALAR);

    /** Takes the elements that do not fill a vector. */
    private static final ReduceKernel REST = V > NARROWEST ? narrower(V / 2 * Byte.SIZE) : SCALAR;

    @Override
    public void reduce(long[] addresses, int at, int sources, int destinations, long byteOffset, long elements) {
        long bytes = elements * WIDTH;
        if (bytes < NARROWEST) {
            SCALAR.reduce(addresses, at, sources, destinations, byteOffset, elements);
            return;
        }
        if (sources == 1) {
            COPY.multicast(addresses, at, destinations, byteOffset, bytes);
            return;
        }
        long inVectors = bytes & -V;
        if (sources == 2 && destinations == 1) {
            twoToOne(
                    addresses[at] + byteOffset, addresses[at + 1] + byteOffset, addresses[at + 2] + byteOffset,
                    inVectors);
        } else {
            manyToMany(addresses, at, sources, destinations, byteOffset, byteOffset + inVectors);
        }
        if (inVectors < bytes) {
            long rest = (bytes - inVectors) / WIDTH;
            REST.reduce(addresses, at, sources, destinations, byteOffset + inVectors, rest);
        }
    }

    @Override
    public void reduceAndDivide(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long elements, int divisor) {
        if (divisor == 1) {
            reduce(addresses, at, sources, destinations, byteOffset, elements);
            return;
        }
        long bytes = elements * WIDTH;
        if (bytes < NARROWEST) {
            SCALAR.reduceAndDivide(addresses, at, sources, destinations, byteOffset, elements, divisor);
            return;
        }
        long inVectors = bytes & -V;
        manyToManyDivided(addresses, at, sources, destinations, byteOffset, byteOffset + inVectors, divisor);
        if (inVectors < bytes) {
            long rest = (bytes - inVectors) / WIDTH;
            REST.reduceAndDivide(addresses, at, sources, destinations, byteOffset + inVectors, rest, divisor);
        }
    }

    private static void twoToOne(long a, long b, long to, long bytes) {
        for (long i = 0; i < bytes; i += V) {
            IntVector left = load(a + i);
            IntVector right = load(b + i);
            FloatVector lower = combine(lower(left), lower(right));
            FloatVector upper = combine(upper(left), upper(right));
            store(to + i, narrow(lower, upper));
        }
    }

    private static void manyToMany(
            long[] addresses, int at, int sources, int destinations, long from, long until) {
        int firstDestination = at + sources;
        int end = firstDestination + destinations;
        for (long i = from; i < until; i += V) {
            IntVector first = load(addresses[at] + i);
            FloatVector lower = lower(first);
            FloatVector upper = upper(first);
            for (int s = at + 1; s < firstDestination; s++) {
                IntVector next = load(addresses[s] + i);
                lower = combine(lower, lower(next));
                upper = combine(upper, upper(next));
            }
            IntVector result = narrow(lower, upper);
            for (int d = firstDestination; d < end; d++) {
                store(addresses[d] + i, result);
            }
        }
    }

    /** As above. Division is not what takes the time here, so powers of two are divided by like other numbers. */
    private static void manyToManyDivided(
            long[] addresses, int at, int sources, int destinations, long from, long until, int divisor) {
        FloatVector divisors = FloatVector.broadcast(FLOATS, (float) divisor);
        int firstDestination = at + sources;
        int end = firstDestination + destinations;
        for (long i = from; i < until; i += V) {
            IntVector first = load(addresses[at] + i);
            FloatVector lower = lower(first);
            FloatVector upper = upper(first);
            for (int s = at + 1; s < firstDestination; s++) {
                IntVector next = load(addresses[s] + i);
                lower = combine(lower, lower(next));
                upper = combine(upper, upper(next));
            }
            IntVector result = narrow(lower.div(divisors), upper.div(divisors));
            for (int d = firstDestination; d < end; d++) {
                store(addresses[d] + i, result);
            }
        }
    }

    // No method below has more than 35 bytes of code, so that all are inlined at any call frequency: a call that is not inlined
    // boxes its vectors, which costs more than all the arithmetic.

    private static IntVector load(long address) {
        return IntVector.fromMemorySegment(PAIRS, ALL, address, ORDER);
    }

    private static void store(long address, IntVector v) {
        v.intoMemorySegment(ALL, address, ORDER);
    }

    private static FloatVector combine(FloatVector a, FloatVector b) {
        return a.lanewise(OP, b);
    }

    /** The elements in the lower halves, as floats. */
    private static FloatVector lower(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, Short.SIZE).reinterpretAsFloats();
    }

    /** The elements in the upper halves, as floats. */
    private static FloatVector upper(IntVector pairs) {
        return pairs.and(UPPER_HALF).reinterpretAsFloats();
    }

    /** Rounds both, and puts the one into the lower halves and the other into the upper halves. */
    private static IntVector narrow(FloatVector lower, FloatVector upper) {
        return round(lower).lanewise(VectorOperators.LSHR, Short.SIZE).or(round(upper).and(UPPER_HALF));
    }

    /** The rounded value of each float in the upper half of its lane, anything in the lower half. */
    private static IntVector round(FloatVector v) {
        IntVector bits = v.reinterpretAsInts();
        return canonical(roundNumber(bits), bits);
    }

    /** As {@link NarrowFloats#toBfloat16} where there is no NaN. */
    private static IntVector roundNumber(IntVector bits) {
        return bits.lanewise(VectorOperators.LSHR, Short.SIZE).and(1).add(bits).add(0x7fff);
    }

    /** {@code rounded}, but the one NaN where {@code bits} is any. */
    private static IntVector canonical(IntVector rounded, IntVector bits) {
        return rounded.blend(NAN, bits.and(~FLOAT_SIGN).compare(VectorOperators.GT, FLOAT_INFINITY));
    }

    private static ReduceKernel narrower(int vectorBits) {
        return KernelTemplate.define(
                new KernelTemplate.Specialisation(SPECIALISATION.type(), SPECIALISATION.op(), vectorBits));
    }
}
