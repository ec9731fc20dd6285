package org.fabricmark.bench.harness;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.memory.PrivateMemory;

/**
 * Drives a rank's data out of its caches: reads one word of each line of as much memory as is twice the last-level cache. Each
 * rank does so on its own core, so that the caches of all cores are swept; the shared last level is swept by all of them.
 *
 * <p>Thread rule: the rank's thread.
 */
final class CacheEviction implements AutoCloseable {
    private static final long LINE = 64;

    private final PrivateMemory memory;

    /** What was read, so that reading cannot be left out. */
    private long sum;

    CacheEviction(long bytes) {
        memory = PrivateMemory.allocate(bytes);
    }

    /** Reads everything. @return zero, but the compiler does not know */
    long run() {
        long begin = memory.segment().address();
        long end = begin + memory.segment().byteSize();
        long read = 0;
        for (long address = begin; address < end; address += LINE) {
            read += AddressSpace.getLong(address);
        }
        sum += read;
        return sum;
    }

    @Override
    public void close() {
        memory.close();
    }
}
