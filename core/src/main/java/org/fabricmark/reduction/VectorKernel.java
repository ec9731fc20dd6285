package org.fabricmark.reduction;

import static org.fabricmark.memory.AddressSpace.ALL;
import static org.fabricmark.memory.AddressSpace.ORDER;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.fabricmark.collective.DataType;

/**
 * Reduction in vectors of the type itself, four of them in flight. The types that have no vectors have kernels of their own,
 * {@link Float16Kernel} and {@link Bfloat16Kernel}.
 *
 * <p>A template (see {@link KernelTemplate}): species and operator are constants of each hidden class, which is what the
 * compiler needs to turn the generic calls below into single instructions. Addresses need no alignment.
 *
 * <p>All loads of a block of four vectors come before its stores, so a destination may be one of the sources. Elements that
 * do not fill a vector go to the kernel of half the width, and the last few to the scalar one: calls of 16 and 32 bytes are
 * frequent, and a scalar loop takes longer for 15 elements than this one for 200.
 *
 * <p>No method here takes or returns a vector: a call that the compiler does not inline boxes its vectors. It inlines methods of
 * the Vector API always, and ours, however short, only where their calls look frequent: on a busy machine a profile can say otherwise,
 * and what was compiled by it stays (docs/decisions/0033).
 */
final class VectorKernel implements ReduceKernel {
    private static final KernelTemplate.Specialisation SPECIALISATION =
            KernelTemplate.specialisation(MethodHandles.lookup());
    private static final DataType TYPE = SPECIALISATION.type();
    private static final int WIDTH = TYPE.bytes();
    private static final VectorSpecies<Number> SPECIES = species(TYPE, SPECIALISATION.vectorBits());
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final VectorOperators.Binary OP =
            switch (SPECIALISATION.op()) {
                case SUM, AVG -> VectorOperators.ADD;
                case PROD -> VectorOperators.MUL;
                case MIN -> TYPE.unsigned() ? VectorOperators.UMIN : VectorOperators.MIN;
                case MAX -> TYPE.unsigned() ? VectorOperators.UMAX : VectorOperators.MAX;
            };

    /** Bytes of one vector, and of the block of four that a loop iteration treats. */
    private static final int V = SPECIES.vectorByteSize();

    private static final int BLOCK = 4 * V;

    /** The narrowest vectors in use, in bytes. */
    private static final int NARROWEST = 16;

    /** One source: nothing to combine. */
    private static final CopyKernel COPY = new VectorCopy();

    private static final ReduceKernel SCALAR = narrower(KernelTemplate.SCALAR);

    /** Takes the elements that do not fill a vector. */
    private static final ReduceKernel REST = V > NARROWEST ? narrower(V / 2 * Byte.SIZE) : SCALAR;

