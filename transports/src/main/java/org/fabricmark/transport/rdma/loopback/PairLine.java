package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;

/** What peers know of a queue pair: its lines in the block of its context, as the owner writes them. Thread rule: the context's thread. */
final class PairLine {
    private static final QueuePairState[] STATES = QueuePairState.values();

    private final int number;
    private final long line;
    private long busy;
    private boolean established;

    PairLine(long block, int number) {
        this.number = number;
        line = LoopbackLayout.pair(block, number);
        busy = AddressSpace.getLong(line + LoopbackLayout.PAIR_BUSY); // goes on from whoever had this place before
    }

    long address() {
        return line;
    }

    /** Before the first state is published: what never changes. */
    void describe(int service, int domain, int receiveDomain) {
        AddressSpace.setInt(line + LoopbackLayout.PAIR_SERVICE, service);
        AddressSpace.setInt(line + LoopbackLayout.PAIR_DOMAIN, domain);
        AddressSpace.setInt(line + LoopbackLayout.PAIR_RECEIVE_DOMAIN, receiveDomain);
        AddressSpace.setLong(line + LoopbackLayout.PAIR_CAUSES, 0);
        established = false;
    }

    /** The same for its receives: the place of their ring, and of the shared queue that they come from, or 0. */
    void describeReceives(long ring, int entries, int stride, long shared) {
        AddressSpace.setLong(line + LoopbackLayout.PAIR_RING, ring);
        AddressSpace.setInt(line + LoopbackLayout.PAIR_RING_ENTRIES, entries);
        AddressSpace.setInt(line + LoopbackLayout.PAIR_RING_STRIDE, stride);
        AddressSpace.setLong(line + LoopbackLayout.PAIR_SHARED, shared);
        AddressSpace.setLong(line + LoopbackLayout.PAIR_POSTED, 0);
        AddressSpace.setLong(line + LoopbackLayout.PAIR_USED, 0);
    }

    /** What peers check; {@code peer} as {@link LoopbackLayout#peer} writes it. */
    void publish(QueuePairAttributes attributes, long peer) {
        AddressSpace.setInt(line + LoopbackLayout.PAIR_ACCESS, AccessFlag.bits(attributes.access()));
        AddressSpace.setInt(line + LoopbackLayout.PAIR_READS, attributes.maxDestinationReadAtomic());
        AddressSpace.setLong(
                line + LoopbackLayout.PAIR_RNR_NANOS,
                attributes.minRnrTimer() == null ? 0 : attributes.minRnrTimer().nanos());
        AddressSpace.setInt(
                line + LoopbackLayout.PAIR_QUEUE_KEY,
                attributes.queueKey() == null ? 0 : attributes.queueKey().value());
        AddressSpace.setLong(line + LoopbackLayout.PAIR_PEER, peer);
    }

    void publish(QueuePairState state) {
        AddressSpace.setLongRelease(
                line + LoopbackLayout.PAIR_IDENTITY, LoopbackLayout.identity(number, state.ordinal()));
    }

    /** No such queue pair any more. */
    void withdraw() {
        AddressSpace.setLongRelease(line + LoopbackLayout.PAIR_IDENTITY, 0);
    }

    /** The present state: a peer may have moved it. */
    QueuePairState state() {
        return STATES[LoopbackLayout.state(AddressSpace.getLongAcquire(line + LoopbackLayout.PAIR_IDENTITY))];
    }

    /** What peers have done to it since this was asked last, as bits. */
    long takeCauses() {
        if (AddressSpace.getLong(line + LoopbackLayout.PAIR_CAUSES) == 0) {
            return 0;
        }
        long causes = AddressSpace.getAndSetLong(line + LoopbackLayout.PAIR_CAUSES, 0);
        long known = established ? LoopbackLayout.CAUSE_ESTABLISHED : 0; // every arrival says it again
        established |= (causes & LoopbackLayout.CAUSE_ESTABLISHED) != 0;
        return causes & ~known;
    }

    void forgetCauses() {
        AddressSpace.setLong(line + LoopbackLayout.PAIR_CAUSES, 0);
    }

    /** The owner begins, as requester of a connection, to touch its peer's memory. */
    void enter() {
        AddressSpace.setLong(line + LoopbackLayout.PAIR_BUSY, ++busy);
        StoreLoadOrder.often();
    }

    /** And has ended. */
    void leave() {
        AddressSpace.setLongRelease(line + LoopbackLayout.PAIR_BUSY, ++busy);
    }

    /** Where senders of datagrams count themselves. */
    long users() {
        return line + LoopbackLayout.PAIR_USERS;
    }
}
