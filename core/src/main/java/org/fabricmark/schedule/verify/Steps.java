package org.fabricmark.schedule.verify;

import java.util.List;
import java.util.function.Consumer;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Step;
import org.fabricmark.schedule.verify.Violation.Kind;

/**
 * What each step means: which memory it reads and writes, what it makes known to whom. Puts are delivered as they are issued;
 * that they may be later is a matter of {@link Accesses}.
 */
final class Steps {
    /** Data of up to so many bytes may travel in a signal; a transport may draw the line lower. */
    private static final int IN_SIGNAL_BYTES = 48;

    private final int size;
    private final int slots;
    private final int channelsPerRank;
    private final Delivery delivery;
    private final Clocks clocks;
    private final Accesses accesses;
    private final Event event;
    private final Buffers buffers;
    private final Signals signals;
    private final Values values;
    private final Outcome outcome;
    private final Consumer<Channel> wake;
    private final Accesses.Wire[] wires;

    /** By wire, like {@link #wires}: its latest put. If a consumed bump follows that one, one follows all before it. */
    private final LatestPut[] latestPuts;

    private record LatestPut(Channel channel, int step, Slice target) {}

    Steps(Knowledge knowledge, Event event, Buffers buffers, Signals signals, Values values, Outcome outcome,
            Delivery delivery, Consumer<Channel> wake) {
        this.size = knowledge.size();
        this.slots = knowledge.slots();
        this.channelsPerRank = knowledge.channelsPerRank();
        this.clocks = knowledge.clocks();
        this.accesses = knowledge.accesses();
        this.event = event;
        this.buffers = buffers;
        this.signals = signals;
        this.values = values;
        this.outcome = outcome;
        this.delivery = delivery;
        this.wake = wake;
        this.wires = new Accesses.Wire[size * size * slots * channelsPerRank];
        this.latestPuts = new LatestPut[wires.length];
    }

    /** Rejects bumps that nobody consumes, and puts that no consumed bump follows. */
    void checkLeftOvers() {
        Signals.Queue left = signals.leftOver();
        if (left != null) {
            throw event.reject(Kind.SIGNAL, null, "a bump of " + left.describe() + " is never consumed");
        }
        for (int i = 0; i < wires.length; i++) {
            LatestPut put = latestPuts[i];
            if (put != null && !wires[i].covers(wires[i].puts())) {
                put.channel.next = put.step;
                event.begin(put.channel);
                throw event.reject(Kind.UNFINISHED, put.target, "no consumed bump follows this put on its wire");
            }
        }
    }