    /** Bytes that are reduced, divided and copied before the next ones: they stay in the first-level cache. */
    private static final int DIVIDE_TILE = 8 * 1024;

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
        if (inVectors > 0) {
            reduceVectors(addresses, at, sources, destinations, byteOffset, inVectors);
        }
        if (inVectors < bytes) {
            long rest = (bytes - inVectors) / WIDTH;
            REST.reduce(addresses, at, sources, destinations, byteOffset + inVectors, rest);
        }
    }

    private static void reduceVectors(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long bytes) {
        long inBlocks = bytes & -BLOCK;
        if (inBlocks > 0) {
            blocks(addresses, at, sources, destinations, byteOffset, inBlocks);
        }
        singles(addresses, at, sources, destinations, byteOffset + inBlocks, byteOffset + bytes);
    }

    private static void blocks(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long bytes) {
        if (sources == 2 && destinations == 1) {
            twoToOne(addresses[at] + byteOffset, addresses[at + 1] + byteOffset, addresses[at + 2] + byteOffset, bytes);
        } else if (sources == 2 && destinations == 2) {
            twoToTwo(
                    addresses[at] + byteOffset,
                    addresses[at + 1] + byteOffset,
                    addresses[at + 2] + byteOffset,
                    addresses[at + 3] + byteOffset,
                    bytes);
        } else {
            manyToMany(addresses, at, sources, destinations, byteOffset, byteOffset + bytes);
        }
    }

    private static void twoToOne(long a, long b, long to, long bytes) {
        for (long i = 0; i < bytes; i += BLOCK) {
            Vector<Number> v0 = SPECIES.fromMemorySegment(ALL, a + i, ORDER).lanewise(OP,
                    SPECIES.fromMemorySegment(ALL, b + i, ORDER));
            Vector<Number> v1 = SPECIES.fromMemorySegment(ALL, a + i + V, ORDER).lanewise(OP,
                    SPECIES.fromMemorySegment(ALL, b + i + V, ORDER));
            Vector<Number> v2 = SPECIES.fromMemorySegment(ALL, a + i + 2 * V, ORDER).lanewise(OP,
                    SPECIES.fromMemorySegment(ALL, b + i + 2 * V, ORDER));
            Vector<Number> v3 = SPECIES.fromMemorySegment(ALL, a + i + 3 * V, ORDER).lanewise(OP,
                    SPECIES.fromMemorySegment(ALL, b + i + 3 * V, ORDER));
            v0.intoMemorySegment(ALL, to + i, ORDER);
            v1.intoMemorySegment(ALL, to + i + V, ORDER);
            v2.intoMemorySegment(ALL, to + i + 2 * V, ORDER);
            v3.intoMemorySegment(ALL, to + i + 3 * V, ORDER);
        }
    }

    private static void twoToTwo(long a, long b, long to, long too, long bytes) {
        for (long i = 0; i < bytes; i += BLOCK) {
            Vector<Number> v0 = SPECIES.fromMemorySegment(ALL, a + i, ORDER).lanewise(OP,
                    SPECIES.fromMemorySegment(ALL, b + i, ORDER));
            Vector<Number> v1 = SPECIES.fromMemorySegment(ALL, a + i + V, ORDER).lanewise(OP,
                    SPECIES.fromMemorySegment(ALL, b + i + V, ORDER));
            Vector<Number> v2 = SPECIES.fromMemorySegment(ALL, a + i + 2 * V, ORDER).lanewise(OP,
                    SPECIES.fromMemorySegment(ALL, b + i + 2 * V, ORDER));
            Vector<Number> v3 = SPECIES.fromMemorySegment(ALL, a + i + 3 * V, ORDER).lanewise(OP,
                    SPECIES.fromMemorySegment(ALL, b + i + 3 * V, ORDER));
            v0.intoMemorySegment(ALL, to + i, ORDER);
            v1.intoMemorySegment(ALL, to + i + V, ORDER);
            v2.intoMemorySegment(ALL, to + i + 2 * V, ORDER);
            v3.intoMemorySegment(ALL, to + i + 3 * V, ORDER);
            v0.intoMemorySegment(ALL, too + i, ORDER);
            v1.intoMemorySegment(ALL, too + i + V, ORDER);
            v2.intoMemorySegment(ALL, too + i + 2 * V, ORDER);
            v3.intoMemorySegment(ALL, too + i + 3 * V, ORDER);
        }
    }

    /** Any number of sources and destinations; the accumulators of a block stay in registers. */
    private static void manyToMany(
            long[] addresses, int at, int sources, int destinations, long from, long until) {
        int firstDestination = at + sources;
        int end = firstDestination + destinations;
        for (long i = from; i < until; i += BLOCK) {
            long first = addresses[at] + i;
            Vector<Number> v0 = SPECIES.fromMemorySegment(ALL, first, ORDER);
            Vector<Number> v1 = SPECIES.fromMemorySegment(ALL, first + V, ORDER);
            Vector<Number> v2 = SPECIES.fromMemorySegment(ALL, first + 2 * V, ORDER);
            Vector<Number> v3 = SPECIES.fromMemorySegment(ALL, first + 3 * V, ORDER);
            for (int s = at + 1; s < firstDestination; s++) {
                long next = addresses[s] + i;
                v0 = v0.lanewise(OP, SPECIES.fromMemorySegment(ALL, next, ORDER));
                v1 = v1.lanewise(OP, SPECIES.fromMemorySegment(ALL, next + V, ORDER));
                v2 = v2.lanewise(OP, SPECIES.fromMemorySegment(ALL, next + 2 * V, ORDER));
                v3 = v3.lanewise(OP, SPECIES.fromMemorySegment(ALL, next + 3 * V, ORDER));
            }
            for (int d = firstDestination; d < end; d++) {
                long to = addresses[d] + i;
                v0.intoMemorySegment(ALL, to, ORDER);
                v1.intoMemorySegment(ALL, to + V, ORDER);
                v2.intoMemorySegment(ALL, to + 2 * V, ORDER);
                v3.intoMemorySegment(ALL, to + 3 * V, ORDER);
            }
        }
    }

    /** The at most three vectors that do not fill a block. */
    private static void singles(long[] addresses, int at, int sources, int destinations, long from, long until) {
        if (sources == 2 && destinations <= 2) {
            long to = addresses[at + 2] + from;
            long too = destinations == 2 ? addresses[at + 3] + from : to;
            singlePairs(addresses[at] + from, addresses[at + 1] + from, to, too, until - from);
        } else {
            singlesOfMany(addresses, at, sources, destinations, from, until);
        }
    }

    /** Without a loop: the checks that the compiler moves in front of one cost more. A single destination is stored twice. */
    private static void singlePairs(long a, long b, long to, long too, long bytes) {
        if (bytes > 0) {
            singlePair(a, b, to, too);
        }
        if (bytes > V) {
            singlePair(a + V, b + V, to + V, too + V);
        }
        if (bytes > 2 * V) {
            singlePair(a + 2 * V, b + 2 * V, to + 2 * V, too + 2 * V);
        }
    }

    private static void singlePair(long a, long b, long to, long too) {
        Vector<Number> v =
                SPECIES.fromMemorySegment(ALL, a, ORDER).lanewise(OP, SPECIES.fromMemorySegment(ALL, b, ORDER));
        v.intoMemorySegment(ALL, to, ORDER);
        v.intoMemorySegment(ALL, too, ORDER);
    }

    private static void singlesOfMany(
            long[] addresses, int at, int sources, int destinations, long from, long until) {
        int firstDestination = at + sources;
        int end = firstDestination + destinations;
        for (long i = from; i < until; i += V) {
            Vector<Number> v = SPECIES.fromMemorySegment(ALL, addresses[at] + i, ORDER);
            for (int s = at + 1; s < firstDestination; s++) {
                v = v.lanewise(OP, SPECIES.fromMemorySegment(ALL, addresses[s] + i, ORDER));
            }
            for (int d = firstDestination; d < end; d++) {
                v.intoMemorySegment(ALL, addresses[d] + i, ORDER);
            }
        }
    }

    /** Tile by tile: reduces into the first destination, divides there, copies from there to the other destinations. */
    @Override
    public void reduceAndDivide(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long elements, int divisor) {
        long bytes = elements * WIDTH;
        if (bytes < NARROWEST) {
            SCALAR.reduceAndDivide(addresses, at, sources, destinations, byteOffset, elements, divisor);
            return;
        }
        long inVectors = bytes & -V;
        for (long i = 0; i < inVectors; i += DIVIDE_TILE) {
            long tile = Math.min(DIVIDE_TILE, inVectors - i);
            long offset = byteOffset + i;
            reduce(addresses, at, sources, 1, offset, tile / WIDTH);
            long result = addresses[at + sources] + offset;
            divideVectors(result, result + tile, divisor);
            if (destinations > 1) {
                COPY.multicast(addresses, at + sources, destinations - 1, offset, tile);
            }
        }
        if (inVectors < bytes) {
            long rest = (bytes - inVectors) / WIDTH;
            REST.reduceAndDivide(addresses, at, sources, destinations, byteOffset + inVectors, rest, divisor);
        }
    }

    /** Processors do not divide vectors of integers, so those are shifted or multiplied instead. */
    private static void divideVectors(long from, long until, int divisor) {
        boolean powerOfTwo = Integer.bitCount(divisor) == 1;
        if (TYPE.floating()) {
            divideFloating(from, until, divisor, powerOfTwo);
        } else if (WIDTH == 1) {
            divideBytes(from, until, divisor);
        } else if (powerOfTwo) {
            shift(from, until, Integer.numberOfTrailingZeros(divisor));
        } else if (TYPE == DataType.INT32) {
            IntegerDivision.divideInts(from, (until - from) / WIDTH, divisor);
        } else if (TYPE == DataType.UINT32) {
            IntegerDivision.divideUnsignedInts(from, (until - from) / WIDTH, divisor);
        } else if (TYPE == DataType.INT64) {
            IntegerDivision.divideLongs(from, (until - from) / WIDTH, divisor);
        } else {
            IntegerDivision.divideUnsignedLongs(from, (until - from) / WIDTH, divisor);
        }
    }

    /** The reciprocal of a power of two is exact, so multiplying by it rounds the same number: equal bits, and faster. */
    private static void divideFloating(long from, long until, int divisor, boolean powerOfTwo) {
        Vector<Number> divisors = SPECIES.broadcast(TYPE == DataType.FLOAT ? (long) (float) divisor : divisor);
        if (powerOfTwo) {
            Vector<Number> reciprocals = SPECIES.broadcast(1).lanewise(VectorOperators.DIV, divisors);
            for (long i = from; i < until; i += V) {
                SPECIES.fromMemorySegment(ALL, i, ORDER).lanewise(VectorOperators.MUL, reciprocals)
                        .intoMemorySegment(ALL, i, ORDER);
            }
        } else {
            for (long i = from; i < until; i += V) {
                SPECIES.fromMemorySegment(ALL, i, ORDER).lanewise(VectorOperators.DIV, divisors)
                        .intoMemorySegment(ALL, i, ORDER);
            }
        }
    }

    /** Division by 2^{@code places}: negative numbers get 2^places − 1 added first, so that the shift truncates. */
    private static void shift(long from, long until, int places) {
        if (places == 0) {
            return;
        }
        if (TYPE.unsigned()) {
            for (long i = from; i < until; i += V) {
                SPECIES.fromMemorySegment(ALL, i, ORDER).lanewise(VectorOperators.LSHR, places)
                        .intoMemorySegment(ALL, i, ORDER);
            }
            return;
        }
        int signPlaces = WIDTH * Byte.SIZE - 1;
        for (long i = from; i < until; i += V) {
            Vector<Number> v = SPECIES.fromMemorySegment(ALL, i, ORDER);
            Vector<Number> rounding = v.lanewise(VectorOperators.ASHR, signPlaces)
                    .lanewise(VectorOperators.LSHR, signPlaces + 1 - places);
            v.add(rounding).lanewise(VectorOperators.ASHR, places).intoMemorySegment(ALL, i, ORDER);
        }
    }

    /**
     * Bytes by any divisor d, four to an int. With M = floor(2<sup>16</sup> / d) + 1, |x|·M / 2<sup>16</sup> lies above |x| / d by less
     * than 1 / d for every |x| ≤ 255: by |x| / 2<sup>16</sup> at most where d ≤ 256, and for greater ones it stays below 1. The rest
     * of the argument is that of {@link IntegerDivision}.
     */
    private static void divideBytes(long from, long until, int divisor) {
        IntVector multiplier = IntVector.broadcast(INTS, (1 << Short.SIZE) / divisor + 1);
        for (long i = from; i < until; i += V) {
            IntVector v = IntVector.fromMemorySegment(INTS, ALL, i, ORDER);
            IntVector q0 = byteQuotient(v, 0, multiplier);
            IntVector q1 = byteQuotient(v, 1, multiplier);
            IntVector q2 = byteQuotient(v, 2, multiplier);
            IntVector q3 = byteQuotient(v, 3, multiplier);
            q0.or(q1).or(q2.or(q3)).intoMemorySegment(ALL, i, ORDER);
        }
    }

    /** The quotients of byte {@code index} of each int, there, and zeros elsewhere. */
    private static IntVector byteQuotient(IntVector v, int index, IntVector multiplier) {
        int above = Integer.SIZE - Byte.SIZE;
        IntVector x = v.lanewise(VectorOperators.LSHL, above - index * Byte.SIZE)
                .lanewise(TYPE == DataType.UINT8 ? VectorOperators.LSHR : VectorOperators.ASHR, above);
        return x.mul(multiplier)
                .lanewise(VectorOperators.ASHR, Short.SIZE)
                .sub(x.lanewise(VectorOperators.ASHR, Integer.SIZE - 1))
                .and(0xff)
                .lanewise(VectorOperators.LSHL, index * Byte.SIZE);
    }

    private static ReduceKernel narrower(int vectorBits) {
        return KernelTemplate.define(
                new KernelTemplate.Specialisation(TYPE, SPECIALISATION.op(), vectorBits));
    }

    /** All these types have a box that is a number; the kernel never looks at elements one by one. */
    @SuppressWarnings("unchecked")
    private static VectorSpecies<Number> species(DataType type, int vectorBits) {
        Class<?> element =
                switch (type) {
                    case INT8, UINT8 -> byte.class;
                    case INT32, UINT32 -> int.class;
                    case INT64, UINT64 -> long.class;
                    case FLOAT -> float.class;
                    case DOUBLE -> double.class;
                    case FLOAT16, BFLOAT16 -> throw new IllegalArgumentException("no vectors of " + type.label());
                };
        return (VectorSpecies<Number>) VectorSpecies.of(element, VectorShape.forBitSize(vectorBits));
    }
}
