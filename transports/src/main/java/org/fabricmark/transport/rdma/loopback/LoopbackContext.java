package org.fabricmark.transport.rdma.loopback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.NanoClock;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionChannel;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.DeviceAttributes;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.GidEntry;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.PortAttributes;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * An opening of the loopback device: what was made through it, and the work that goes on between calls.
 *
 * <p>Its size is that of its interface: most methods make, find or forget something.
 */
final class LoopbackContext implements Context {
    static final int MAX_REQUESTS = 1 << 14;
    static final int MAX_SEGMENTS = 32;
    static final int MAX_INLINE = 512;
    static final int MAX_COMPLETIONS = 1 << 20;
    static final long MAX_MESSAGE = 1L << 30;
    static final int MAX_READ_ATOMIC = 128;
    static final PathMtu ACTIVE_MTU = PathMtu.MTU_4096;
    private static final int MAX_COMPLETION_QUEUES = 1 << 16;
    private static final int VECTORS = 1;
    private static final int GIDS = 4;
    private static final int DEFAULT_PARTITION = 0xffff;
    private static final DeviceAttributes ATTRIBUTES = new DeviceAttributes(
            LoopbackLayout.PAIRS, MAX_REQUESTS, MAX_SEGMENTS, MAX_INLINE, MAX_COMPLETION_QUEUES, MAX_COMPLETIONS,
            VECTORS, LoopbackLayout.KEYS - 1, MAX_MESSAGE, MAX_READ_ATOMIC, 1, DeviceAttributes.Atomicity.GLOBAL, true);
    private static final PortAttributes PORT = new PortAttributes(
            PortAttributes.State.ACTIVE, ACTIVE_MTU, GIDS, 1, MAX_MESSAGE);

    /** How often progress is made until the clock says whether it is time again to look whether neighbours live. */
    private static final int PROGRESS_PER_CLOCK = 1 << 10;

    private static final long LOOK_NANOS = 50_000_000;

    private final LoopbackDevice device;
    private final Home home;
    private final RequesterKind kind;
    private final KeyTable keys;
    private final RegisteredRanges ranges = new RegisteredRanges();
    private final Windows windows = new Windows();
    private final Events events = new Events();
    private final PairNumbers numbers = new PairNumbers();
    private final List<LoopbackQueuePair> pairs = new ArrayList<>();
    private final List<LoopbackSharedReceiveQueue> sharedReceives = new ArrayList<>();
    private final List<Object> others = new ArrayList<>();
    private final List<Requester> pending = new ArrayList<>();
    private final Map<Gid, Neighbour> neighbours = new HashMap<>();
    private final long attention;
    private int domains;
    private int progressed;
    private final NanoClock clock;
    private long lookedAt;
    private boolean closed;

    LoopbackContext(LoopbackDevice device, Home home, RequesterKind kind, NanoClock clock) {
        this.device = device;
        this.home = home;
        this.kind = kind;
        this.clock = clock;
        lookedAt = clock.nanoTime();
        keys = new KeyTable(home.self().block());
        attention = home.self().block() + LoopbackLayout.BLOCK_ATTENTION;
    }

    @Override
    public LoopbackDevice device() {
        return device;
    }

    @Override
    public DeviceAttributes attributes() {
        return ATTRIBUTES;
    }

    @Override
    public PortAttributes port(int port) {
        Sizes.check("port", port, 1, 1);
        return PORT;
    }

    @Override
    public Gid gid(int port, int index) {
        Sizes.check("port", port, 1, 1);
        Sizes.check("index of an identifier", index, 0, GIDS - 1);
        if (index > 0) {
            throw new VerbsException(VerbsException.Reason.ENODATA, "identifier " + index + " is not set");
        }
        return home.gid();
    }

    @Override
    public int gidTable(GidEntry[] into) {
        if (into.length < 1) {
            throw VerbsException.invalid("a table of " + into.length + " places: 1 identifier is set");
        }
        into[0] = new GidEntry(home.gid(), 1, 0);
        return 1;
    }

