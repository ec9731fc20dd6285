package org.fabricmark.transport.rdma;

import java.util.ArrayDeque;
import java.util.Deque;
import org.fabricmark.transport.rdma.verbs.CompletionFlag;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.MemoryWindow;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendOpcode;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.WindowBinding;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * One end of a connection that carries only immediates, one request at a time and when the test says so; strict about what no queue pair
 * forgives: a send queue that overflows, and a receive queue that is empty.
 */
final class FakeWire implements QueuePair {
    private record Request(long id, boolean signalled, boolean immediate, int value, boolean fenced) {}

    private final int depth;
    private final Deque<Request> sent = new ArrayDeque<>();
    private final Deque<Long> receives = new ArrayDeque<>();
    private final FakeQueue sends = new FakeQueue();
    private final FakeQueue arrivals = new FakeQueue();
    private FakeWire peer;
    private int places;
    private int unreclaimed;
    private int fenced;

    FakeWire(int depth) {
        this.depth = depth;
        this.places = depth;
    }

    static void join(FakeWire one, FakeWire other) {
        one.peer = other;
        other.peer = one;
    }

    CompletionQueue sends() {
        return sends;
    }

    CompletionQueue arrivals() {
        return arrivals;
    }

    /** Whether there is nothing to carry, and nothing to poll. */
    boolean idle() {
        return sent.isEmpty() && sends.entries.isEmpty() && arrivals.entries.isEmpty();
    }

    int fenced() {
        return fenced;
    }

    /** Carries the oldest request to the other side, if there is one. */
    boolean deliver() {
        Request request = sent.poll();
        if (request == null) {
            return false;
        }
        fenced += request.fenced() ? 1 : 0;
        if (request.immediate()) {
            Long receive = peer.receives.poll();
            if (receive == null) {
                throw new AssertionError("receiver not ready: " + RdmaLayout.operation(request.id()));
            }
            peer.arrivals.add(receive, request.value(), 0);
        }
        unreclaimed++;
        if (request.signalled()) {
            sends.add(request.id(), 0, unreclaimed);
            unreclaimed = 0;
        }
        return true;
    }

    @Override
    public PostStatus postSend(SendRequest first) {
        if (places == 0) {
            return PostStatus.QUEUE_FULL;
        }
        places--;
        sent.add(new Request(
                first.id(), first.has(SendFlag.SIGNALED), first.opcode() == SendOpcode.RDMA_WRITE_WITH_IMM,
                first.immediate(), first.has(SendFlag.FENCE)));
        return PostStatus.POSTED;
    }

    @Override
    public PostStatus postReceive(ReceiveRequest first) {
        for (ReceiveRequest request = first; request != null; request = request.next()) {
            if (receives.size() == RdmaPair.receives(depth)) {
                return PostStatus.QUEUE_FULL;
            }
            receives.add(request.id());
        }
        return PostStatus.POSTED;
    }

    @Override
    public QueuePairNumber number() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServiceType service() {
        return ServiceType.RELIABLE_CONNECTION;
    }

    @Override
    public ProtectionDomain protectionDomain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public QueuePairCapabilities capabilities() {
        throw new UnsupportedOperationException();
    }

    @Override
    public QueuePairState state() {
        return QueuePairState.RTS;
    }

    @Override
    public QueuePairAttributes query() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void modify(QueuePairAttributes change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SendRequest badSend() {
        return null;
    }

    @Override
    public ReceiveRequest badReceive() {
        return null;
    }

    @Override
    public PostStatus bind(long id, MemoryWindow window, WindowBinding binding) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    /** Completions of one end. */
    private final class FakeQueue implements CompletionQueue {
        private record Entry(long id, int immediate, int places) {}

        private final Deque<Entry> entries = new ArrayDeque<>();

        void add(long id, int immediate, int reclaimed) {
            entries.add(new Entry(id, immediate, reclaimed));
        }

        @Override
        public int poll(WorkCompletion[] into) {
            int found = 0;
            for (; found < into.length && !entries.isEmpty(); found++) {
                Entry entry = entries.remove();
                places += entry.places();
                into[found].set(entry.id(), CompletionStatus.SUCCESS, 1, 0);
                into[found].describe(
                        entry.places() > 0 ? CompletionOpcode.RDMA_WRITE : CompletionOpcode.RECV_RDMA_WITH_IMM, 0,
                        1 << CompletionFlag.WITH_IMM.ordinal(), entry.immediate(), 0);
            }
            return found;
        }

        @Override
        public Context context() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int capacity() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Object cookie() {
            return null;
        }

        @Override
        public void requestNotification(boolean solicitedOnly) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resize(int capacity) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
