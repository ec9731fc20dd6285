package org.fabricmark.transport.rdma.loopback;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.fabricmark.memory.AddressSpace;

/**
 * Cuts the memory of queues out of chunks; what is given back is used for the next queue of the same size. Chunks are never given back:
 * a peer that comes late must find memory.
 *
 * <p>Thread rule: the context's thread.
 */
final class QueueHeap {
    private static final int CHUNK = 256 * 1024;

    private final LongUnaryOperator chunks;
    private final Map<Integer, ArrayDeque<Long>> free = new HashMap<>();
    private long next;
    private long left;

    /** @param chunks gives so many bytes, zeros, aligned to a page; answers their address */
    QueueHeap(LongUnaryOperator chunks) {
        this.chunks = chunks;
    }

    /** Zeros, aligned to a line. */
    long allocate(int bytes) {
        int size = LoopbackLayout.lines(bytes);
        ArrayDeque<Long> used = free.get(size);
        if (used != null && !used.isEmpty()) {
            long address = used.poll();
            AddressSpace.segment(address, size).fill((byte) 0);
            return address;
        }
        if (size > left) {
            long chunk = Math.max(CHUNK, size);
            next = chunks.applyAsLong(chunk);
            left = chunk;
        }
        long address = next;
        next += size;
        left -= size;
        return address;
    }

    void free(long address, int bytes) {
        free.computeIfAbsent(LoopbackLayout.lines(bytes), size -> new ArrayDeque<>()).add(address);
    }
}
