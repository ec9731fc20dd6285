package org.fabricmark.reduction;

import static org.fabricmark.reduction.AddressSpace.ALL;

import java.lang.foreign.MemorySegment;

/** Copies by the JVM's bulk copy: where the module jdk.incubator.vector is absent. */
final class ScalarCopy implements CopyKernel {
    /** Bytes that are copied to every destination before the next ones, so that the source is read from memory once. */
    private static final int MULTICAST_TILE = 8 * 1024;

    @Override
    public void copy(long from, long to, long bytes) {
        if (bytes <= SmallCopy.MAX_BYTES) {
            SmallCopy.copy(from, to, (int) bytes);
        } else {
            MemorySegment.copy(ALL, from, ALL, to, bytes);
        }
    }

    @Override
    public void multicast(long[] addresses, int at, int destinations, long byteOffset, long bytes) {
        for (long done = 0; done < bytes; done += MULTICAST_TILE) {
            long offset = byteOffset + done;
            long tile = Math.min(MULTICAST_TILE, bytes - done);
            for (int d = at + 1; d <= at + destinations; d++) {
                copy(addresses[at] + offset, addresses[d] + offset, tile);
            }
        }
    }
}
