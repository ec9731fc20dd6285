package org.fabricmark.reduction;

import static org.fabricmark.reduction.AddressSpace.ALL;
import static org.fabricmark.reduction.AddressSpace.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies in the widest vectors of this processor. The end of a range that is no whole vector is copied as the last vector of
 * the range, which overlaps the one before it.
 */
final class VectorCopy implements CopyKernel {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
    private static final int V = SPECIES.vectorByteSize();
    private static final int BLOCK = 4 * V;

    /** From this size on the bulk copy of the JVM is used. */
    static final long BULK_BYTES = Long.getLong("bulk", 1 << 20);

    /** Width of a vector in bits. */
    static int bits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public void copy(long from, long to, long bytes) {
        if (bytes <= SmallCopy.MAX_BYTES) {
            SmallCopy.copy(from, to, (int) bytes);
        } else if (bytes >= V && bytes < BULK_BYTES) {
            copyVectors(from, to, bytes);
        } else {
            MemorySegment.copy(ALL, from, ALL, to, bytes);
        }
    }

    private static void copyVectors(long from, long to, long bytes) {
        long inBlocks = bytes & -BLOCK;
        for (long i = 0; i < inBlocks; i += BLOCK) {
            store(to + i, load(from + i), load(from + i + V), load(from + i + 2 * V), load(from + i + 3 * V));
        }
        for (long i = inBlocks; i < bytes; i += V) {
            long last = Math.min(i, bytes - V);
            load(from + last).intoMemorySegment(ALL, to + last, ORDER);
        }
    }

    @Override
    public void multicast(long[] addresses, int at, int destinations, long byteOffset, long bytes) {
        if (destinations == 1) {
            copy(addresses[at] + byteOffset, addresses[at + 1] + byteOffset, bytes);
        } else if (bytes <= Math.max(SmallCopy.MAX_BYTES, V)) {
            for (int d = at + 1; d <= at + destinations; d++) {
                copy(addresses[at] + byteOffset, addresses[d] + byteOffset, bytes);
            }
        } else {
            multicastVectors(addresses, at, destinations, byteOffset, bytes);
        }
    }

    private static void multicastVectors(long[] addresses, int at, int destinations, long byteOffset, long bytes) {
        long inBlocks = bytes & -BLOCK;
        if (destinations == 2) {
            oneToTwo(addresses[at] + byteOffset, addresses[at + 1] + byteOffset, addresses[at + 2] + byteOffset, inBlocks);
        } else {
            oneToMany(addresses, at, destinations, byteOffset, byteOffset + inBlocks);
        }
        for (long i = inBlocks; i < bytes; i += V) {
            long last = byteOffset + Math.min(i, bytes - V);
            ByteVector v = load(addresses[at] + last);
            for (int d = at + 1; d <= at + destinations; d++) {
                v.intoMemorySegment(ALL, addresses[d] + last, ORDER);
            }
        }
    }

    private static void oneToTwo(long from, long to, long too, long bytes) {
        for (long i = 0; i < bytes; i += BLOCK) {
            ByteVector v0 = load(from + i);
            ByteVector v1 = load(from + i + V);
            ByteVector v2 = load(from + i + 2 * V);
            ByteVector v3 = load(from + i + 3 * V);
            store(to + i, v0, v1, v2, v3);
            store(too + i, v0, v1, v2, v3);
        }
    }

    private static void oneToMany(long[] addresses, int at, int destinations, long fromOffset, long untilOffset) {
        for (long i = fromOffset; i < untilOffset; i += BLOCK) {
            long from = addresses[at] + i;
            ByteVector v0 = load(from);
            ByteVector v1 = load(from + V);
            ByteVector v2 = load(from + 2 * V);
            ByteVector v3 = load(from + 3 * V);
            for (int d = at + 1; d <= at + destinations; d++) {
                store(addresses[d] + i, v0, v1, v2, v3);
            }
        }
    }

    private static ByteVector load(long address) {
        return ByteVector.fromMemorySegment(SPECIES, ALL, address, ORDER);
    }

    private static void store(long address, ByteVector v0, ByteVector v1, ByteVector v2, ByteVector v3) {
        v0.intoMemorySegment(ALL, address, ORDER);
        v1.intoMemorySegment(ALL, address + V, ORDER);
        v2.intoMemorySegment(ALL, address + 2 * V, ORDER);
        v3.intoMemorySegment(ALL, address + 3 * V, ORDER);
    }
}
