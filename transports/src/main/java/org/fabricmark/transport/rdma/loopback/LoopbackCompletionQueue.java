package org.fabricmark.transport.rdma.loopback;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * A completion queue. Completions of sends are added by the own thread; those of receives are where the peer put them, in the ring of
 * their queue pair, and taken from there when they are polled.
 *
 * <p>So a peer never writes to a queue that other peers write to, and none can spoil it for the others by being killed.
 */
final class LoopbackCompletionQueue implements CompletionQueue {
    private final LoopbackContext context;
    private final LoopbackCompletionChannel channel;
    private final Object cookie;
    private final List<LoopbackQueuePair> pairs = new ArrayList<>();
    private CompletionRing ring;
    private ReceiveQueue[] receives = new ReceiveQueue[0];
    private int next;
    private boolean tooSmall;
    private boolean overflown;
    private final Notification notification = new Notification();
    private boolean closed;

    LoopbackCompletionQueue(LoopbackContext context, int capacity, LoopbackCompletionChannel channel, Object cookie) {
        this.context = context;
        this.channel = channel;
        this.cookie = cookie;
        ring = new CompletionRing(Sizes.powerOfTwo(capacity));
        if (channel != null) {
            channel.attach(this);
        }
    }

    @Override
    public LoopbackContext context() {
        return context;
    }

    @Override
    public int capacity() {
        return ring.capacity();
    }

    @Override
    public Object cookie() {
        return cookie;
    }

    void attach(LoopbackQueuePair pair) {
        pairs.add(pair);
        measure();
    }

    void detach(LoopbackQueuePair pair) {
        pairs.remove(pair);
        measure();
    }

    void attach(ReceiveQueue queue) {
        receives = Arrays.copyOf(receives, receives.length + 1);
        receives[receives.length - 1] = queue;
        measure();
    }

    void detach(ReceiveQueue queue) {
        receives = Arrays.stream(receives).filter(each -> each != queue).toArray(ReceiveQueue[]::new);
        next = 0;
        measure();
    }

    /** Whether more completions can come than it holds. If not, nobody has to count. */
    private void measure() {
        long most = 0;
        for (LoopbackQueuePair pair : pairs) {
            most += pair.sendCompletions() == this ? pair.capabilities().maxSendRequests() : 0;
        }
        for (ReceiveQueue queue : receives) {
            most += queue.entries();
        }
        tooSmall = most > ring.capacity();
    }

    /** Adds the completion of a send; {@code position} is what it gives back of the send queue. */
    void add(LoopbackQueuePair pair, long id, CompletionStatus status, CompletionOpcode opcode, int bytes,
            long position) {
        if (overflown) {
            pair.completionLost();
            return;
        }
        if (ring.full() || tooSmall && ring.size() + receivesReady() >= ring.capacity()) {
            overflow();
            return;
        }
        ring.add(pair, id, status, opcode, bytes, position);
        if (notification.added(status)) {
            notifyChannel();
        }
    }

    private long receivesReady() {
        long ready = 0;
        for (ReceiveQueue queue : receives) {
            ready += queue.ready();
        }
        return ready;
    }

    private void overflow() {
        overflown = true;
        context.events().add(AsyncEvent.Type.CQ_ERR, this);
        List.copyOf(pairs).forEach(LoopbackQueuePair::completionLost);
    }

    /** Queue pairs that use a queue of no use again meet that when they have something to complete. */
    private void loseReceives() {
        for (ReceiveQueue queue : receives) {
            if (queue.ready() > 0) {
                queue.pair().completionLost();
            }
        }
    }

    @Override
    public int poll(WorkCompletion[] into) {
        context.progress();
        if (tooSmall && !overflown && ring.size() + receivesReady() > ring.capacity()) {
            overflow();
        }
        if (overflown) {
            loseReceives();
            return -1;
        }
        if (notification.armed()) {
            checkNotification();
        }
        int count = 0;
        while (count < into.length && ring.size() > 0) {
            ring.take(into[count++]);
        }
        return receives.length == 0 ? count : takeReceives(into, count);
    }

    private int takeReceives(WorkCompletion[] into, int already) {
        int count = already;
        for (int i = 0; i < receives.length && count < into.length; i++) {
            next = next + 1 < receives.length ? next + 1 : 0;
            ReceiveQueue queue = receives[next];
            while (count < into.length && queue.poll(into[count])) {
                count++;
            }
        }
        return count;
    }

    /** Takes out what belongs to {@code pair}. */
    void remove(LoopbackQueuePair pair) {
        ring.remove(pair);
    }

    @Override
    public void requestNotification(boolean solicitedOnly) {
        if (channel == null) {
            throw VerbsException.invalid("this completion queue has no channel to notify");
        }
        notification.arm(solicitedOnly, receives);
    }

    /** Puts an event into the channel if one is due. */
    void checkNotification() {
        if (notification.due(receives)) {
            notifyChannel();
        }
    }

    boolean armed() {
        return notification.armed();
    }

    private void notifyChannel() {
        notification.disarm();
        channel.add(this);
    }

    @Override
    public void resize(int capacity) {
        Sizes.check("capacity of a completion queue", capacity, 1, LoopbackContext.MAX_COMPLETIONS);
        if (ring.size() + receivesReady() > capacity) {
            throw VerbsException.invalid("a completion queue of " + capacity + " does not hold the "
                    + (ring.size() + receivesReady()) + " completions that are in it");
        }
        ring = ring.resized(Sizes.powerOfTwo(capacity));
        measure();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!pairs.isEmpty()) {
            throw VerbsException.busy(pairs.size() + " queue pairs use this completion queue");
        }
        if (channel != null && channel.unacknowledged(this) > 0) {
            throw VerbsException.busy("events of this completion queue are not acknowledged");
        }
        context.refuseWithEvents(this);
        closed = true;
        if (channel != null) {
            channel.detach(this);
        }
        context.forget(this);
    }
}
