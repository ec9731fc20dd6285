package org.fabricmark.transport.fault;

import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.Region;

/** A region whose peers' parts are reached by transfers alone, and which tells the transport that it goes away. */
final class FaultRegion implements Region {
    private final FaultTransport transport;
    private final Region region;

    FaultRegion(FaultTransport transport, Region region) {
        this.transport = transport;
        this.region = region;
    }

    /** Whether {@code reference} names a byte of it. */
    boolean holds(long reference) {
        return region.reference(0) <= reference && reference < region.reference(region.bytes());
    }

    /** This rank's bytes from {@code reference} on. */
    MemorySegment slice(long reference, long bytes) {
        return region.segment().asSlice(reference - region.reference(0), bytes);
    }

    @Override
    public long bytes() {
        return region.bytes();
    }

    @Override
    public MemorySegment segment() {
        return region.segment();
    }

    @Override
    public long address() {
        return region.address();
    }

    @Override
    public long reference(long offset) {
        return region.reference(offset);
    }

    @Override
    public long directAddress(int peer, long offset) {
        if (peer != transport.rank()) {
            throw new UnsupportedOperationException(transport.name() + " has no direct access");
        }
        return region.directAddress(peer, offset);
    }

    @Override
    public void close() {
        transport.forget(this);
        region.close();
    }
}