    @Override
    public int partitionKey(int port, int index) {
        Sizes.check("port", port, 1, 1);
        Sizes.check("index of a partition", index, 0, 0);
        return DEFAULT_PARTITION;
    }

    Home home() {
        return home;
    }

    /** What time it is, in nanoseconds from some moment on. */
    long now() {
        return clock.nanoTime();
    }

    KeyTable keys() {
        return keys;
    }

    RegisteredRanges ranges() {
        return ranges;
    }

    Windows windows() {
        return windows;
    }

    Events events() {
        return events;
    }

    void requireOpen() {
        if (closed) {
            throw VerbsException.invalid("the context is closed");
        }
    }

    @Override
    public ProtectionDomain allocateProtectionDomain() {
        requireOpen();
        return keep(new LoopbackProtectionDomain(this, ++domains));
    }

    @Override
    public CompletionChannel createCompletionChannel() {
        requireOpen();
        return keep(new LoopbackCompletionChannel(this));
    }

    @Override
    public CompletionQueue createCompletionQueue(int capacity, CompletionChannel channel, Object cookie, int vector) {
        requireOpen();
        Sizes.check("capacity of a completion queue", capacity, 1, MAX_COMPLETIONS);
        Sizes.check("completion vector", vector, 0, VECTORS - 1);
        if (channel != null && channel.context() != this) {
            throw VerbsException.invalid("a channel of another context");
        }
        return keep(new LoopbackCompletionQueue(this, capacity, (LoopbackCompletionChannel) channel, cookie));
    }

    private <T> T keep(T made) {
        others.add(made);
        return made;
    }

    void forget(Object gone) {
        others.removeIf(each -> each == gone);
        events.forget(gone);
    }

    LoopbackQueuePair createQueuePair(LoopbackProtectionDomain domain, QueuePairInit init) {
        QueuePairCapabilities asked = init.capabilities();
        Sizes.check("send requests", asked.maxSendRequests(), 0, MAX_REQUESTS);
        Sizes.check("receive requests", asked.maxReceiveRequests(), 0, MAX_REQUESTS);
        Sizes.check("pieces of a send", asked.maxSendSegments(), 0, MAX_SEGMENTS);
        Sizes.check("pieces of a receive", asked.maxReceiveSegments(), 0, MAX_SEGMENTS);
        Sizes.check("inline bytes", asked.maxInlineData(), 0, MAX_INLINE);
        if (init.sendCompletions().context() != this || init.receiveCompletions().context() != this
                || init.sharedReceives() != null && init.sharedReceives().protectionDomain().context() != this) {
            throw VerbsException.invalid("queues of another context");
        }
        if (init.sharedReceives() != null
                && init.service() == org.fabricmark.transport.rdma.verbs.ServiceType.UNRELIABLE_CONNECTION) {
            throw VerbsException.invalid("a queue pair of UC takes no shared receive queue");
        }
        QueuePairCapabilities given = new QueuePairCapabilities(
                Sizes.powerOfTwo(asked.maxSendRequests()), Sizes.powerOfTwo(asked.maxReceiveRequests()),
                asked.maxSendSegments(), asked.maxReceiveSegments(), asked.maxInlineData());
        LoopbackQueuePair pair = new LoopbackQueuePair(domain, numbers.take(), init, given);
        pairs.add(pair);
        return pair;
    }

    Requester requesterFor(LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll) {
        return kind.make(pair, sizes, signalAll);
    }

    void forget(LoopbackQueuePair pair) {
        pairs.remove(pair);
        pending.remove(pair.requester());
        numbers.giveBack(pair.number());
        events.forget(pair);
    }

    void add(LoopbackSharedReceiveQueue queue) {
        sharedReceives.add(queue);
    }

    void remove(LoopbackSharedReceiveQueue queue) {
        sharedReceives.remove(queue);
        events.forget(queue);
    }

    /** Refuses to end what has events that nobody has given back. */
    void refuseWithEvents(Object element) {
        if (events.unacknowledged(element)) {
            throw VerbsException.busy("events of this object are not acknowledged");
        }
    }

