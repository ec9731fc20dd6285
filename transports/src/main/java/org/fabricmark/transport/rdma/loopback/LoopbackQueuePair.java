package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.MemoryWindow;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.QueuePairTransitions;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.WindowBinding;

/**
 * A queue pair: its state and attributes, half of them in memory that its peer reads; the rest is a {@link Requester} and a
 * {@link ReceiveQueue}.
 *
 * <p>A peer moves it into the error state by one compare-and-set; what follows from that is done here, by the owner, when it notices.
 */
final class LoopbackQueuePair implements QueuePair {
    private final LoopbackContext context;
    private final LoopbackProtectionDomain domain;
    private final QueuePairNumber number;
    private final QueuePairInit init;
    private final QueuePairCapabilities capabilities;
    private final PairLine line;
    private final boolean connected;
    private final LoopbackCompletionQueue sendCompletions;
    private final LoopbackCompletionQueue receiveCompletions;
    private final ReceiveQueue receives;
    private final Requester requester;
    private final int ringBytes;
    private final SendRequest windowRequest = new SendRequest();
    private QueuePairAttributes attributes = QueuePairAttributes.to(QueuePairState.RESET);
    private PeerLink link;
    private SendRequest badSend;
    private ReceiveRequest badReceive;
    private boolean errorHandled;
    private boolean fatal;
    private boolean closed;

    LoopbackQueuePair(LoopbackProtectionDomain domain, QueuePairNumber number, QueuePairInit init,
            QueuePairCapabilities capabilities) {
        this.domain = domain;
        this.context = domain.context();
        this.number = number;
        this.init = init;
        this.capabilities = capabilities;
        connected = init.service().connected();
        line = new PairLine(context.home().self().block(), number.value());
        sendCompletions = (LoopbackCompletionQueue) init.sendCompletions();
        receiveCompletions = (LoopbackCompletionQueue) init.receiveCompletions();
        LoopbackSharedReceiveQueue shared = (LoopbackSharedReceiveQueue) init.sharedReceives();
        int entries = shared == null ? capabilities.maxReceiveRequests() : shared.maxRequests();
        int stride = ReceiveQueue.stride(shared == null ? capabilities.maxReceiveSegments() : 0);
        ringBytes = Math.max(LoopbackLayout.LINE, entries * stride);
        long ring = context.home().allocateQueue(ringBytes);
        receives = new ReceiveQueue(this, line.address(), ring, entries, stride,
                capabilities.maxReceiveSegments(), shared);
        requester = context.requesterFor(this, capabilities, init.signalAll());
        link = PeerLink.none(this);
        publish(ring, shared);
        sendCompletions.attach(this);
        if (receiveCompletions != sendCompletions) {
            receiveCompletions.attach(this);
        }
        receiveCompletions.attach(receives);
        if (shared != null) {
            shared.use();
        }
    }

    private void publish(long ring, LoopbackSharedReceiveQueue shared) {
        line.describe(
                service().ordinal(), domain.number(), shared == null ? domain.number() : shared.domainNumber());
        line.describeReceives(
                context.home().placeOf(ring), receives.entries(), receives.stride(),
                shared == null ? 0 : shared.place());
        line.publish(attributes, link.identity());
        line.publish(QueuePairState.RESET);
    }

    @Override
    public QueuePairNumber number() {
        return number;
    }

    @Override
    public ServiceType service() {
        return init.service();
    }

    @Override
    public LoopbackProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public QueuePairCapabilities capabilities() {
        return capabilities;
    }

    LoopbackContext context() {
        return context;
    }

    /** What it was given on its way to its state. */
    QueuePairAttributes attributes() {
        return attributes;
    }

    int domainNumber() {
        return domain.number();
    }

    LoopbackCompletionQueue sendCompletions() {
        return sendCompletions;
    }

    Requester requester() {
        return requester;
    }

    boolean connected() {
        return connected;
    }

    long maxMessage() {
        return connected ? LoopbackContext.MAX_MESSAGE : LoopbackContext.ACTIVE_MTU.bytes();
    }

    @Override
    public QueuePairState state() {
        return line.state();
    }

    @Override
    public QueuePairAttributes query() {
        return attributes.in(state());
    }

    @Override
    public void modify(QueuePairAttributes change) {
        context.attend();
        QueuePairAttributes next = QueuePairTransitions.apply(service(), query(), change);
        context.checkValues(change);
        if (change.state() == QueuePairState.RESET) {
            reset();
        } else if (change.state() == QueuePairState.ERR) {
            line.publish(QueuePairState.ERR);
            handleError();
        } else {
            advanceTo(next, change);
        }
    }

    private void advanceTo(QueuePairAttributes next, QueuePairAttributes change) {
        boolean drainWanted = change.state() == QueuePairState.SQD && change.drainNotification();
        attributes = next;
        if (change.named().contains(QueuePairAttributes.Attribute.DESTINATION)
                || change.named().contains(QueuePairAttributes.Attribute.ADDRESS_VECTOR)) {
            link = new PeerLink(this, next.addressVector().destination(), next.destination().value());
        }
        line.publish(attributes, link.identity());
        line.publish(change.state());
        requester.ring(change.state() == QueuePairState.RTS);
        if (drainWanted) {
            requester.drain();
        }
    }

