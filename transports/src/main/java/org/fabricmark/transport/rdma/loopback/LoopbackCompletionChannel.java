package org.fabricmark.transport.rdma.loopback;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.LockSupport;
import org.fabricmark.transport.rdma.verbs.CompletionChannel;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/** A completion channel. There is no interrupt: who waits looks again and again, ever less eagerly. */
final class LoopbackCompletionChannel implements CompletionChannel {
    private static final int SPINS = 1_000;
    private static final int YIELDS = 2_000;
    private static final long PARK_NANOS = 20_000;

    private final LoopbackContext context;
    private final List<LoopbackCompletionQueue> queues = new ArrayList<>();
    private final ArrayDeque<LoopbackCompletionQueue> events = new ArrayDeque<>();
    private final Map<CompletionQueue, Integer> taken = new IdentityHashMap<>();
    private boolean closed;

    LoopbackCompletionChannel(LoopbackContext context) {
        this.context = context;
    }

    @Override
    public LoopbackContext context() {
        return context;
    }

    void attach(LoopbackCompletionQueue queue) {
        queues.add(queue);
    }

    void detach(LoopbackCompletionQueue queue) {
        queues.remove(queue);
        events.removeIf(each -> each == queue);
        taken.remove(queue);
    }

    void add(LoopbackCompletionQueue queue) {
        events.add(queue);
    }

    int unacknowledged(CompletionQueue queue) {
        return taken.getOrDefault(queue, 0);
    }

    @Override
    public Optional<CompletionQueue> awaitEvent(Duration timeout) {
        long start = System.nanoTime();
        for (int looks = 0;; looks++) {
            context.progress();
            queues.forEach(LoopbackCompletionQueue::checkNotification);
            LoopbackCompletionQueue queue = events.poll();
            if (queue != null) {
                taken.merge(queue, 1, Integer::sum);
                return Optional.of(queue);
            }
            if (System.nanoTime() - start >= timeout.toNanos()) {
                return Optional.empty();
            }
            pause(looks);
        }
    }

    private static void pause(int looks) {
        if (looks < SPINS) {
            Thread.onSpinWait();
        } else if (looks < YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PARK_NANOS);
        }
    }

    @Override
    public void acknowledge(CompletionQueue queue, int count) {
        int left = unacknowledged(queue) - count;
        if (count < 0 || left < 0) {
            throw VerbsException.invalid(count + " events acknowledged of " + unacknowledged(queue));
        }
        taken.put(queue, left);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!queues.isEmpty()) {
            throw VerbsException.busy(queues.size() + " completion queues use this channel");
        }
        closed = true;
        context.forget(this);
    }
}