    void checkWay(AddressVector way) {
        if (!way.global()) {
            throw VerbsException.invalid("a way without global routing header: on Ethernet there is none");
        }
        Sizes.check("port", way.port(), 1, 1);
        Sizes.check("index of the source", way.sourceIndex(), 0, 0);
    }

    void checkValues(QueuePairAttributes change) {
        for (QueuePairAttributes.Attribute attribute : change.named()) {
            switch (attribute) {
                case PORT -> Sizes.check("port", change.port(), 1, 1);
                case PARTITION_KEY_INDEX -> Sizes.check("index of a partition", change.partitionKeyIndex(), 0, 0);
                case ADDRESS_VECTOR -> checkWay(change.addressVector());
                case MAX_READ_ATOMIC ->
                    Sizes.check("reads and atomics at a time", change.maxReadAtomic(), 0, MAX_READ_ATOMIC);
                case MAX_DESTINATION_READ_ATOMIC -> Sizes.check(
                        "reads and atomics at a time", change.maxDestinationReadAtomic(), 0, MAX_READ_ATOMIC);
                default -> {}
            }
        }
    }

    /** The context with {@code gid} as this one sees it, or null when it is not there. */
    Neighbour neighbour(Gid gid) {
        Neighbour known = neighbours.get(gid);
        if (known == null) {
            known = home.find(gid);
            if (known != null) {
                neighbours.put(gid, known);
            }
        }
        return known;
    }

    /** Returns when nobody is inside memory of this context who was when this was called; the caller has made a fence for all. */
    void awaitQuiet() {
        pairs.forEach(LoopbackQueuePair::awaitQuiet);
    }

    void addPending(Requester requester) {
        pending.add(requester);
    }

    @Override
    public void progress() {
        for (int i = 0; i < pending.size();) {
            if (pending.get(i).goOn()) {
                i++;
            } else if (i < pending.size()) {
                pending.set(i, pending.getLast());
                pending.removeLast();
            }
        }
        if (AddressSpace.getLongAcquire(attention) != 0) {
            attend();
        }
        if (++progressed % PROGRESS_PER_CLOCK == 0) {
            lookAtPeers(now());
        }
    }

    private void lookAtPeers(long now) {
        if (now - lookedAt > LOOK_NANOS) {
            lookedAt = now;
            neighbours.values().forEach(Neighbour::look);
        }
    }

    /** Does what peers have made necessary. */
    void attend() {
        if (AddressSpace.getAndSetLong(attention, 0) == 0) {
            return;
        }
        for (LoopbackQueuePair pair : List.copyOf(pairs)) {
            long causes = pair.takeCauses();
            raise(pair, causes, LoopbackLayout.CAUSE_ESTABLISHED, AsyncEvent.Type.COMM_EST);
            raise(pair, causes, LoopbackLayout.CAUSE_INVALID_REQUEST, AsyncEvent.Type.QP_REQ_ERR);
            raise(pair, causes, LoopbackLayout.CAUSE_ACCESS, AsyncEvent.Type.QP_ACCESS_ERR);
            if (pair.state() == QueuePairState.ERR) {
                pair.handleError();
            }
        }
        for (LoopbackSharedReceiveQueue queue : sharedReceives) {
            if (queue.takeReached()) {
                events.add(AsyncEvent.Type.SRQ_LIMIT_REACHED, queue);
            }
        }
    }

    private void raise(LoopbackQueuePair pair, long causes, long cause, AsyncEvent.Type type) {
        if ((causes & cause) != 0) {
            events.add(type, pair);
        }
    }

    @Override
    public DeviceMemory allocate(long bytes) {
        requireOpen();
        if (bytes < 1) {
            throw VerbsException.invalid("memory of " + bytes + " bytes");
        }
        return home.allocate(bytes, ranges);
    }

    @Override
    public Optional<AsyncEvent> pollAsyncEvent() {
        progress();
        return events.poll();
    }

    @Override
    public void acknowledge(AsyncEvent event) {
        events.acknowledge(event);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!others.isEmpty()) {
            throw VerbsException.busy(
                    "a context with " + others.size() + " protection domains, completion queues and channels");
        }
        closed = true;
        home.close();
    }
}
