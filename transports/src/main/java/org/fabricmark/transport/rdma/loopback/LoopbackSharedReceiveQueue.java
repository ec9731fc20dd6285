package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SharedReceiveQueue;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * Receives for several queue pairs: slots of memory, and the order in which requesters take them. A slot is used again when its
 * completion has been polled, whatever came before.
 */
final class LoopbackSharedReceiveQueue implements SharedReceiveQueue {
    private final LoopbackProtectionDomain domain;
    private final int entries;
    private final int maxSegments;
    private final int bytes;
    private final long base;
    private final long slots;
    private final int stride;
    private final long[] ids;
    private final int[] free;
    private int freeCount;
    private long posted;
    private ReceiveRequest bad;
    private int users;
    private boolean closed;

    LoopbackSharedReceiveQueue(LoopbackProtectionDomain domain, int maxRequests, int maxSegments) {
        this.domain = domain;
        this.maxSegments = maxSegments;
        entries = Sizes.powerOfTwo(maxRequests);
        stride = LoopbackLayout.piecesBytes(maxSegments);
        int order = LoopbackLayout.SHARED_ORDER + LoopbackLayout.lines(entries * Integer.BYTES);
        bytes = order + entries * stride;
        base = domain.context().home().allocateQueue(bytes);
        slots = base + order;
        ids = new long[entries];
        free = new int[entries];
        for (int slot = entries - 1; slot >= 0; slot--) {
            free[freeCount++] = slot;
        }
        AddressSpace.setInt(base + LoopbackLayout.SHARED_ENTRIES, entries);
        AddressSpace.setInt(base + LoopbackLayout.SHARED_STRIDE, stride);
    }

    @Override
    public ProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public int maxRequests() {
        return entries;
    }

    @Override
    public int maxSegments() {
        return maxSegments;
    }

    int domainNumber() {
        return domain.number();
    }

    long place() {
        return domain.context().home().placeOf(base);
    }

    @Override
    public PostStatus postReceive(ReceiveRequest first) {
        for (bad = first; bad != null; bad = bad.next()) {
            if (bad.segments() > maxSegments) {
                return PostStatus.INVALID;
            }
            if (freeCount == 0) {
                return PostStatus.QUEUE_FULL;
            }
            int slot = free[--freeCount];
            ids[slot] = bad.id();
            ReceiveQueue.write(slots + (long) slot * stride, bad);
            AddressSpace.setInt(
                    base + LoopbackLayout.SHARED_ORDER + (posted & entries - 1) * Integer.BYTES, slot);
            posted++;
            AddressSpace.setLongRelease(base + LoopbackLayout.SHARED_POSTED, posted);
        }
        return PostStatus.POSTED;
    }

    @Override
    public ReceiveRequest badReceive() {
        return bad;
    }

    /** A slot's completion was polled: its request's number. */
    long giveBack(int slot) {
        free[freeCount++] = slot;
        return ids[slot];
    }

    @Override
    public int limit() {
        return (int) AddressSpace.getLongAcquire(base + LoopbackLayout.SHARED_LIMIT);
    }

    @Override
    public void arm(int limit) {
        if (limit < 0 || limit > entries) {
            throw VerbsException.invalid("limit " + limit + " of a queue of " + entries + " receives");
        }
        AddressSpace.setLongRelease(base + LoopbackLayout.SHARED_LIMIT, limit);
    }

    /** Whether the limit was passed since this was asked last. */
    boolean takeReached() {
        return AddressSpace.getAndSetLong(base + LoopbackLayout.SHARED_REACHED, 0) != 0;
    }

    void use() {
        users++;
    }

    void unuse() {
        users--;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (users > 0) {
            throw VerbsException.busy(users + " queue pairs use this shared receive queue");
        }
        domain.context().refuseWithEvents(this);
        closed = true;
        domain.context().home().freeQueue(base, bytes);
        domain.forget(this);
    }
}
