package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.QueuePairState;

/**
 * A queue pair of a neighbour, as the requester sees it that executes its own requests there.
 *
 * <p>Thread rule: the requester's thread, while it is inside.
 */
final class PeerQueuePair {
    private static final int STATES = QueuePairState.values().length;
    private static final boolean[] ANSWERS = new boolean[STATES];
    private static final int ERR = QueuePairState.ERR.ordinal();
    private static final int RTR = QueuePairState.RTR.ordinal();

    static {
        for (QueuePairState state : QueuePairState.values()) {
            ANSWERS[state.ordinal()] = state.receives();
        }
    }

    private final Neighbour neighbour;
    private final int number;
    private final long line;

    PeerQueuePair(Neighbour neighbour, int number) {
        this.neighbour = neighbour;
        this.number = number;
        this.line = LoopbackLayout.pair(neighbour.block(), number);
    }

    Neighbour neighbour() {
        return neighbour;
    }

    int number() {
        return number;
    }

    long line() {
        return line;
    }

    /**
     * Whether it executes requests of {@code requester} now: it exists, is ready to receive, and has that one for its peer.
     *
     * @param requester as {@link LoopbackLayout#peer} writes it
     */
    boolean answers(long requester) {
        long identity = AddressSpace.getLongAcquire(line + LoopbackLayout.PAIR_IDENTITY);
        return LoopbackLayout.number(identity) == number && ANSWERS[LoopbackLayout.state(identity)]
                && AddressSpace.getLong(line + LoopbackLayout.PAIR_PEER) == requester
                && !neighbour.dead();
    }

    /** Whether datagrams reach it now. */
    boolean listens(int service) {
        long identity = AddressSpace.getLongAcquire(line + LoopbackLayout.PAIR_IDENTITY);
        return LoopbackLayout.number(identity) == number && ANSWERS[LoopbackLayout.state(identity)]
                && AddressSpace.getInt(line + LoopbackLayout.PAIR_SERVICE) == service
                && !neighbour.dead();
    }

    int access() {
        return AddressSpace.getInt(line + LoopbackLayout.PAIR_ACCESS);
    }

    int domain() {
        return AddressSpace.getInt(line + LoopbackLayout.PAIR_DOMAIN);
    }

    /** How many reads and atomics it answers at a time. */
    int reads() {
        return AddressSpace.getInt(line + LoopbackLayout.PAIR_READS);
    }

    long rnrNanos() {
        return AddressSpace.getLong(line + LoopbackLayout.PAIR_RNR_NANOS);
    }

    int queueKey() {
        return AddressSpace.getInt(line + LoopbackLayout.PAIR_QUEUE_KEY);
    }

    /** Something arrives: if it has not been told that its peer is ready, it learns that now. */
    void noteArrival() {
        long identity = AddressSpace.getLong(line + LoopbackLayout.PAIR_IDENTITY);
        if (LoopbackLayout.state(identity) == RTR
                && (AddressSpace.getLong(line + LoopbackLayout.PAIR_CAUSES) & LoopbackLayout.CAUSE_ESTABLISHED) == 0) {
            tell(LoopbackLayout.CAUSE_ESTABLISHED);
        }
    }

    /** Moves it into the error state, and tells why; {@code cause} 0 when there is no event to it. */
    void fail(long cause) {
        long identity = AddressSpace.getLong(line + LoopbackLayout.PAIR_IDENTITY);
        while (LoopbackLayout.number(identity) == number && LoopbackLayout.state(identity) != ERR) {
            long seen = AddressSpace.compareAndExchangeLong(
                    line + LoopbackLayout.PAIR_IDENTITY, identity, LoopbackLayout.identity(number, ERR));
            if (seen == identity) {
                break;
            }
            identity = seen;
        }
        tell(cause);
    }

    private void tell(long cause) {
        if (cause != 0) {
            AddressSpace.getAndOrLong(line + LoopbackLayout.PAIR_CAUSES, cause);
        }
        attention();
    }

    /** Its owner looks at its queue pairs. */
    void attention() {
        AddressSpace.setLongRelease(neighbour.block() + LoopbackLayout.BLOCK_ATTENTION, 1);
    }
}
