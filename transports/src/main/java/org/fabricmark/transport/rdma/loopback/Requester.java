package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendOpcode;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/**
 * The send queue of one queue pair, and what its device does with it: requests are taken in order, executed at the peer, and completed.
 * How much of that happens at once is up to the subclass.
 *
 * <pre>
 *   reclaimed        head            posted
 *       |  polled or   |  to be done    |
 *       |  to be       |                |
 * </pre>
 *
 * <p>Thread rule: the context's thread.
 */
abstract class Requester {
    final LoopbackQueuePair pair;
    final LoopbackContext context;
    private final SendEntry[] ring;
    private final InlineData inline;
    private final boolean signalAll;
    private final ServiceType service;
    private final int maxSegments;
    private final int domain;
    private final long maxMessage;
    final boolean connected;
    private final ResolvedKey localKey = new ResolvedKey();
    private final Blockade blockade = new Blockade();
    private long posted;
    private long head;
    private long reclaimed;
    private boolean pending;
    private boolean drainWanted;

    Requester(LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll) {
        this.pair = pair;
        this.context = pair.context();
        this.signalAll = signalAll;
        this.service = pair.service();
        this.maxSegments = sizes.maxSendSegments();
        this.domain = pair.domainNumber();
        this.maxMessage = pair.maxMessage();
        this.connected = pair.connected();
        ring = new SendEntry[sizes.maxSendRequests()];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new SendEntry(maxSegments + 1); // and a datagram's header
        }
        inline = new InlineData(context.home(), ring.length, sizes.maxInlineData());
    }

    /** Does what can be done now. */
    abstract void advance();

    /** Tells by an event when all that was begun is done. */
    final void drain() {
        drainWanted = true;
        checkDrained();
    }

    private void checkDrained() {
        if (drainWanted && !underWay()) {
            drainWanted = false;
            context.events().add(AsyncEvent.Type.SQ_DRAINED, pair);
        }
    }

    /** Whether a request has been begun and is not done. */
    boolean underWay() {
        return false;
    }

    /** Posts one request; it is not begun yet. */
    final PostStatus post(SendRequest request) {
        if (!wellFormed(request)) {
            return PostStatus.INVALID;
        }
        if (posted - reclaimed == ring.length) {
            return PostStatus.QUEUE_FULL;
        }
        int place = (int) posted & ring.length - 1;
        SendEntry entry = ring[place];
        entry.fill(request, signalAll);
        if (entry.inline) {
            inline.take(place, entry);
        }
        posted++;
        arrive(entry);
        return PostStatus.POSTED;
    }

    /** A request was posted. */
    void arrive(SendEntry entry) {}

    private boolean wellFormed(SendRequest request) {
        SendOpcode opcode = request.opcode();
        if (opcode == null || request.segments() > maxSegments) {
            return false;
        }
        if (opcode.local()) {
            return request.segments() == 0 && (opcode == SendOpcode.LOCAL_INVALIDATE || request.window() != null);
        }
        if (request.has(SendFlag.INLINE)
                && (!opcode.gathers() || request.bytes() > inline.most())) {
            return false;
        }
        return service != ServiceType.UNRELIABLE_DATAGRAM || request.handle() != null;
    }

    /** The doorbell: what was posted is begun, if {@code now}, or else when the queue pair goes on. */
    final void ring(boolean now) {
        if (head != posted) {
            if (now) {
                advance();
            }
            if (head != posted && !pending) {
                pending = true;
                context.addPending(this);
            }
        }
    }

    /** Goes on with what was begun or has to wait; answers whether something is left. */
    final boolean goOn() {
        if (head != posted && pair.sends() || underWay()) {
            advance();
        }
        checkDrained();
        pending = head != posted;
        return pending;
    }

    final long head() {
        return head;
    }

    final long posted() {
        return posted;
    }

    final SendEntry entry(long position) {
        return ring[(int) position & ring.length - 1];
    }

    final boolean idle() {
        return head == posted;
    }

    /** The oldest request succeeded. */
    final void succeed(SendEntry entry) {
        head++;
        blockade.lift();
        if (entry.signaled) {
            pair.sendCompletions().add(pair, entry.id, CompletionStatus.SUCCESS, entry.opcode.completion(),
                    entry.completedBytes(), head);
        }
    }

    /** The oldest request failed; all others are flushed. */
    final void fail(SendEntry entry, CompletionStatus status) {
        head++;
        blockade.lift();
        pair.sendCompletions().add(pair, entry.id, status, entry.opcode.completion(), 0, head);
        pair.sendFailed();
    }

    /** Ends all that is posted. */
    final void flush() {
        while (head != posted) {
            SendEntry entry = entry(head);
            head++;
            pair.sendCompletions().add(
                    pair, entry.id, CompletionStatus.WORK_REQUEST_FLUSHED, entry.opcode.completion(), 0, head);
        }
        blockade.lift();
    }

    /** Forgets all that is posted. */
    final void reset() {
        head = posted;
        reclaimed = posted;
        drainWanted = false;
        blockade.lift();
    }

    /** Completions up to {@code position} have been polled. */
    final void reclaim(long position) {
        reclaimed = position;
    }

    final void release() {
        inline.release();
    }

    /** Whether the device would refuse it before anything is sent; SUCCESS if not. */
    final CompletionStatus checkKind(SendEntry entry) {
        boolean foreignWay = service == ServiceType.UNRELIABLE_DATAGRAM
                && entry.handle.protectionDomain() != pair.protectionDomain();
        if (foreignWay || !entry.opcode.allowedOn(service)) {
            return CompletionStatus.LOCAL_QP_OPERATION_ERROR;
        }
        if (entry.opcode.atomic() ? entry.bytes != Long.BYTES : entry.bytes > maxMessage) {
            return CompletionStatus.LOCAL_LENGTH_ERROR;
        }
        return entry.opcode.gathers() ? resolveLocal(entry) : CompletionStatus.SUCCESS;
    }

    /** Finds the own end of a transfer. */
    final CompletionStatus resolveLocal(SendEntry entry) {
        if (entry.inline) {
            return CompletionStatus.SUCCESS;
        }
        Pieces local = entry.local;
        local.clear();
        int needed = entry.opcode.scatters() ? AccessFlag.LOCAL_WRITE.bit() : 0;
        Neighbour self = context.home().self();
        for (int i = 0; i < entry.pieces; i++) {
            if (entry.lengths[i] > 0) {
                long address = localKey.address(self, entry.keys[i], domain, KeyTable.OWN,
                        entry.addresses[i], entry.lengths[i], needed);
                if (address < 0) {
                    return CompletionStatus.LOCAL_PROTECTION_ERROR;
                }
                local.add(address, entry.lengths[i]);
            }
        }
        return CompletionStatus.SUCCESS;
    }

    /** Executes a request of this side only. */
    final void local(SendEntry entry) {
        CompletionStatus status = !entry.opcode.allowedOn(service)
                ? CompletionStatus.LOCAL_QP_OPERATION_ERROR
                : entry.opcode == SendOpcode.BIND_MEMORY_WINDOW
                        ? entry.window.bind(pair, entry.binding)
                        : context.windows().invalidate(pair, entry.remoteKey);
        if (status == CompletionStatus.SUCCESS) {
            succeed(entry);
        } else {
            fail(entry, status);
        }
    }

    /** Whether the oldest request has to wait longer before it is tried again. */
    final boolean blocked() {
        return blockade.up() && !blockade.over(context.now());
    }

    /**
     * Packets of the oldest request were lost.
     *
     * @param moved whether others of it have arrived since the last loss
     * @param waitNanos when it may be sent again
     * @return false when it was sent again as often as allowed
     */
    final boolean tryAgain(boolean moved, long waitNanos) {
        return !blockade.lost(context.now(), moved, waitNanos, pair.attributes().retryCount());
    }

    /**
     * The oldest request was not admitted.
     *
     * @return whether it is over, one way or the other
     */
    final boolean notAdmitted(SendEntry entry, Responder.Verdict verdict) {
        switch (verdict) {
            case LOST -> succeed(entry);
            case REFUSED -> fail(entry, entry.status);
            case NOT_READY -> {
                if (service != ServiceType.RELIABLE_CONNECTION) {
                    succeed(entry); // into the void
                } else if (blockade.noAnswer(context.now(), pair.giveUpNanos())) {
                    fail(entry, CompletionStatus.RETRY_EXCEEDED_ERROR);
                } else {
                    return false;
                }
            }
            case NO_RECEIVE -> {
                if (service != ServiceType.RELIABLE_CONNECTION) {
                    succeed(entry);
                } else if (blockade.noReceive(context.now(), pair.peerRnrNanos(), pair.attributes().rnrRetry())) {
                    fail(entry, CompletionStatus.RNR_RETRY_EXCEEDED_ERROR);
                } else {
                    return false;
                }
            }
            case ADMITTED -> throw new AssertionError();
        }
        return true;
    }
}
