package org.fabricmark.reduction;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.fabricmark.memory.AddressSpace.ALL;
import static org.fabricmark.memory.AddressSpace.ORDER;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.fabricmark.collective.ReduceOp;

/**
 * Reduction of binary16, tile by tile in an array of floats.
 *
 * <p>The Vector API of this JDK does not convert binary16, but the compiler turns plain loops over {@link Float#float16ToFloat} and
 * {@link Float#floatToFloat16} into the processor's vector conversions, if it can tell that loads and stores do not overlap. Of two
 * native addresses it cannot, of an array and native memory it can: so each source is added into a {@link FloatTile}, and that is
 * stored. Conversion by shifts in the Vector API was tried: it takes so many operations that the compiler stops inlining in
 * the middle of them, and then boxes vectors. Element by element this reaches a tenth of the speed (docs/decisions/0032).
 *
 * <p>A template (see {@link KernelTemplate}). All loads of a tile come before its stores, so a destination may be one of the
 * sources.
 */
final class Float16Kernel implements ReduceKernel {
    private static final KernelTemplate.Specialisation SPECIALISATION =
            KernelTemplate.specialisation(MethodHandles.lookup());
    private static final ReduceOp OP = SPECIALISATION.op();
    private static final int WIDTH = Short.BYTES;
    private static final VectorSpecies<Short> SPECIES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIALISATION.vectorBits()));

    /** Bytes of one vector. */
    private static final int V = SPECIES.vectorByteSize();

    private static final int TILE_BYTES = FloatTile.ELEMENTS * WIDTH;

    /** From here on a tile is worth its fixed cost. */
    private static final int LEAST_BYTES = 64;

    private static final short MAGNITUDE = 0x7fff;
    private static final short INFINITY = 0x7c00;

    /** Nothing to combine, and further destinations. */
    private static final CopyKernel COPY = new VectorCopy();

    /** Takes small calls, and the elements that do not fill a vector. */
    private static final ReduceKernel SCALAR = KernelTemplate.define(
            new KernelTemplate.Specialisation(SPECIALISATION.type(), OP, KernelTemplate.SCALAR));

    @Override
    public void reduce(long[] addresses, int at, int sources, int destinations, long byteOffset, long elements) {
        if (sources == 1) {
            COPY.multicast(addresses, at, destinations, byteOffset, elements * WIDTH);
        } else {
            reduceTiles(addresses, at, sources, destinations, byteOffset, elements, 1);
        }
    }

    @Override
    public void reduceAndDivide(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long elements, int divisor) {
        if (divisor == 1) {
            reduce(addresses, at, sources, destinations, byteOffset, elements);
        } else {
            reduceTiles(addresses, at, sources, destinations, byteOffset, elements, divisor);
        }
    }

    private static void reduceTiles(
            long[] addresses, int at, int sources, int destinations, long byteOffset, long elements, int divisor) {
        long bytes = elements * WIDTH;
        long inVectors = bytes < LEAST_BYTES ? 0 : bytes & -V;
        if (inVectors > 0) {
            float[] tile = FloatTile.ofThisThread();
            for (long done = 0; done < inVectors; done += TILE_BYTES) {
                int count = (int) Math.min(TILE_BYTES, inVectors - done) / WIDTH;
                reduceTile(tile, addresses, at, sources, destinations, byteOffset + done, count, divisor);
            }
        }
        if (inVectors < bytes) {
            long rest = (bytes - inVectors) / WIDTH;
            SCALAR.reduceAndDivide(addresses, at, sources, destinations, byteOffset + inVectors, rest, divisor);
        }
    }

    private static void reduceTile(
            float[] tile,
            long[] addresses,
            int at,
            int sources,
            int destinations,
            long offset,
            int count,
            int divisor) {
        widen(addresses[at] + offset, tile, count);
        for (int s = at + 1; s < at + sources; s++) {
            combine(tile, addresses[s] + offset, count);
        }
        if (divisor != 1) {
            divide(tile, count, divisor);
        }
        long to = addresses[at + sources] + offset;
        narrow(tile, to, count);
        unifyNaNs(to, to + (long) count * WIDTH);
        if (destinations > 1) {
            COPY.multicast(addresses, at + sources, destinations - 1, offset, (long) count * WIDTH);
        }
    }

    private static void widen(long from, float[] tile, int count) {
        for (int i = 0; i < count; i++) {
            tile[i] = load(from, i);
        }
    }

    private static void combine(float[] tile, long from, int count) {
        for (int i = 0; i < count; i++) {
            tile[i] = combine(tile[i], load(from, i));
        }
    }

    private static void divide(float[] tile, int count, int divisor) {
        float divisorAsFloat = divisor;
        for (int i = 0; i < count; i++) {
            tile[i] = tile[i] / divisorAsFloat;
        }
    }

    /** NaNs keep some of their payload here: with a choice in it the loop would not become one over vectors. */
    private static void narrow(float[] tile, long to, int count) {
        for (int i = 0; i < count; i++) {
            ALL.set(JAVA_SHORT_UNALIGNED, to + (long) WIDTH * i, Float.floatToFloat16(tile[i]));
        }
    }

    private static void unifyNaNs(long from, long until) {
        for (long i = from; i < until; i += V) {
            ShortVector v = ShortVector.fromMemorySegment(SPECIES, ALL, i, ORDER);
            v.blend(NarrowFloats.FLOAT16_NAN, v.and(MAGNITUDE).compare(VectorOperators.GT, INFINITY))
                    .intoMemorySegment(ALL, i, ORDER);
        }
    }

    private static float load(long from, int index) {
        return Float.float16ToFloat(ALL.get(JAVA_SHORT_UNALIGNED, from + (long) WIDTH * index));
    }

    private static float combine(float a, float b) {
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
}
