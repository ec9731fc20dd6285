package org.fabricmark.reduction;

import static org.fabricmark.memory.AddressSpace.ALL;
import static org.fabricmark.memory.AddressSpace.ORDER;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multicast in the widest vectors of this processor: one load, then a store to each destination. The end of a range that is
 * no whole vector is copied as the last vector of the range, which overlaps the one before it. As in {@link VectorKernel}, no
 * method takes or returns a vector.
 */
final class VectorCopy implements CopyKernel {
    private static final VectorSpecies<Byte> SPECIES = ByteVector.SPECIES_PREFERRED;
    private static final int V = SPECIES.vectorByteSize();
    private static final int BLOCK = 4 * V;

    /** Width of a vector in bits. */
    static int bits() {
        return SPECIES.vectorBitSize();
    }

    @Override
    public void copy(long from, long to, long bytes) {
        Copies.copy(from, to, bytes);
    }

    @Override
    public void multicast(long[] addresses, int at, int destinations, long byteOffset, long bytes) {
        // Longer than the caches of a core: a store past the caches saves reading the line that it replaces, which is worth more
        // than the second look at the source, which is then in the shared cache.
        if (bytes <= V || destinations == 1 || bytes >= STREAMING_TILE_BYTES) {
            for (int d = at + 1; d <= at + destinations; d++) {
                Copies.copy(addresses[at] + byteOffset, addresses[d] + byteOffset, bytes);
            }
            return;
        }
        long inBlocks = bytes & -BLOCK;
        if (inBlocks > 0 && destinations == 2) {
            oneToTwo(
                    addresses[at] + byteOffset,
                    addresses[at + 1] + byteOffset,
                    addresses[at + 2] + byteOffset,
                    inBlocks);
        } else if (inBlocks > 0) {
            oneToMany(addresses, at, destinations, byteOffset, byteOffset + inBlocks);
        }
        if (inBlocks < bytes) {
            rest(addresses, at, destinations, byteOffset, inBlocks, bytes);
        }
    }

    private static void oneToTwo(long from, long to, long too, long bytes) {
        for (long i = 0; i < bytes; i += BLOCK) {
            ByteVector v0 = ByteVector.fromMemorySegment(SPECIES, ALL, from + i, ORDER);
            ByteVector v1 = ByteVector.fromMemorySegment(SPECIES, ALL, from + i + V, ORDER);
            ByteVector v2 = ByteVector.fromMemorySegment(SPECIES, ALL, from + i + 2 * V, ORDER);
            ByteVector v3 = ByteVector.fromMemorySegment(SPECIES, ALL, from + i + 3 * V, ORDER);
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

    private static void oneToMany(long[] addresses, int at, int destinations, long fromOffset, long untilOffset) {
        for (long i = fromOffset; i < untilOffset; i += BLOCK) {
            long from = addresses[at] + i;
            ByteVector v0 = ByteVector.fromMemorySegment(SPECIES, ALL, from, ORDER);
            ByteVector v1 = ByteVector.fromMemorySegment(SPECIES, ALL, from + V, ORDER);
            ByteVector v2 = ByteVector.fromMemorySegment(SPECIES, ALL, from + 2 * V, ORDER);
            ByteVector v3 = ByteVector.fromMemorySegment(SPECIES, ALL, from + 3 * V, ORDER);
            for (int d = at + 1; d <= at + destinations; d++) {
                long to = addresses[d] + i;
                v0.intoMemorySegment(ALL, to, ORDER);
                v1.intoMemorySegment(ALL, to + V, ORDER);
                v2.intoMemorySegment(ALL, to + 2 * V, ORDER);
                v3.intoMemorySegment(ALL, to + 3 * V, ORDER);
            }
        }
    }

    private static void rest(
            long[] addresses, int at, int destinations, long byteOffset, long fromOffset, long untilOffset) {
        for (long i = fromOffset; i < untilOffset; i += V) {
            long offset = byteOffset + Math.min(i, untilOffset - V);
            ByteVector v = ByteVector.fromMemorySegment(SPECIES, ALL, addresses[at] + offset, ORDER);
            for (int d = at + 1; d <= at + destinations; d++) {
                v.intoMemorySegment(ALL, addresses[d] + offset, ORDER);
            }
        }
    }
}
