package org.fabricmark.schedule.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Lanes;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.Step;

/**
 * The verifier's opponent: runs schedules on real numbers in one random interleaving, and shares no code with it. Wires read
 * and deliver as late and as oddly as the ordering contract allows; at exit the user overwrites the input. What the verifier
 * accepts must never come out wrong here.
 */
final class RandomInterleaving {
    /** An event that may happen next; returns false when it cannot yet. */
    private interface Actor {
        boolean step();
    }

    private static final class WrongResult extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongResult(String message) {
            super(message, null, false, false);
        }
    }

    private final List<Schedule> schedules;
    private final Shape shape;
    private final int size;
    private final int calls;
    private final int lanes;
    private final SplittableRandom random;
    private final long[][] inputs;
    private final long[][] outputs;
    private final long[][][] scratch;

    /** Outputs as the call in hand found them. */
    private final long[][] before;
    private final Map<List<Integer>, Integer> arrived = new HashMap<>();
    private final Map<List<Integer>, Wire> wires = new HashMap<>();
    private final List<Actor> actors = new ArrayList<>();

    /** A put or bump on its way. */
    private static final class Message {
        private List<Slice> sources;
        private Slice target;
        private int signal;
        private int lane;
        private long[] data;
    }

    /** Reads sources in any order, delivers in order. */
    private final class Wire implements Actor {
        private final int source;
        private final int destination;
        private final ArrayDeque<Message> queue = new ArrayDeque<>();

        Wire(int source, int destination) {
            this.source = source;
            this.destination = destination;
        }

        boolean allRead() {
            return queue.stream().allMatch(m -> m.sources == null || m.data != null);
        }

        @Override
        public boolean step() {
            if (queue.isEmpty()) {
                return false;
            }
            List<Message> unread = queue.stream().filter(m -> m.sources != null && m.data == null).toList();
            if (!unread.isEmpty()
                    && (random.nextBoolean() || queue.peek().sources != null && queue.peek().data == null)) {
                Message message = unread.get(random.nextInt(unread.size()));
                message.data = gather(message.sources, message.lane);
                return true;
            }
            Message message = queue.remove();
            if (message.sources != null) {
                store(message.target, message.lane, message.data, 0);
            }
            if (message.signal != Step.NO_SIGNAL) {
                arrived.merge(List.of(message.lane, source, destination, message.signal), 1, Integer::sum);
            }
            return true;
        }
    }

    private final class Get implements Actor {
        private final Step.Get get;
        private final int lane;
        private long[] data;
        private boolean done;

        Get(Step.Get get, int lane) {
            this.get = get;
            this.lane = lane;
        }

        @Override
        public boolean step() {
            if (done) {
                return false;
            }
            if (data == null) {
                data = load(get.source(), lane);
                return true;
            }
            int from = 0;
            for (Slice target : get.targets()) {
                store(target, lane, data, from);
                from += (int) target.count();
            }
            return done = true;
        }
    }

    private final class Rank implements Actor {
        private final int rank;
        private final Lanes lanePolicy = new Lanes(lanes);
        private int call = -1;
        private int lane;
        private int[] next;
        private List<List<Get>> gets;

        Rank(int rank) {
            this.rank = rank;
        }

        boolean finished() {
            return call == calls;
        }

        @Override
        public boolean step() {
            if (finished()) {
                return false;
            }
            List<List<Step>> channels = schedules.get(rank).channels();
            if (call >= 0) {
                int first = random.nextInt(channels.size());
                boolean allEnded = true;
                for (int i = 0; i < channels.size(); i++) {
                    int channel = (first + i) % channels.size();
                    if (next[channel] < channels.get(channel).size()) {
                        allEnded = false;
                        if (run(channel, channels.get(channel).get(next[channel]))) {
                            next[channel]++;
                            return true;
                        }
                    }
                }
                if (!allEnded) {
                    return false;
                }
                leave();
            }
            call++;
            if (!finished()) {
                enter(channels.size());
            }
            return true;
        }

        private void enter(int channels) {
            lane = lanePolicy.next(true);
            next = new int[channels];
            gets = new ArrayList<>();
            for (int i = 0; i < channels; i++) {
                gets.add(new ArrayList<>());
            }
            long[] output = memory(rank, Space.OUTPUT, lane);
            for (int i = 0; i < output.length; i++) {
                output[i] = random.nextLong();
            }
            for (int i = 0; i < shape.inputElements(); i++) {
                memory(rank, Space.INPUT, lane)[start(rank, Space.INPUT) + i] = input(call, rank, i);
            }
            before[rank] = output.clone();
        }

        private void leave() {
            for (int i = 0; i < shape.outputElements(); i++) {
                long expected = expected(call, rank, i);
                if (memory(rank, Space.OUTPUT, lane)[start(rank, Space.OUTPUT) + i] != expected) {
                    throw new WrongResult("call " + call + ", rank " + rank + ", element " + i);
                }
            }
            long[] input = memory(rank, Space.INPUT, lane);
            for (int i = 0; i < shape.inputElements(); i++) {
                input[start(rank, Space.INPUT) + i] = random.nextLong();
            }
        }

        private boolean run(int channel, Step step) {
            switch (step) {
                case Step.Put put -> send(channel, put.target().rank(), put.sources(), put.target(), put.signal());
                case Step.Notify bump -> send(channel, bump.peer(), null, null, bump.signal());
                case Step.Get get -> {
                    Get pending = new Get(get, lane);
                    gets.get(channel).add(pending);
                    actors.add(pending);
                }
                case Step.Await await -> {
                    List<Integer> key = List.of(lane, await.peer(), rank, await.signal());
                    if (arrived.getOrDefault(key, 0) < await.times()) {
                        return false;
                    }
                    arrived.merge(key, -await.times(), Integer::sum);
                }
                case Step.Flush flush -> {
                    for (int peer = 0; peer < size; peer++) {
                        Wire wire = wires.get(List.of(rank, peer, channel));
                        if (wire != null && !wire.allRead()) {
                            return false;
                        }
                    }
                    return gets.get(channel).stream().allMatch(g -> g.done);
                }
                case Step.Reduce reduce -> {
                    long[] sum = load(reduce.sources().getFirst(), lane);
                    for (Slice source : reduce.sources().subList(1, reduce.sources().size())) {
                        long[] operand = load(source, lane);
                        for (int i = 0; i < sum.length; i++) {
                            sum[i] += operand[i];
                        }
                    }
                    for (int i = 0; i < sum.length && reduce.finish(); i++) {
                        sum[i] *= 3;
                    }
                    reduce.targets().forEach(target -> store(target, lane, sum, 0));
                }
                case Step.Copy copy -> {
                    for (int i = 0; i < copy.sources().size(); i++) {
                        store(copy.targets().get(i), lane, load(copy.sources().get(i), lane), 0);
                    }
                }
                case Step.Multicast cast -> {
                    long[] data = load(cast.source(), lane);
                    cast.targets().forEach(target -> store(target, lane, data, 0));
                }
            }
            return true;
        }

        private void send(int channel, int peer, List<Slice> sources, Slice target, int signal) {
            Message message = new Message();
            message.sources = sources;
            message.target = target;
            message.signal = signal;
            message.lane = lane;
            wires.computeIfAbsent(List.of(rank, peer, channel), key -> {
                Wire wire = new Wire(rank, peer);
                actors.add(wire);
                return wire;
            }).queue
                    .add(message);
        }
    }

    private RandomInterleaving(List<Schedule> schedules, int calls, int lanes, long seed) {
        this.schedules = schedules;
        this.shape = schedules.getFirst().shape();
        this.size = shape.size();
        this.calls = calls;
        this.lanes = lanes;
        this.random = new SplittableRandom(seed);
        inputs = new long[size][(int) shape.inputElements()];
        outputs = new long[size][(int) shape.outputElements()];
        scratch = new long[size][lanes][];
        before = new long[size][];
        for (int rank = 0; rank < size; rank++) {
            for (int lane = 0; lane < lanes; lane++) {
                scratch[rank][lane] = new long[(int) schedules.get(rank).scratchElements()];
            }
        }
    }

    /**
     * Runs {@code calls} synchronising calls of {@code schedules} in the interleaving that {@code seed} gives.
     *
     * @return what went wrong, or empty when every result was right
     */
    static Optional<String> run(List<Schedule> schedules, int calls, int lanes, long seed) {
        try {
            return new RandomInterleaving(schedules, calls, lanes, seed).run();
        } catch (WrongResult | IndexOutOfBoundsException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Optional<String> run() {
        Rank[] ranks = new Rank[size];
        Arrays.setAll(ranks, Rank::new);
        actors.addAll(List.of(ranks));
        // A few slow actors move only when nobody else can: that is what makes rare interleavings likely.
        long slow = random.nextLong() & random.nextLong();
        while (true) {
            boolean moved = false;
            int first = random.nextInt(actors.size());
            for (int pass = 0; pass < 2 && !moved; pass++) {
                for (int i = 0; i < actors.size() && !moved; i++) {
                    int index = (first + i) % actors.size();
                    boolean isSlow = (slow >>> (index & 63) & 1) == 1;
                    moved = isSlow == (pass == 1) && actors.get(index).step();
                }
            }
            if (!moved) {
                break;
            }
        }
        if (!Arrays.stream(ranks).allMatch(Rank::finished)) {
            return Optional.of("deadlock");
        }
        return arrived.values().stream().allMatch(n -> n == 0) ? Optional.empty() : Optional.of("a bump is left over");
    }

    private long input(int call, int rank, long element) {
        long mixed = (call * 31L + rank) * 1_000_003 + element + 1;
        mixed *= 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    private long expected(int call, int rank, int element) {
        int block = (int) (element / shape.count());
        long within = element % shape.count();
        return switch (shape.collective()) {
            case ALL_REDUCE -> reduced(call, element);
            case REDUCE_SCATTER -> reduced(call, rank * shape.count() + element);
            case REDUCE -> rank == shape.root() ? reduced(call, element) : before[rank][element];
            case ALL_GATHER -> input(call, block, within);
            case ALL_TO_ALL -> input(call, block, rank * shape.count() + within);
            case BROADCAST -> input(call, shape.root(), element);
            case SEND_RECV -> input(call, rank == 0 ? size - 1 : rank - 1, element);
            case BARRIER -> throw new IllegalStateException("rank " + rank + " has no output");
        };
    }

    private long reduced(int call, long element) {
        long sum = 0;
        for (int peer = 0; peer < size; peer++) {
            sum += input(call, peer, element);
        }
        return shape.average() && size > 1 ? sum * 3 : sum;
    }

    private long[] memory(int rank, Space space, int lane) {
        boolean outputInInput = shape.collective().outputInInput();
        return switch (space) {
            case INPUT -> shape.inPlace() && !outputInInput ? outputs[rank] : inputs[rank];
            case OUTPUT -> shape.inPlace() && outputInInput ? inputs[rank] : outputs[rank];
            case SCRATCH -> scratch[rank][lane];
        };
    }

    private int start(int rank, Space space) {
        Space shorter = shape.collective().outputInInput() ? Space.OUTPUT : Space.INPUT;
        return space == shorter && shape.inPlace()
                ? (int) shape.collective().inPlaceOffset(shape.count(), rank)
                : 0;
    }

    private long[] load(Slice slice, int lane) {
        int start = start(slice.rank(), slice.space()) + (int) slice.offset();
        long[] memory = memory(slice.rank(), slice.space(), lane);
        if (start + slice.count() > memory.length) {
            throw new IndexOutOfBoundsException(slice.toString());
        }
        return Arrays.copyOfRange(memory, start, start + (int) slice.count());
    }

    private long[] gather(List<Slice> slices, int lane) {
        return slices.stream().flatMapToLong(s -> Arrays.stream(load(s, lane))).toArray();
    }

    private void store(Slice slice, int lane, long[] data, int from) {
        int start = start(slice.rank(), slice.space()) + (int) slice.offset();
        System.arraycopy(data, from, memory(slice.rank(), slice.space(), lane), start, (int) slice.count());
    }
}
