package org.fabricmark.reduction;

import static org.fabricmark.memory.AddressSpace.ALL;
import static org.fabricmark.memory.AddressSpace.ORDER;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multicast in the widest vectors of this processor: one load, then a store to each destination. The end of a range that is
 * no whole vector is copied as the last vector of the range, which overlaps the one before it.
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
            ByteVector v0 = load(from + i);
            ByteVector v1 = load(from + i + V);
            ByteVector v2 = load(from + i + 2 * V);
            ByteVector v3 = load(from + i + 3 * V);
            store(to + i, v0);
            store(to + i + V, v1);
            store(to + i + 2 * V, v2);
            store(to + i + 3 * V, v3);
            store(too + i, v0);
            store(too + i + V, v1);
            store(too + i + 2 * V, v2);
            store(too + i + 3 * V, v3);
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
                long to = addresses[d] + i;
                store(to, v0);
                store(to + V, v1);
                store(to + 2 * V, v2);
                store(to + 3 * V, v3);
            }
        }
    }

    private static void rest(
            long[] addresses, int at, int destinations, long byteOffset, long fromOffset, long untilOffset) {
        for (long i = fromOffset; i < untilOffset; i += V) {
            long offset = byteOffset + Math.min(i, untilOffset - V);
            ByteVector v = load(addresses[at] + offset);
            for (int d = at + 1; d <= at + destinations; d++) {
                store(addresses[d] + offset, v);
            }
        }
    }

    private static ByteVector load(long address) {
        return ByteVector.fromMemorySegment(SPECIES, ALL, address, ORDER);
    }

    private static void store(long address, ByteVector v) {
        v.intoMemorySegment(ALL, address, ORDER);
    }
}
