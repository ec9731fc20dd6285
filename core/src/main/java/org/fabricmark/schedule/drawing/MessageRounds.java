package org.fabricmark.schedule.drawing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Step;

/**
 * Who sends how much to whom, and after what: the messages of all ranks, lined up in rounds. A message belongs to the round
 * after the latest message that its sender had awaited before, so the number of rounds is the longest chain of messages.
 * Remote operands of local steps count as messages of the round that comes next at that place.
 *
 * @param rounds messages by round; the first round has index 0
 * @param reductions where ranks reduce, in the order of rounds and ranks
 */
public record MessageRounds(List<List<Message>> rounds, List<Reduction> reductions) {
    /** How data get from one rank to another. */
    public enum Kind {
        /** Written by the source, with or without data. */
        PUT,
        /** Read by the destination, on request. */
        GET,
        /** Loaded by the destination as an operand. */
        LOAD,
        /** Stored by the source as a result. */
        STORE
    }

    /**
     * Everything of one kind that one rank sends to another in one round.
     *
     * @param source where the data are
     * @param destination where they go
     * @param kind how
     * @param elements how many; 0 for a signal alone
     */
    public record Message(int source, int destination, Kind kind, long elements) {}

    /**
     * Everything that one rank reduces between two of its awaits.
     *
     * @param rank who
     * @param after how many rounds of messages come before it; operands that it loads itself are of the last of them
     * @param elements results
     */
    public record Reduction(int rank, int after, long elements) {}

    public MessageRounds {
        rounds = rounds.stream().map(List::copyOf).toList();
        reductions = List.copyOf(reductions);
    }

    /**
     * Lines up the messages of {@code schedules}, which are those of all ranks in rank order.
     *
     * @throws IllegalArgumentException if they wait for each other for ever
     */
    public static MessageRounds of(List<Schedule> schedules) {
        return new Run(schedules).rounds();
    }

    private record SignalKey(int source, int destination, int signal) {}

    private record ReductionKey(int after, int rank) {}

    private record MessageKey(int source, int destination, Kind kind) {}

    /** A channel on its way; {@code depth} is the round of the latest message that it has awaited. */
    private static final class Channel {
        private final int rank;
        private final List<Step> steps;
        private int next;
        private int depth;

        Channel(int rank, List<Step> steps) {
            this.rank = rank;
            this.steps = steps;
        }
    }

    /** One canonical run; every other one has the same rounds, because no step waits for one of several events. */
    private static final class Run {
        private final List<Channel> channels = new ArrayList<>();
        private final Map<SignalKey, Queue<Integer>> bumps = new HashMap<>();
        private final Map<Integer, Map<MessageKey, Long>> elements = new TreeMap<>();
        private final Map<ReductionKey, Long> reduced =
                new TreeMap<>(Comparator.comparingInt(ReductionKey::after).thenComparingInt(ReductionKey::rank));

        Run(List<Schedule> schedules) {
            for (Schedule schedule : schedules) {
                schedule.channels().forEach(steps -> channels.add(new Channel(schedule.rank(), steps)));
            }
        }

        MessageRounds rounds() {
            boolean moved = true;
            while (moved) {
                moved = false;
                for (Channel channel : channels) {
                    while (channel.next < channel.steps.size() && step(channel, channel.steps.get(channel.next))) {
                        channel.next++;
                        moved = true;
                    }
                }
            }
            if (channels.stream().anyMatch(channel -> channel.next < channel.steps.size())) {
                throw new IllegalArgumentException("the schedules wait for each other for ever");
            }
            return new MessageRounds(elements.values().stream().map(Run::messages).toList(),
                    reduced.entrySet().stream().map(each -> new Reduction(each.getKey().rank, each.getKey().after,
                            each.getValue())).toList());
        }

        private static List<Message> messages(Map<MessageKey, Long> round) {
            return round.entrySet().stream()
                    .map(e -> new Message(e.getKey().source, e.getKey().destination, e.getKey().kind, e.getValue()))
                    .sorted(Comparator.comparingInt(Message::source).thenComparingInt(Message::destination)
                            .thenComparing(Message::kind))
                    .toList();
        }

        /** Takes one step; false when it has to wait. */
        private boolean step(Channel channel, Step step) {
            int rank = channel.rank;
            switch (step) {
                case Step.Put put -> {
                    add(channel, rank, put.target().rank(), Kind.PUT, put.target().count());
                    bump(channel, put.target().rank(), put.signal());
                }
                case Step.Get get -> add(channel, get.source().rank(), rank, Kind.GET, get.source().count());
                case Step.Notify bump -> {
                    if (bump.peer() != rank) {
                        add(channel, rank, bump.peer(), Kind.PUT, 0);
                    }
                    bump(channel, bump.peer(), bump.signal());
                }
                case Step.Await await -> {
                    return consume(channel, await);
                }
                case Step.Reduce reduce -> {
                    access(channel, reduce.sources(), reduce.targets());
                    boolean loads = reduce.sources().stream().anyMatch(source -> source.rank() != rank);
                    reduced.merge(new ReductionKey(channel.depth + (loads ? 1 : 0), rank),
                            reduce.targets().getFirst().count(), Long::sum);
                }
                case Step.Copy copy -> access(channel, copy.sources(), copy.targets());
                case Step.Multicast cast -> access(channel, List.of(cast.source()), cast.targets());
                case Step.Flush flush -> {
                    // orders this rank's own buffers only
                }
            }
            return true;
        }

        private void access(Channel channel, List<Slice> sources, List<Slice> targets) {
            sources.forEach(s -> add(channel, s.rank(), channel.rank, Kind.LOAD, s.count()));
            targets.forEach(t -> add(channel, channel.rank, t.rank(), Kind.STORE, t.count()));
        }

        private void add(Channel channel, int source, int destination, Kind kind, long count) {
            if (source != destination) {
                elements.computeIfAbsent(channel.depth, round -> new HashMap<>())
                        .merge(new MessageKey(source, destination, kind), count, Long::sum);
            }
        }

        private void bump(Channel channel, int peer, int signal) {
            if (signal != Step.NO_SIGNAL) {
                bumps.computeIfAbsent(new SignalKey(channel.rank, peer, signal), key -> new ArrayDeque<>())
                        .add(channel.depth + (peer == channel.rank ? 0 : 1));
            }
        }

        private boolean consume(Channel channel, Step.Await await) {
            Queue<Integer> arrived = bumps.get(new SignalKey(await.peer(), channel.rank, await.signal()));
            if (arrived == null || arrived.size() < await.times()) {
                return false;
            }
            for (int i = 0; i < await.times(); i++) {
                channel.depth = Math.max(channel.depth, arrived.remove());
            }
            return true;
        }
    }
}
