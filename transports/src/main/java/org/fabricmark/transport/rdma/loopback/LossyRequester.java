package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.loopback.SendEntry.Progress;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.PacketLoss;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/**
 * Executes requests in order, over a way that loses packets. What comes before a lost packet has landed; what follows it in its message is
 * dropped by the peer. A reliable connection sends again from there on: at once, when a later packet has shown the gap, or when no
 * acknowledgement has come in time. The other services give the message up, and nobody is told: its receive waits for the next one.
 *
 * <p>Thread rule: the context's thread.
 */
final class LossyRequester extends ImmediateRequester {
    private final PacketLoss losses;
    private final boolean reliable;
    private long sent;

    LossyRequester(LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll, PacketLoss losses) {
        super(pair, sizes, signalAll);
        this.losses = losses;
        reliable = pair.service() == ServiceType.RELIABLE_CONNECTION;
    }

    @Override
    void advance() {
        while (!idle() && !blocked() && send(entry(head()))) {
            // the next one
        }
    }

    /** Sends the packets of the oldest request that the peer does not have yet; answers whether it is over. */
    private boolean send(SendEntry entry) {
        if (entry.opcode.local() || checkKind(entry) != CompletionStatus.SUCCESS) {
            return execute(entry); // nothing is sent
        }
        PathMtu path = connected ? pair.attributes().pathMtu() : LoopbackContext.ACTIVE_MTU;
        long packets = entry.opcode.gathers() ? path.packets(entry.bytes) : 1;
        long there = entry.landed / path.bytes();
        long end = sent + packets - there;
        long lost = losses.firstOf(sent, end);
        boolean arrives = lost == end;
        long landed = (there + lost - sent) * path.bytes();
        if (arrives || landed > entry.landed && !bringAhead(entry, landed)) {
            boolean over = execute(entry);
            sent = over ? end : sent;
            return over;
        }
        boolean moved = lost > sent;
        sent = end;
        return reliable ? sendAgain(entry, moved, lost == end - 1) : giveUp(entry);
    }

    private boolean sendAgain(SendEntry entry, boolean moved, boolean lastOne) {
        if (tryAgain(moved, lastOne ? pair.attributes().timeout().nanos() : 0)) {
            return false;
        }
        fail(entry, CompletionStatus.RETRY_EXCEEDED_ERROR);
        return true;
    }

    private boolean giveUp(SendEntry entry) {
        Responder responder = pair.responder(entry);
        if (responder != null && entry.receive >= 0) {
            pair.enter(responder);
            try {
                responder.abandon(entry);
            } finally {
                pair.leave(responder);
            }
        }
        succeed(entry); // it was sent
        return true;
    }

    @Override
    boolean underWay() {
        return !idle() && entry(head()).progress == Progress.UNDER_WAY;
    }
}