    private void reset() {
        line.publish(QueuePairState.RESET);
        StoreLoadOrder.rarely();
        awaitQuiet();
        requester.reset();
        receives.reset();
        sendCompletions.remove(this);
        attributes = QueuePairAttributes.to(QueuePairState.RESET);
        link = PeerLink.none(this);
        errorHandled = false;
        fatal = false;
        line.forgetCauses();
        line.publish(attributes, link.identity());
    }

    /** The state is ERR: nobody comes in any more; those inside are waited for; then what is left is flushed. */
    void handleError() {
        if (errorHandled || closed) {
            return;
        }
        errorHandled = true;
        StoreLoadOrder.rarely();
        awaitQuiet();
        receives.flush();
        requester.flush();
        receiveCompletions.checkNotification();
        if (receives.shared() != null) {
            context.events().add(AsyncEvent.Type.QP_LAST_WQE_REACHED, this);
        }
    }

    /** A send ended with an error of this side. */
    void sendFailed() {
        if (service() == ServiceType.RELIABLE_CONNECTION) {
            line.publish(QueuePairState.ERR);
            handleError();
        } else {
            line.publish(QueuePairState.SQE);
            requester.flush();
        }
    }

    /** A completion of it has no place, in a queue that is of no use from now on: so neither are its own queues. */
    void completionLost() {
        if (!fatal && !closed && state() != QueuePairState.RESET) {
            fatal = true;
            line.publish(QueuePairState.ERR);
            context.events().add(AsyncEvent.Type.QP_FATAL, this);
            handleError();
        }
    }

    /** What peers have done to it since this was asked last, as bits. */
    long takeCauses() {
        return line.takeCauses();
    }

    /** Whether sends are begun in this state. */
    boolean sends() {
        return state() == QueuePairState.RTS;
    }

    @Override
    public PostStatus postSend(SendRequest first) {
        return switch (state()) {
            case RTS -> postAndRing(first, true);
            case SQD -> postAndRing(first, false);
            case RESET, INIT, RTR -> {
                badSend = first;
                yield PostStatus.INVALID;
            }
            case ERR, SQE -> {
                context.attend();
                PostStatus posted = post(first);
                requester.flush();
                yield posted;
            }
        };
    }

    private PostStatus postAndRing(SendRequest first, boolean now) {
        PostStatus status = post(first);
        requester.ring(now);
        return status;
    }

    private PostStatus post(SendRequest first) {
        for (SendRequest request = first; request != null; request = request.next()) {
            PostStatus status = requester.post(request);
            if (status != PostStatus.POSTED) {
                badSend = request;
                return status;
            }
        }
        if (badSend != null) {
            badSend = null;
        }
        return PostStatus.POSTED;
    }

    @Override
    public SendRequest badSend() {
        return badSend;
    }

    @Override
    public PostStatus postReceive(ReceiveRequest first) {
        badReceive = first;
        if (state() == QueuePairState.RESET) {
            return PostStatus.INVALID;
        }
        PostStatus status = PostStatus.POSTED;
        while (badReceive != null && status == PostStatus.POSTED) {
            status = receives.post(badReceive);
            if (status == PostStatus.POSTED) {
                badReceive = badReceive.next();
            }
        }
        return status;
    }

    @Override
    public ReceiveRequest badReceive() {
        return badReceive;
    }

    @Override
    public PostStatus bind(long id, MemoryWindow window, WindowBinding binding) {
        if (window.type() != MemoryWindow.Type.TYPE_1 || binding.key() != null) {
            return PostStatus.INVALID;
        }
        return postSend(windowRequest.begin(id).bind(window, binding).flag(SendFlag.SIGNALED));
    }

    /** The peer's side for a request, or null while there is none. */
    Responder responder(SendEntry entry) {
        return connected ? link.responder() : entry.handle.responder(this, entry.destination);
    }

    /** From now on owners of memory at the peer wait for this requester. */
    void enter(Responder responder) {
        if (connected) {
            line.enter();
        } else {
            AddressSpace.getAndAddLong(responder.peer().line() + LoopbackLayout.PAIR_USERS, 1);
        }
    }

    /** And now they do not any more. */
    void leave(Responder responder) {
        if (connected) {
            line.leave();
        } else {
            AddressSpace.getAndAddLong(responder.peer().line() + LoopbackLayout.PAIR_USERS, -1);
        }
    }

    /** Returns when no requester is inside that was when this was called; the caller has made a fence for all. */
    void awaitQuiet() {
        link.awaitQuiet(line.users());
    }

    int queueKeyFor(SendEntry entry) {
        return entry.queueKey < 0 ? attributes.queueKey().value() : entry.queueKey;
    }

    void prependHeader(SendEntry entry) {
        entry.handle.prependHeader(entry);
    }

    long giveUpNanos() {
        long once = attributes.timeout().nanos();
        return once == Long.MAX_VALUE ? once : once * (attributes.retryCount() + 1);
    }

    long peerRnrNanos() {
        return link.responder().peer().rnrNanos();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        context.attend();
        context.refuseWithEvents(this);
        closed = true;
        line.withdraw();
        StoreLoadOrder.rarely();
        awaitQuiet();
        requester.reset();
        receives.reset();
        sendCompletions.remove(this);
        sendCompletions.detach(this);
        if (receiveCompletions != sendCompletions) {
            receiveCompletions.detach(this);
        }
        receiveCompletions.detach(receives);
        if (receives.shared() != null) {
            receives.shared().unuse();
        }
        requester.release();
        context.home().freeQueue(receives.ring(), ringBytes);
        domain.forget(this);
        context.forget(this);
    }
}
