package org.fabricmark.schedule.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.ScheduleText;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Step;
import org.fabricmark.schedule.verify.Violation.Kind;

/**
 * The canonical run: every channel goes as far as it can, and goes on when the bump that it waits for has been sent. Puts are
 * delivered as they are issued; that they may be later is a matter of {@link Accesses}.
 *
 * <p>Longer than most classes here because it is one state machine: what a step means is read in one place.
 */
final class Execution {
    /** Data of up to so many bytes may travel in a signal; a transport may draw the line lower. */
    private static final int IN_SIGNAL_BYTES = 48;

    private final List<PlannedCall> plan;
    private final int size;
    private final int channelsPerRank;
    private final Delivery delivery;
    private final Clocks clocks;
    private final Accesses accesses;
    private final Buffers buffers;
    private final Signals signals;
    private final Values values = new Values();
    private final Outcome outcome;
    private final Accesses.Wire[] wires;
    private final List<WireUse> wireUses = new ArrayList<>();
    private final Participant[] participants;
    private final ArrayDeque<Channel> runnable = new ArrayDeque<>();

    /** The step in hand, for whoever has to report it. */
    private Channel at;

    /** A rank on its way through the calls. */
    private static final class Participant {
        private final int rank;
        private int call = -1;
        private int unfinished;
        private List<Channel> channels = List.of();

        Participant(int rank) {
            this.rank = rank;
        }
    }

    /** One channel of one rank in one call. */
    static final class Channel {
        private final int rank;
        private final int number;
        private final int actor;
        private final PlannedCall call;
        private final List<Step> steps;
        private final List<Accesses.Transfer> unflushed = new ArrayList<>();
        private int next;
        private int depth;
        private int[] bumps;

        Channel(int rank, int number, int actor, PlannedCall call, List<Step> steps) {
            this.rank = rank;
            this.number = number;
            this.actor = actor;
            this.call = call;
            this.steps = steps;
        }
    }

    /** That a wire carried puts in a call, the last of them at {@code place}. */
    private record WireUse(Channel channel, Accesses.Wire wire, int step, Slice target, long place) {}

    Execution(List<PlannedCall> plan, int size, int lanes, Delivery delivery) {
        this.plan = plan;
        this.size = size;
        this.delivery = delivery;
        int channels = 1;
        int indices = 1;
        for (PlannedCall call : plan) {
            for (Schedule schedule : call.call().schedules()) {
                channels = Math.max(channels, schedule.channels().size());
                indices = Math.max(indices, schedule.signals());
            }
        }
        channelsPerRank = channels;
        clocks = new Clocks(size * channels);
        accesses = new Accesses(clocks);
        signals = new Signals(size, indices);
        buffers = new Buffers(plan, size, lanes);
        wires = new Accesses.Wire[size * size * channels];
        participants = new Participant[size];
        Arrays.setAll(participants, Participant::new);
        outcome = new Outcome(values, plan.size(), size);
    }

    void run() {
        for (Participant participant : participants) {
            enterNext(participant);
        }
        while (!runnable.isEmpty()) {
            run(runnable.remove());
        }
        for (Participant participant : participants) {
            if (participant.call < plan.size()) {
                throw deadlock(participant);
            }
        }
        Signals.Queue left = signals.leftOver();
        if (left != null) {
            throw reject(Kind.SIGNAL, null, "a bump of " + left.describe() + " is never consumed");
        }
        for (WireUse use : wireUses) {
            if (!use.wire.covers(use.place)) {
                at = use.channel;
                at.next = use.step;
                throw reject(Kind.UNFINISHED, use.target, "no consumed bump follows this put on its wire");
            }
        }
    }

    private Rejection deadlock(Participant participant) {
        for (Channel channel : participant.channels) {
            if (channel.next < channel.steps.size()) {
                at = channel;
                return reject(Kind.DEADLOCK, null, "waits for ever");
            }
        }
        throw new IllegalStateException("rank " + participant.rank + " neither finished nor waits");
    }

    // ---- entry and exit -------------------------------------------------------------------------------------------

