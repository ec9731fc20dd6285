package org.fabricmark.transport.rdma.loopback;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/** Registered memory: an entry in the table of keys. The two keys are one. */
final class LoopbackMemoryRegion implements MemoryRegion {
    private final LoopbackProtectionDomain domain;
    private final MemorySegment memory;
    private final long address;
    private final Set<AccessFlag> access;
    private final int key;
    private final long place;
    private boolean closed;

    LoopbackMemoryRegion(LoopbackProtectionDomain domain, MemorySegment memory, long address, Set<AccessFlag> access) {
        this.domain = domain;
        this.memory = memory;
        this.address = address;
        this.access = Set.copyOf(access);
        LoopbackContext context = domain.context();
        place = context.home().placeOf(memory);
        key = context.keys().take();
        context.ranges().add(memory.address(), memory.byteSize());
        context.keys().open(key, AccessFlag.bits(access), address, memory.byteSize(), place, domain.number(), 0);
    }

    @Override
    public LoopbackProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public long length() {
        return memory.byteSize();
    }

    @Override
    public Set<AccessFlag> access() {
        return access;
    }

    long place() {
        return place;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public LocalKey localKey() {
        return new LocalKey(key);
    }

    @Override
    public RemoteKey remoteKey() {
        return new RemoteKey(key);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        LoopbackContext context = domain.context();
        if (context.windows().boundTo(this)) {
            throw VerbsException.busy("a memory window is bound to this region");
        }
        closed = true;
        context.keys().shut(key);
        StoreLoadOrder.rarely();
        context.awaitQuiet();
        context.keys().giveBack(key);
        context.ranges().remove(memory.address(), memory.byteSize());
        domain.forget(this);
    }
}
