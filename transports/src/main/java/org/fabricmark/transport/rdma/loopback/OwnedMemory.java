package org.fabricmark.transport.rdma.loopback;

import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/** Memory of a context's allocator. */
final class OwnedMemory implements DeviceMemory {
    private final MemorySegment segment;
    private final RegisteredRanges ranges;
    private final Runnable release;
    private boolean closed;

    OwnedMemory(MemorySegment segment, RegisteredRanges ranges, Runnable release) {
        this.segment = segment;
        this.ranges = ranges;
        this.release = release;
    }

    @Override
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (ranges.overlap(segment.address(), segment.byteSize())) {
            throw VerbsException.busy("this memory, or a part of it, is still registered");
        }
        closed = true;
        release.run();
    }
}