    /** Executes the step in hand of {@code channel}; an await must be {@link #ready}. */
    void execute(Channel channel, Step step) {
        switch (step) {
            case Step.Put put -> put(channel, put);
            case Step.Get get -> get(channel, get);
            case Step.Notify bump -> send(channel, bump.peer(), bump.signal(), null, null);
            case Step.Await await -> consume(channel, await);
            case Step.Reduce reduce -> reduce(channel, reduce);
            case Step.Copy copy -> copy(channel, copy);
            case Step.Multicast cast -> {
                checkOperands(List.of(cast.source()), cast.targets());
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
            throw event.reject(Kind.BOUNDS, target, "puts to itself");
        }
        buffers.check(event, channel.call, target);
        Strip data = new Strip();
        boolean inSignal = delivery == Delivery.IN_SIGNAL && travelsInSignal(channel, put);
        Accesses.Wire wire = wire(channel, target.rank());
        Accesses.Transfer transfer = inSignal ? null : accesses.put(channel.actor, wire);
        for (Slice source : put.sources()) {
            checkOwn(channel, source);
            data.append(
                    buffers.read(event, channel.call, source, inSignal ? event.now() : transfer.read(), event::isOver));
        }
        checkLength(target, data.length());
        if (inSignal) {
            send(channel, target.rank(), put.signal(), target, data);
            return;
        }
        buffers.write(
                event, channel.call, target, data, transfer.write(), a -> accesses.overOnWire(a, channel.actor, wire));
        channel.unflushed.add(transfer);
        latestPuts[wireIndex(channel, target.rank())] = new LatestPut(channel, channel.next, target);
        if (put.signal() != Step.NO_SIGNAL) {
            send(channel, target.rank(), put.signal(), null, null);
        }
    }

    private boolean travelsInSignal(Channel channel, Step.Put put) {
        if (put.signal() == Step.NO_SIGNAL
                || put.target().count() * channel.call.call().shape().elementBytes() > IN_SIGNAL_BYTES) {
            return false;
        }
        return channel.bumps(put.target().rank(), put.signal()) == 1;
    }

    private void get(Channel channel, Step.Get get) {
        if (get.source().rank() == channel.rank) {
            throw event.reject(Kind.BOUNDS, get.source(), "gets from itself");
        }
        Accesses.Transfer transfer = accesses.get(channel.actor);
        Strip data = buffers.read(event, channel.call, get.source(), transfer.read(), event::isOver);
        long from = 0;
        for (Slice target : get.targets()) {
            checkOwn(channel, target);
            if (from + target.count() > data.length()) {
                throw event.reject(Kind.BOUNDS, target, "gets more than its source holds");
            }
            buffers.write(
                    event, channel.call, target, data.part(from, target.count()), transfer.write(), event::isOver);
            from += target.count();
        }
        checkLength(get.source(), from);
        channel.unflushed.add(transfer);
        outcome.got(event, channel.call, get.source().rank(), channel.actor, transfer);
    }

    private void reduce(Channel channel, Step.Reduce reduce) {
        checkOperands(reduce.sources(), reduce.targets());
        if (!channel.call.call().shape().collective().reduces()) {
            throw event.reject(Kind.VALUE, reduce.targets().getFirst(), "reduces where there is no operation");
        }
        Strip result = null;
        for (Slice source : reduce.sources()) {
            Strip operand = read(channel, source);
            try {
                if (result != null && result.length() != operand.length()) {
                    throw new IllegalArgumentException("combines sources of different lengths");
                }
                result = result == null ? operand : result.combine(operand, values);
            } catch (IllegalArgumentException e) {
                throw event.reject(Kind.VALUE, source, e.getMessage());
            }
        }
        try {
            result = reduce.finish() ? result.finish(values) : result;
        } catch (IllegalArgumentException e) {
            throw event.reject(Kind.VALUE, reduce.sources().getFirst(), e.getMessage());
        }
        for (Slice target : reduce.targets()) {
            write(channel, target, result);
        }
    }

    private void copy(Channel channel, Step.Copy copy) {
        if (copy.sources().size() != copy.targets().size()) {
            throw event.reject(Kind.BOUNDS, null, "copies pairs, but has not as many targets as sources");
        }
        for (int i = 0; i < copy.sources().size(); i++) {
            write(channel, copy.targets().get(i), read(channel, copy.sources().get(i)));
        }
    }

    private Strip read(Channel channel, Slice source) {
        return buffers.read(event, channel.call, source, event.now(), event::isOver);
    }

    private void write(Channel channel, Slice target, Strip data) {
        checkLength(target, data.length());
        buffers.write(event, channel.call, target, data, event.now(), event::isOver);
    }

    private Accesses.Wire wire(Channel channel, int destination) {
        int index = wireIndex(channel, destination);
        if (wires[index] == null) {
            wires[index] = new Accesses.Wire();
        }
        return wires[index];
    }

    private int wireIndex(Channel channel, int destination) {
        return ((channel.rank * size + destination) * slots + channel.call.slot()) * channelsPerRank + channel.number;
    }

    private Signals.Queue queue(Channel channel, int source, int destination, int index) {
        if (source < 0 || source >= size || destination < 0 || destination >= size) {
            throw event.reject(Kind.BOUNDS, null, "names a rank that does not exist");
        }
        if (index < 0 || index >= channel.call.schedule(channel.rank).signals()) {
            throw event.reject(Kind.BOUNDS, null, "signal " + index + " is not below the declared number of signals");
        }
        return signals.queue(channel.call.bank(), source, destination, index);
    }

    private void send(Channel channel, int peer, int index, Slice target, Strip data) {
        Signals.Queue queue = queue(channel, channel.rank, peer, index);
        if (!queue.soleWriter(channel.call.number(), channel.number)) {
            throw event.reject(Kind.SIGNAL, target, queue.describe() + " is bumped by two channels");
        }
        Accesses.Wire wire = wire(channel, peer);
        int depth = channel.depth + (peer == channel.rank ? 0 : 1);
        int time = clocks.now(channel.actor);
        queue.add(new Signals.Bump(channel, time, clocks.snapshot(channel.actor), wire, depth, target, data));
        Channel woken = queue.wake();
        if (woken != null) {
            wake.accept(woken);
        }
    }

    /** Whether an await can go on; if not, {@code channel} is woken by the next bump. */
    boolean ready(Channel channel, Step.Await await) {
        Signals.Queue queue = queue(channel, await.peer(), channel.rank, await.signal());
        if (!queue.soleReader(channel.call.number(), channel.number)) {
            throw event.reject(Kind.SIGNAL, null, queue.describe() + " is awaited by two channels");
        }
        if (queue.size() >= await.times()) {
            return true;
        }
        queue.wait(channel);
        return false;
    }

    private void consume(Channel channel, Step.Await await) {
        if (await.times() < 1) {
            throw event.reject(Kind.SIGNAL, null, "awaits nothing");
        }
        Signals.Queue queue = queue(channel, await.peer(), channel.rank, await.signal());
        for (int i = 0; i < await.times(); i++) {
            Signals.Bump bump = queue.take();
            if (bump.call != channel.call.number()) {
                throw event.reject(Kind.SIGNAL, null,
                        "consumes a bump of " + queue.describe() + " that another call sent");
            }
            clocks.join(channel.actor, bump.sender, bump.time, bump.known);
            bump.wire.consumed(channel.actor, clocks.now(channel.actor), bump.place);
            channel.depth = Math.max(channel.depth, bump.depth);
            if (bump.data != null) {
                write(channel, bump.target, bump.data);
            }
        }
    }

    private void checkOperands(List<Slice> sources, List<Slice> targets) {
        if (sources.isEmpty() || targets.isEmpty()) {
            throw event.reject(Kind.BOUNDS, null, "an operand is missing");
        }
    }

    private void checkOwn(Channel channel, Slice slice) {
        if (slice.rank() != channel.rank) {
            throw event.reject(Kind.BOUNDS, slice, "the near side of a transfer is not the rank's own memory");
        }
    }

    private void checkLength(Slice slice, long length) {
        if (slice.count() != length) {
            throw event.reject(Kind.BOUNDS, slice, "operands differ in length: " + slice.count() + " and " + length);
        }
    }
}
