package org.fabricmark.transport.rdma.loopback;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AddressHandle;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.MemoryWindow;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.SharedReceiveQueue;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/** A protection domain: a number that keys and queue pairs have to have in common. */
final class LoopbackProtectionDomain implements ProtectionDomain {
    private final LoopbackContext context;
    private final int number;
    private final List<Object> members = new ArrayList<>();
    private boolean closed;

    LoopbackProtectionDomain(LoopbackContext context, int number) {
        this.context = context;
        this.number = number;
    }

    @Override
    public LoopbackContext context() {
        return context;
    }

    int number() {
        return number;
    }

    @Override
    public MemoryRegion register(MemorySegment memory, long address, Set<AccessFlag> access) {
        context.requireOpen();
        boolean remoteChange = access.contains(AccessFlag.REMOTE_WRITE) || access.contains(AccessFlag.REMOTE_ATOMIC);
        if (remoteChange && !access.contains(AccessFlag.LOCAL_WRITE)) {
            throw VerbsException
                    .invalid("access " + access + ": what peers may change, the device must be let write: LOCAL_WRITE");
        }
        if (memory.byteSize() == 0) {
            throw VerbsException.invalid("a region of no bytes");
        }
        return keep(new LoopbackMemoryRegion(this, memory, address, access));
    }

    @Override
    public MemoryWindow allocateMemoryWindow(MemoryWindow.Type type) {
        context.requireOpen();
        LoopbackMemoryWindow window = keep(new LoopbackMemoryWindow(this, type));
        context.windows().add(window);
        return window;
    }

    @Override
    public QueuePair createQueuePair(QueuePairInit init) {
        context.requireOpen();
        LoopbackQueuePair pair = context.createQueuePair(this, init);
        return keep(pair);
    }

    @Override
    public SharedReceiveQueue createSharedReceiveQueue(int maxRequests, int maxSegments) {
        context.requireOpen();
        Sizes.check("receives of a shared queue", maxRequests, 1, LoopbackContext.MAX_REQUESTS);
        Sizes.check("pieces of a receive", maxSegments, 0, LoopbackContext.MAX_SEGMENTS);
        LoopbackSharedReceiveQueue queue = keep(new LoopbackSharedReceiveQueue(this, maxRequests, maxSegments));
        context.add(queue);
        return queue;
    }

    @Override
    public AddressHandle createAddressHandle(AddressVector way) {
        context.requireOpen();
        context.checkWay(way);
        return keep(new LoopbackAddressHandle(this, way));
    }

    private <T> T keep(T member) {
        members.add(member);
        return member;
    }

    void forget(Object member) {
        members.removeIf(each -> each == member);
        if (member instanceof LoopbackSharedReceiveQueue queue) {
            context.remove(queue);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!members.isEmpty()) {
            throw VerbsException
                    .busy("a protection domain with " + members.size() + " regions, queue pairs and others in it");
        }
        closed = true;
        context.forget(this);
    }
}