    private void enterNext(Participant participant) {
        participant.call++;
        if (participant.call == plan.size()) {
            return;
        }
        int rank = participant.rank;
        PlannedCall call = plan.get(participant.call);
        Schedule schedule = call.schedule(rank);
        int first = rank * channelsPerRank;
        clocks.tick(first);
        at = new Channel(rank, -1, first, call, List.of());
        outcome.entered(call, rank, clocks.now(first));
        buffers.enter(this, call, rank, values);

        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < Math.max(1, schedule.channels().size()); i++) {
            List<Step> steps = i < schedule.channels().size() ? schedule.channels().get(i) : List.of();
            channels.add(new Channel(rank, i, first + i, call, steps));
            if (i > 0) {
                clocks.join(first + i, first, clocks.now(first), clocks.snapshot(first));
            }
        }
        participant.channels = channels;
        participant.unfinished = channels.size();
        runnable.addAll(channels);
    }

    private void exit(Participant participant) {
        int first = participant.rank * channelsPerRank;
        PlannedCall call = plan.get(participant.call);
        int depth = 0;
        for (Channel channel : participant.channels) {
            depth = Math.max(depth, channel.depth);
            if (channel.number > 0) {
                clocks.join(first, channel.actor, clocks.now(channel.actor), clocks.snapshot(channel.actor));
            }
        }
        clocks.tick(first);
        at = new Channel(participant.rank, -1, first, call, List.of());
        Strip output = buffers.exit(this, call, participant.rank);
        outcome.left(this, call, participant.rank, output, depth);
        enterNext(participant);
    }

    /** Whether the event of {@code rank} at {@code time}, on its first channel, happens before the event in hand. */
    boolean knows(int rank, int time) {
        return clocks.knows(at.actor, rank * channelsPerRank, time);
    }

    // ---- steps ----------------------------------------------------------------------------------------------------

    private void run(Channel channel) {
        while (channel.next < channel.steps.size()) {
            at = channel;
            Step step = channel.steps.get(channel.next);
            if (step instanceof Step.Await await && !ready(channel, await)) {
                return;
            }
            clocks.tick(channel.actor);
            execute(channel, step);
            channel.next++;
        }
        at = channel;
        for (Accesses.Transfer transfer : channel.unflushed) {
            if (transfer.isGet()) {
                throw reject(Kind.UNFINISHED, null, "a get is not flushed when the channel ends");
            }
        }
        Participant participant = participants[channel.rank];
        if (--participant.unfinished == 0) {
            exit(participant);
        }
    }

    private void execute(Channel channel, Step step) {
        switch (step) {
            case Step.Put put -> put(channel, put);
            case Step.Get get -> get(channel, get);
            case Step.Notify bump -> send(channel, bump.peer(), bump.signal(), null, null);
            case Step.Await await -> consume(channel, await);
            case Step.Reduce reduce -> reduce(channel, reduce);
            case Step.Copy copy -> copy(channel, copy);
            case Step.Multicast cast -> {
                Strip strip = read(channel, cast.source());
                cast.targets().forEach(target -> write(channel, target, strip));
            }
            case Step.Flush flush -> {
                channel.unflushed.forEach(transfer -> transfer.flushed(clocks.now(channel.actor)));
                channel.unflushed.clear();
            }
        }
    }

    private void put(Channel channel, Step.Put put) {
        Slice target = put.target();
        if (target.rank() == channel.rank) {
            throw reject(Kind.BOUNDS, target, "puts to itself");
        }
        Strip data = new Strip();
        boolean inSignal = delivery == Delivery.IN_SIGNAL && travelsInSignal(channel, put);
        Accesses.Wire wire = wire(channel, target.rank());
        Accesses.Transfer transfer = inSignal ? null : accesses.put(channel.actor, wire);
        for (Slice source : put.sources()) {
            checkOwn(channel, source);
            data.append(buffers.read(this, channel.call, source, inSignal ? now() : transfer.read(), this::isOver));
        }
        checkLength(target, data.length());
        if (inSignal) {
            buffers.check(this, channel.call, target);
            send(channel, target.rank(), put.signal(), target, data);
            return;
        }
        buffers.write(
                this, channel.call, target, data, transfer.write(), a -> accesses.overOnWire(a, channel.actor, wire));
        channel.unflushed.add(transfer);
        wireUses.add(new WireUse(channel, wire, channel.next, target, wire.puts()));
        if (put.signal() != Step.NO_SIGNAL) {
            send(channel, target.rank(), put.signal(), null, null);
        }
    }

    private boolean travelsInSignal(Channel channel, Step.Put put) {
        if (put.signal() == Step.NO_SIGNAL
                || put.target().count() * channel.call.call().shape().elementBytes() > IN_SIGNAL_BYTES) {
            return false;
        }
        return bumps(channel, put.target().rank(), put.signal()) == 1;
    }

    /** How often {@code channel} bumps a signal in its call. */
    private int bumps(Channel channel, int peer, int signal) {
        int indices = channel.call.schedule(channel.rank).signals();
        if (channel.bumps == null) {
            channel.bumps = new int[size * indices];
            for (Step step : channel.steps) {
                if (step instanceof Step.Put put && put.signal() != Step.NO_SIGNAL) {
                    count(channel.bumps, put.target().rank() * indices + put.signal());
                } else if (step instanceof Step.Notify bump) {
                    count(channel.bumps, bump.peer() * indices + bump.signal());
                }
            }
        }
        return signal < indices ? channel.bumps[peer * indices + signal] : 0;
    }

    private static void count(int[] counts, int index) {
        if (index >= 0 && index < counts.length) { // what is out of range is reported when its step runs
            counts[index]++;
        }
    }

    private void get(Channel channel, Step.Get get) {
        if (get.source().rank() == channel.rank) {
            throw reject(Kind.BOUNDS, get.source(), "gets from itself");
        }
        Accesses.Transfer transfer = accesses.get(channel.actor);
        Strip data = buffers.read(this, channel.call, get.source(), transfer.read(), this::isOver);
        long from = 0;
        for (Slice target : get.targets()) {
            checkOwn(channel, target);
            if (from + target.count() > data.length()) {
                throw reject(Kind.BOUNDS, target, "gets more than its source holds");
            }
            buffers.write(
                    this, channel.call, target, data.part(from, target.count()), transfer.write(), this::isOver);
            from += target.count();
        }
        checkLength(get.source(), from);
        channel.unflushed.add(transfer);
        outcome.got(this, channel.call, get.source().rank(), channel.actor, transfer);
    }

    private void reduce(Channel channel, Step.Reduce reduce) {
        Strip result = null;
        for (Slice source : reduce.sources()) {
            Strip operand = read(channel, source);
            try {
                if (result != null && result.length() != operand.length()) {
                    throw new IllegalArgumentException("combines sources of different lengths");
                }
                result = result == null ? operand : result.combine(operand, values);
            } catch (IllegalArgumentException e) {
                throw reject(Kind.VALUE, source, e.getMessage());
            }
        }
        try {
            result = reduce.finish() ? result.finish(values) : result;
        } catch (IllegalArgumentException e) {
            throw reject(Kind.VALUE, reduce.sources().getFirst(), e.getMessage());
        }
        for (Slice target : reduce.targets()) {
            write(channel, target, result);
        }
    }

    private void copy(Channel channel, Step.Copy copy) {
        if (copy.sources().size() != copy.targets().size()) {
            throw reject(Kind.BOUNDS, null, "copies pairs, but has not as many targets as sources");
        }
        for (int i = 0; i < copy.sources().size(); i++) {
            write(channel, copy.targets().get(i), read(channel, copy.sources().get(i)));
        }
    }

    private Strip read(Channel channel, Slice source) {
        return buffers.read(this, channel.call, source, now(), this::isOver);
    }

    private void write(Channel channel, Slice target, Strip data) {
        checkLength(target, data.length());
        buffers.write(this, channel.call, target, data, now(), this::isOver);
    }

    // ---- signals --------------------------------------------------------------------------------------------------

    private Accesses.Wire wire(Channel channel, int destination) {
        int index = (channel.rank * size + destination) * channelsPerRank + channel.number;
        if (wires[index] == null) {
            wires[index] = new Accesses.Wire();
        }
        return wires[index];
    }

    private Signals.Queue queue(Channel channel, int source, int destination, int index) {
        if (source < 0 || source >= size || destination < 0 || destination >= size) {
            throw reject(Kind.BOUNDS, null, "names a rank that does not exist");
        }
        if (index < 0 || index >= channel.call.schedule(channel.rank).signals()) {
            throw reject(Kind.BOUNDS, null, "signal " + index + " is not below the declared number of signals");
        }
        return signals.queue(channel.call.bank(), source, destination, index);
    }

    private void send(Channel channel, int peer, int index, Slice target, Strip data) {
        Signals.Queue queue = queue(channel, channel.rank, peer, index);
        if (!queue.soleWriter(channel.call.number(), channel.number)) {
            throw reject(Kind.SIGNAL, target, queue.describe() + " is bumped by two channels");
        }
        Accesses.Wire wire = wire(channel, peer);
        int depth = channel.depth + (peer == channel.rank ? 0 : 1);
        queue.add(new Signals.Bump(
                channel.call.number(),
                channel.actor,
                clocks.now(channel.actor),
                clocks.snapshot(channel.actor),
                wire,
                wire.puts(),
                depth,
                target,
                data));
        Channel woken = queue.wake();
        if (woken != null) {
            runnable.add(woken);
        }
    }

    private boolean ready(Channel channel, Step.Await await) {
        Signals.Queue queue = queue(channel, await.peer(), channel.rank, await.signal());
        if (!queue.soleReader(channel.call.number(), channel.number)) {
            throw reject(Kind.SIGNAL, null, queue.describe() + " is awaited by two channels");
        }
        if (queue.size() >= await.times()) {
            return true;
        }
        queue.wait(channel);
        return false;
    }

    private void consume(Channel channel, Step.Await await) {
        if (await.times() < 1) {
            throw reject(Kind.SIGNAL, null, "awaits nothing");
        }
        Signals.Queue queue = queue(channel, await.peer(), channel.rank, await.signal());
        for (int i = 0; i < await.times(); i++) {
            Signals.Bump bump = queue.take();
            if (bump.call() != channel.call.number()) {
                throw reject(Kind.SIGNAL, null, "consumes a bump of " + queue.describe() + " that another call sent");
            }
            clocks.join(channel.actor, bump.sender(), bump.time(), bump.known());
            bump.wire().consumed(channel.actor, clocks.now(channel.actor), bump.place());
            channel.depth = Math.max(channel.depth, bump.depth());
            if (bump.data() != null) {
                write(channel, bump.target(), bump.data());
            }
        }
    }

    // ---- order, bounds, reports -----------------------------------------------------------------------------------

    /** The access of the event in hand. */
    long now() {
        return accesses.now(at.actor);
    }

    /** Whether {@code access} is over before the event in hand. */
    boolean isOver(long access) {
        return accesses.over(access, at.actor);
    }

    private void checkOwn(Channel channel, Slice slice) {
        if (slice.rank() != channel.rank) {
            throw reject(Kind.BOUNDS, slice, "the near side of a transfer is not the rank's own memory");
        }
    }

    private void checkLength(Slice slice, long length) {
        if (slice.count() != length) {
            throw reject(Kind.BOUNDS, slice, "operands differ in length: " + slice.count() + " and " + length);
        }
    }

    String describe(long access) {
        return accesses.describe(access, channelsPerRank);
    }

    /** A rejection at the event in hand. */
    Rejection reject(Kind kind, Slice slice, String message) {
        boolean step = at.number >= 0 && at.next < at.steps.size();
        Schedule schedule = at.call.schedule(at.rank);
        String text =
                step ? ScheduleText.step(schedule, at.steps.get(at.next)) : at.number < 0 ? "entry or exit" : "end";
        return new Rejection(new Violation(
                kind,
                schedule.shape().collective().label() + " " + schedule.algorithm(),
                at.call.index(),
                at.rank,
                at.number,
                at.number < 0 ? -1 : at.next,
                text,
                slice == null ? message : message + " (" + slice + ")"));
    }
}
