package org.fabricmark.transport.rdma.loopback;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/** A context whose peers are threads of this process: every address is a place, and any native memory can be registered. */
final class ProcessHome implements Home {
    private static final long PREFIX = 0xfe80L << 48;
    private static final long PAGE = 4096;

    private final String name;
    private final ProcessFabric.Membership member;
    private final Gid gid;
    private final Neighbour self;
    private final QueueHeap heap;
    private boolean closed;

    ProcessHome(String name) {
        this.name = name;
        member = ProcessFabric.join(name);
        gid = new Gid(prefix(), member.secret());
        heap = new QueueHeap(member.fabric()::allocate);
        self = Neighbour.inProcess(member.block(), member.secret());
        AddressSpace.setLong(member.block() + LoopbackLayout.BLOCK_SECRET, member.secret());
        member.fabric().publish(member);
    }

    private long prefix() {
        return PREFIX | name.hashCode() & 0xffff_ffffL;
    }

    @Override
    public Gid gid() {
        return gid;
    }

    @Override
    public Neighbour self() {
        return self;
    }

    @Override
    public Neighbour find(Gid wanted) {
        long block = wanted.high() == prefix() ? member.fabric().find(wanted.low()) : 0;
        return block == 0 ? null : Neighbour.inProcess(block, wanted.low());
    }

    @Override
    public long allocateQueue(int bytes) {
        return heap.allocate(bytes);
    }

    @Override
    public void freeQueue(long address, int bytes) {
        heap.free(address, bytes);
    }

    @Override
    public long placeOf(long address) {
        return LoopbackLayout.place(0, address);
    }

    @Override
    public long placeOf(MemorySegment memory) {
        if (!memory.isNative()) {
            throw VerbsException.invalid("memory on the Java heap cannot be registered: it moves");
        }
        return LoopbackLayout.place(0, memory.address());
    }

    @Override
    public DeviceMemory allocate(long bytes, RegisteredRanges ranges) {
        Arena arena = Arena.ofConfined();
        try {
            return new OwnedMemory(arena.allocate(bytes, PAGE), ranges, arena::close);
        } catch (OutOfMemoryError e) {
            arena.close();
            throw new VerbsException(
                    VerbsException.Reason.ENOMEM, "no " + bytes + " bytes outside of the heap: -XX:MaxDirectMemorySize",
                    e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ProcessFabric.leave(name, member);
        }
    }
}
