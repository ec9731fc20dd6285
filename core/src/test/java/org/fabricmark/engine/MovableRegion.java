package org.fabricmark.engine;

import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.PrivateRegion;

/** A private region that takes everything and registers nothing. */
final class MovableRegion implements PrivateRegion {
    private final long bytes;
    private long address;

    MovableRegion(long bytes) {
        this.bytes = bytes;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public long reference(long offset) {
        return 1_000_000 + offset;
    }

    @Override
    public boolean place(MemorySegment memory) {
        address = memory.address();
        return true;
    }

    @Override
    public MemorySegment stage() {
        throw new AssertionError("everything can be placed");
    }

    @Override
    public void release() {
        // stays where it is
    }

    @Override
    public void revoke() {
        // stays where it is
    }

    @Override
    public void close() {
        address = 0;
    }
}
