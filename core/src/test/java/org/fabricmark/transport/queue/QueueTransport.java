package org.fabricmark.transport.queue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportContext;

/**
 * A transport for tests with the manners of a network, so that everything above the interface meets them without one: no direct
 * access; sources of puts are read late, when a frame leaves; frames leave and arrive only during {@link #progress}; a wire
 * that is full says so; large puts travel in pieces. With jitter it is a pathological wire: every frame of every wire is late by a
 * random number of polls of its own, in order all the same.
 */
final class QueueTransport implements Transport {
    /** Of the delays; those who fail print it, because their data come from it too. */
    private static final long SEED = Long.getLong("fabricmark.seed", 20_255);

    private static final int PIECE = 64 * 1024;
    private static final long MOST_BYTES = 1L << 33;
    private static final int OFFSET_BITS = 40;

    private final QueueFabric fabric;
    private final TransportContext context;
    private final List<QueueRegion> regions = new ArrayList<>();
    private final List<long[]> counters = new ArrayList<>();
    private final List<Deque<Outgoing>> outgoing = new ArrayList<>();
    private final int[] unanswered = new int[64];
    private final int[] unsent = new int[64];
    private final int jitter;
    private final SplittableRandom random;
    private long stage;
    private boolean closed;

    /** A frame that is made when it leaves; {@code channel} is -1 where no flush waits for it. */
    private record Outgoing(int channel, Supplier<Frame> frame) {}

    QueueTransport(QueueFabric fabric, TransportContext context, int jitter) {
        this.fabric = fabric;
        this.context = context;
        this.jitter = jitter;
        this.random = new SplittableRandom(SEED + context.rank());
        for (int peer = 0; peer < context.size(); peer++) {
            outgoing.add(new ArrayDeque<>());
        }
        try {
            barrier("to attach");
        } catch (FabricException e) {
            fabric.leave();
            throw e;
        }
    }

    @Override
    public int rank() {
        return context.rank();
    }

    @Override
    public int size() {
        return context.size();
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Set<Capability> capabilities(int peer) {
        return peer == rank() ? Set.of(Capability.values()) : Set.of();
    }

    @Override
    public Region allocate(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes=" + bytes);
        }
        if (bytes > MOST_BYTES) {
            throw failed(Failure.of(Category.NO_ROOM, rank(), name(), "no room for " + bytes + " bytes"));
        }
        int number = regions.indexOf(null);
        if (number < 0) {
            number = regions.size();
            regions.add(null);
        }
        QueueRegion region = new QueueRegion(number, bytes);
        regions.set(number, region);
        barrier("to allocate");
        return region;
    }

    @Override
    public SignalTable allocateSignals(int signals) {
        int number = counters.size();
        counters.add(new long[signals * size()]);
        barrier("to allocate");
        return new SignalTable() {
            @Override
            public int signals() {
                return signals;
            }

            @Override
            public long outgoing(int peer, int signal) {
                return (long) number << OFFSET_BITS | signal * size() + rank();
            }

            @Override
            public long incoming(int peer, int signal) {
                return (long) number << OFFSET_BITS | signal * size() + peer;
            }

            @Override
            public void close() {
                counters.set(number, null);
            }
        };
    }

    private MemorySegment memory(long reference, long bytes) {
        QueueRegion region = regions.get((int) (reference >>> OFFSET_BITS));
        return region.memory.asSlice(reference & (1L << OFFSET_BITS) - 1, bytes);
    }

    @Override
    public boolean put(int peer, int channel, long from, long to, long bytes) {
        if (outgoing.get(peer).size() >= fabric.depth) {
            return false;
        }
        for (long done = 0; done < bytes; done += PIECE) {
            long offset = done;
            int length = (int) Math.min(PIECE, bytes - done);
            send(peer, channel, () -> new Frame.Data(to + offset, copy(from + offset, length)));
        }
        return true;
    }

    private byte[] copy(long from, long length) {
        return memory(from, length).toArray(ValueLayout.JAVA_BYTE);
    }

    private void send(int peer, int channel, Supplier<Frame> frame) {
        if (channel >= 0) {
            unsent[channel]++;
        }
        outgoing.get(peer).add(new Outgoing(channel, frame));
    }

