package org.fabricmark.reduction;

import static org.fabricmark.memory.AddressSpace.ALL;
import static org.fabricmark.memory.AddressSpace.ORDER;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.fabricmark.collective.DataType;

/**
 * Reduction of the floating-point types of 16 bits in vectors of float.
 *
 * <p>A vector of memory is looked at as ints that hold two neighbouring elements each. Widening makes of it two vectors of
 * floats, one of the elements in the lower halves and one of those in the upper; narrowing puts them together again. So no
 * element changes its lane, and the order of bytes does not matter.
 *
 * <p>A template (see {@link KernelTemplate}). All loads of a vector come before its stores, so a destination may be one of the
 * sources. Elements that do not fill a vector go to the kernel of half the width, and the last few to the scalar one.
 */
final class NarrowFloatKernel implements ReduceKernel {
    private static final KernelTemplate.Specialisation SPECIALISATION =
            KernelTemplate.specialisation(MethodHandles.lookup());
    private static final boolean BFLOAT16 = SPECIALISATION.type() == DataType.BFLOAT16;
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
    private static final int FLOAT_FRACTION_BITS = 23;

    /** Fraction bits that a float has and a binary16 has not. */
    private static final int MORE_FRACTION_BITS = 13;

    /** By how much the exponents of a float and of a binary16 of the same value differ. */
    private static final int MORE_BIAS = 127 - 15;

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

    // The methods below are short enough to be inlined at any call frequency. A call that is not inlined boxes its vectors.

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
        IntVector shifted = pairs.lanewise(VectorOperators.LSHL, Short.SIZE);
        return BFLOAT16 ? shifted.reinterpretAsFloats() : fromFloat16(shifted);
    }

    /** The elements in the upper halves, as floats. */
    private static FloatVector upper(IntVector pairs) {
        return BFLOAT16 ? pairs.and(UPPER_HALF).reinterpretAsFloats() : fromFloat16(pairs);
    }

    /**
     * Binary16 in the upper halves to floats. Exponent and fraction are moved to their places in a float, which makes it too
     * small by the difference of the biases; a product with a power of two is exact and makes subnormal numbers normal. The
     * largest exponent means infinity or NaN in both formats.
     */
    private static FloatVector fromFloat16(IntVector upper) {
        IntVector small = upper.lanewise(VectorOperators.LSHR, 3).and(0x0fff_e000);
        IntVector bits = scale(small).reinterpretAsInts();
        return withSign(bits.lanewise(VectorOperators.OR, FLOAT_INFINITY, isSpecial(small)), upper);
    }

    private static FloatVector scale(IntVector small) {
        return small.reinterpretAsFloats().mul(0x1p112f);
    }

    private static VectorMask<Integer> isSpecial(IntVector small) {
        return small.compare(VectorOperators.GE, 31 << FLOAT_FRACTION_BITS);
    }

    private static FloatVector withSign(IntVector magnitude, IntVector sign) {
        return magnitude.or(sign.and(FLOAT_SIGN)).reinterpretAsFloats();
    }

    /** Rounds both, and puts the one into the lower halves and the other into the upper halves. */
    private static IntVector narrow(FloatVector lower, FloatVector upper) {
        IntVector low = round(lower.reinterpretAsInts()).lanewise(VectorOperators.LSHR, Short.SIZE);
        return low.or(round(upper.reinterpretAsInts()).and(UPPER_HALF));
    }

    /** The narrow value of each float in the upper half of its lane; anything in the lower half. */
    private static IntVector round(IntVector bits) {
        IntVector magnitude = bits.and(~FLOAT_SIGN);
        VectorMask<Integer> isNaN = magnitude.compare(VectorOperators.GT, FLOAT_INFINITY);
        return BFLOAT16
                ? roundToBfloat16(bits).blend(NarrowFloats.BFLOAT16_NAN << Short.SIZE, isNaN)
                : roundToFloat16(magnitude)
                        .or(bits.and(FLOAT_SIGN))
                        .blend(NarrowFloats.FLOAT16_NAN << Short.SIZE, isNaN);
    }

    /** As {@link NarrowFloats#toBfloat16}. */
    private static IntVector roundToBfloat16(IntVector bits) {
        IntVector odd = bits.lanewise(VectorOperators.LSHR, Short.SIZE).and(1);
        return bits.add(odd).add(0x7fff);
    }

    /**
     * Magnitudes of floats to binary16, in the upper halves. Let e be the exponent, at least −14, the least of a normal
     * binary16, below which the last place stays 2<sup>e−10</sup>. The sum with 2<sup>e+13</sup> is a float whose last place is
     * just that one: so the addition itself rounds, to nearest and even. The fraction of the sum is then the significand m of
     * the binary16, leading bit included, and (e + 14)·2<sup>10</sup> + m are its bits, carries and subnormal numbers included.
     * From 2<sup>16</sup> on everything is infinite, and 2<sup>16</sup> itself comes out as the bits of infinity.
     */
    private static IntVector roundToFloat16(IntVector magnitude) {
        IntVector bounded = magnitude.min(MORE_BIAS + 31 << FLOAT_FRACTION_BITS);
        IntVector exponent = bounded.and(FLOAT_INFINITY).max(MORE_BIAS + 1 << FLOAT_FRACTION_BITS);
        return sum(bounded, exponent)
                .sub(exponent)
                .add(exponent.lanewise(VectorOperators.LSHR, MORE_FRACTION_BITS))
                .sub((MORE_FRACTION_BITS << FLOAT_FRACTION_BITS) + (MORE_BIAS + 1 << 10))
                .lanewise(VectorOperators.LSHL, Short.SIZE);
    }

    /** The bits of the float in {@code bounded} + 2^(e+13). */
    private static IntVector sum(IntVector bounded, IntVector exponent) {
        FloatVector power = exponent.add(MORE_FRACTION_BITS << FLOAT_FRACTION_BITS).reinterpretAsFloats();
        return bounded.reinterpretAsFloats().add(power).reinterpretAsInts();
    }

    private static ReduceKernel narrower(int vectorBits) {
        return KernelTemplate.define(
                new KernelTemplate.Specialisation(SPECIALISATION.type(), SPECIALISATION.op(), vectorBits));
    }
}
