package org.fabricmark.transport.shm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.Region;

/** All ranks' parts of one file, mapped by one rank. */
final class ShmRegion implements Region {
    private final ShmTransport transport;
    private final Arena arena;
    private final int number;
    private final long bytes;
    private final long base;
    private final long stride;
    private final MemorySegment own;
    private final boolean direct;
    private boolean closed;

    ShmRegion(ShmTransport transport, Arena arena, MemorySegment mapping, int number, long bytes, boolean direct) {
        this.transport = transport;
        this.arena = arena;
        this.number = number;
        this.bytes = bytes;
        this.base = mapping.address();
        this.stride = mapping.byteSize() / transport.size();
        this.own = mapping.asSlice(transport.rank() * stride, bytes);
        this.direct = direct;
    }

    @Override
    public long bytes() {
        return bytes;
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
        return ShmLayout.reference(number, offset);
    }

    @Override
    public long directAddress(int peer, long offset) {
        if (!direct && peer != transport.rank()) {
            throw new UnsupportedOperationException(transport.name() + " has no direct access");
        }
        return part(peer) + offset;
    }

    /** Where this rank sees the part of {@code rank}. */
    long part(int rank) {
        return base + rank * stride;
    }

    long base() {
        return base;
    }

    long stride() {
        return stride;
    }

    int number() {
        return number;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            transport.forget(this);
            arena.close();
        }
    }
}