    @Override
    public boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump) {
        if (!put(peer, channel, from, to, bytes)) {
            return false;
        }
        Frame bump = new Frame.Bump(signal, total);
        send(peer, -1, () -> bump);
        return true;
    }

    @Override
    public boolean notifyPeer(int peer, int channel, long signal, long total) {
        if (outgoing.get(peer).size() >= fabric.depth) {
            return false;
        }
        Frame bump = new Frame.Bump(signal, total);
        send(peer, -1, () -> bump);
        return true;
    }

    @Override
    public boolean get(int peer, int channel, long from, long to, long bytes) {
        if (outgoing.get(peer).size() >= fabric.depth) {
            return false;
        }
        unanswered[channel]++;
        Frame request = new Frame.Request(channel, from, to, bytes);
        send(peer, -1, () -> request);
        return true;
    }

    @Override
    public boolean flushed(int channel) {
        return unsent[channel] == 0 && unanswered[channel] == 0;
    }

    @Override
    public boolean arrived(long signal, long total) {
        return counters.get((int) (signal >>> OFFSET_BITS))[(int) signal] >= total;
    }

    @Override
    public boolean drained() {
        return outgoing.stream().allMatch(Deque::isEmpty);
    }

    @Override
    public void progress() {
        for (int peer = 0; peer < size(); peer++) {
            if (peer != rank()) {
                receive(peer);
                transmit(peer);
            }
        }
    }

    /** Whether the next frame of a wire goes on now: FIFO always, but at the mercy of chance. */
    private boolean moves() {
        return jitter == 0 || random.nextInt(jitter) == 0;
    }

    private Frame next(BlockingQueue<Frame> queue) {
        return moves() ? queue.poll() : null;
    }

    private void transmit(int peer) {
        Deque<Outgoing> frames = outgoing.get(peer);
        BlockingQueue<Frame> queue = fabric.queue(rank(), peer);
        while (!frames.isEmpty() && queue.remainingCapacity() > 0 && moves()) {
            Outgoing next = frames.remove();
            queue.add(next.frame().get());
            if (next.channel() >= 0) {
                unsent[next.channel()]--;
            }
        }
    }

    private void receive(int peer) {
        BlockingQueue<Frame> queue = fabric.queue(peer, rank());
        for (Frame frame = next(queue); frame != null; frame = next(queue)) {
            switch (frame) {
                case Frame.Data data -> store(data.to(), data.bytes());
                case Frame.Bump bump ->
                    counters.get((int) (bump.signal() >>> OFFSET_BITS))[(int) bump.signal()] = bump.total();
                case Frame.Request request ->
                    send(
                            peer,
                            -1,
                            () -> new Frame.Reply(
                                    request.channel(), request.to(), copy(request.from(), request.bytes())));
                case Frame.Reply reply -> {
                    store(reply.to(), reply.bytes());
                    unanswered[reply.channel()]--;
                }
            }
        }
    }

    private void store(long to, byte[] bytes) {
        MemorySegment.copy(bytes, 0, memory(to, bytes.length), ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    @Override
    public int pollsPerProgress() {
        return 1;
    }

    @Override
    public void abort(Failure failure) {
        fabric.aborted.compareAndSet(null, failure);
    }

    @Override
    public Optional<Failure> aborted() {
        if (fabric.aborted.get() == null) {
            context.watch().failure().ifPresent(this::abort);
        }
        return Optional.ofNullable(fabric.aborted.get());
    }

    private void barrier(String purpose) {
        stage++;
        fabric.stages.set(rank(), stage);
        long start = System.nanoTime();
        for (int peer = 0; peer < size(); peer++) {
            while (fabric.stages.get(peer) < stage) {
                progress();
                Thread.yield();
                aborted().ifPresent(failure -> {
                    throw new FabricException(failure);
                });
                checkWait(peer, System.nanoTime() - start, purpose);
            }
        }
    }

    private void checkWait(int peer, long elapsed, String purpose) {
        if (Thread.currentThread().isInterrupted()) {
            throw failed(Failure.of(Category.INTERRUPTED, rank(), name(), "rank " + rank() + " was interrupted"));
        }
        if (elapsed > context.deadline().toNanos()) {
            throw failed(new Failure(
                    Category.LINK_LOST,
                    rank(),
                    peer,
                    Failure.UNKNOWN,
                    name(),
                    elapsed,
                    "rank " + rank() + " waited " + elapsed + " ns for rank " + peer + " " + purpose));
        }
    }

    private FabricException failed(Failure failure) {
        abort(failure);
        return new FabricException(aborted().orElseThrow());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (aborted().isEmpty()) {
                barrier("to close");
            }
        } finally {
            regions.stream().filter(region -> region != null).toList().forEach(QueueRegion::close);
            fabric.leave();
        }
    }

    private final class QueueRegion implements Region {
        private final Arena arena = Arena.ofConfined();
        private final int number;
        private final MemorySegment memory;

        QueueRegion(int number, long bytes) {
            this.number = number;
            this.memory = arena.allocate(bytes, 128);
        }

        @Override
        public long bytes() {
            return memory.byteSize();
        }

        @Override
        public MemorySegment segment() {
            return memory;
        }

        @Override
        public long address() {
            return memory.address();
        }

        @Override
        public long reference(long offset) {
            return (long) number << OFFSET_BITS | offset;
        }

        @Override
        public long directAddress(int peer, long offset) {
            if (peer != rank()) {
                throw new UnsupportedOperationException("queue has no direct access");
            }
            return memory.address() + offset;
        }

        @Override
        public void close() {
            if (regions.get(number) == this) {
                regions.set(number, null);
                arena.close();
            }
        }
    }
}
