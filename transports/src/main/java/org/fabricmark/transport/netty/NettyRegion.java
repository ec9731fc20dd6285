package org.fabricmark.transport.netty;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.Region;

/** This rank's part of a region: memory outside the heap, whole pages, which frames of peers may write and read. */
final class NettyRegion implements Region {
    private final NettyMemory memory;
    private final Arena arena;
    private final int number;
    private final int rank;
    private final MemorySegment own;
    private boolean closed;

    NettyRegion(NettyMemory memory, int number, int rank, long bytes) {
        this.memory = memory;
        this.number = number;
        this.rank = rank;
        this.arena = Arena.ofConfined();
        try {
            own = arena.allocate(NettyLayout.pages(bytes), NettyLayout.PAGE).asSlice(0, bytes);
        } catch (OutOfMemoryError | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public long bytes() {
        return own.byteSize();
    }

    @Override
    public MemorySegment segment() {
        return own;
    }

    @Override
    public long address() {
        return own.address();
    }

    @Override
    public long reference(long offset) {
        return NettyLayout.reference(number, offset);
    }

    @Override
    public long directAddress(int peer, long offset) {
        if (peer != rank) {
            throw new UnsupportedOperationException("sockets give no direct access");
        }
        return own.address() + offset;
    }

    int number() {
        return number;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.forget(this);
            arena.close();
        }
    }
}
