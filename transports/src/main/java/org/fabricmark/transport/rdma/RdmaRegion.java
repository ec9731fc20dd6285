package org.fabricmark.transport.rdma;

import java.lang.foreign.MemorySegment;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.rdma.verbs.RemoteKey;

/** Memory of the device, registered from address 0 on, and the keys to the parts of all ranks. */
final class RdmaRegion implements Region {
    private final RdmaMemory regions;
    private final int number;
    private final RegisteredMemory memory;
    private final MemorySegment own;
    private final RdmaPart part;
    private final int rank;
    private boolean closed;

    RdmaRegion(
            RdmaMemory regions, int number, long bytes, RegisteredMemory memory, RemoteKey[] remoteKeys, int rank) {
        this.regions = regions;
        this.number = number;
        this.memory = memory;
        this.own = memory.segment().asSlice(0, bytes);
        this.part = new RdmaPart(own.address(), memory.region().localKey(), remoteKeys);
        this.rank = rank;
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
        return RdmaLayout.reference(number, offset);
    }

    @Override
    public long directAddress(int peer, long offset) {
        if (peer != rank) {
            throw new UnsupportedOperationException("rdma has no direct access");
        }
        return own.address() + offset;
    }

    RdmaPart part() {
        return part;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            regions.forget(number);
            regions.forgetRanges(memory.segment());
            memory.close();
        }
    }
}
