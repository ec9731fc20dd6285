package org.fabricmark.engine;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;
import org.fabricmark.reduction.Kernels;
import org.fabricmark.reduction.ReduceKernel;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Step;
import org.fabricmark.transport.Bindable;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.PrivateRegion;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.Transport;

/**
 * Turns a schedule into a program: checks every slice against its space, every space against its memory, every signal and
 * every remote operand against what the transport can do, once, so that the engine checks nothing.
 *
 * <p>One binder binds one schedule.
 */
public final class Binder {
    private final Schedule schedule;
    private final Binding binding;
    private final Transport transport;
    private final Bumps bumps;
    private final LongArrayList code = new LongArrayList();
    private final List<Integer> stepStarts = new ArrayList<>();
    private final Map<PrivateRegion, IntArrayList> movable = new IdentityHashMap<>();
    private int channel;

    private Binder(Schedule schedule, Binding binding, Transport transport) {
        this.schedule = schedule;
        this.binding = binding;
        this.transport = transport;
        this.bumps = Bumps.of(schedule);
    }

    /**
     * Binds {@code schedule}. Called by every rank for its own schedule, with bindings that name the same memory; nothing is
     * exchanged.
     *
     * @throws IllegalArgumentException when something does not fit; the message names rank, channel and step
     */
    public static Program bind(Schedule schedule, Binding binding, Transport transport) {
        return new Binder(schedule, binding, transport).bind();
    }

    private Program bind() {
        checkBinding();
        int[] entries = new int[Math.max(1, schedule.channels().size())];
        for (channel = 0; channel < schedule.channels().size(); channel++) {
            entries[channel] = code.size();
            List<Step> steps = schedule.channels().get(channel);
            for (int i = 0; i < steps.size(); i++) {
                stepStarts.add(code.size());
                emit(steps.get(i), i);
            }
            add(Opcode.END);
        }
        if (schedule.channels().isEmpty()) {
            add(Opcode.END);
        }
        ReduceKernel kernel = binding.op() == null ? null : Kernels.forType(binding.type(), binding.op());
        return new Program(
                schedule,
                binding,
                kernel,
                code.toLongArray(),
                entries,
                stepStarts.stream().mapToInt(Integer::intValue).toArray(),
                movable.entrySet().stream()
                        .map(each -> new Relocation(
                                each.getKey(), each.getValue().toIntArray(), each.getKey().address()))
                        .toArray(Relocation[]::new));
    }

    private void checkBinding() {
        if (schedule.rank() != transport.rank() || schedule.shape().size() != transport.size()) {
            throw new IllegalArgumentException("a schedule of rank " + schedule.rank() + " of "
                    + schedule.shape().size() + " does not fit a transport of rank " + transport.rank() + " of "
                    + transport.size());
        }
        if (schedule.shape().elementBytes() != binding.type().bytes()) {
            throw new IllegalArgumentException(binding.type().label() + " has " + binding.type().bytes()
                    + " bytes, the schedule's elements have " + schedule.shape().elementBytes());
        }
        if (schedule.shape().collective().reduces() != (binding.op() != null)) {
            throw new IllegalArgumentException(
                    "op=" + binding.op() + " does not fit " + schedule.shape().collective().label());
        }
        int available = binding.totals().table().signals();
        if (binding.firstSignal() < 0 || schedule.signals() > available - binding.firstSignal()) {
            throw new IllegalArgumentException("signals " + binding.firstSignal() + " to "
                    + ((long) binding.firstSignal() + schedule.signals() - 1) + " do not fit a table of " + available);
        }
    }

    private void emit(Step step, int index) {
        try {
            switch (step) {
                case Step.Put put -> emitPut(put, index);
                case Step.Get get -> emitGet(get);
                case Step.Notify bump -> emitNotify(bump);
                case Step.Await await -> emitAwait(await);
                case Step.Reduce reduce -> emitReduce(reduce);
                case Step.Copy copy -> emitCopy(copy);
                case Step.Multicast cast -> emitMulticast(cast);
                case Step.Flush _ -> add(Opcode.FLUSH);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "rank " + schedule.rank() + " channel " + channel + " step " + index + ": " + e.getMessage()
                            + " in "
                            + step,
                    e);
        }
    }

    /** A gather is one put for each source; the signal goes with the last, and the wire keeps their order. */
    private void emitPut(Step.Put put, int index) {
        Slice target = put.target();
        int peer = checkPeer(target.rank());
        check(target);
        if (put.sources().isEmpty() || elements(put.sources()) != target.count()) {
            throw new IllegalArgumentException("sources and target differ in length");
        }
        long to = reference(target);
        for (int i = 0; i < put.sources().size(); i++) {
            Slice source = put.sources().get(i);
            checkOwn(source);
            long bytes = bytes(source);
            if (i < put.sources().size() - 1 || put.signal() == Step.NO_SIGNAL) {
                add(Opcode.PUT, peer, reference(source), to, bytes);
            } else {
                int signal = checkSignal(put.signal());
                boolean sole = put.sources().size() == 1 && bumps.soleAndLast(channel, index, peer, put.signal());
                add(
                        Opcode.PUT_NOTIFY,
                        peer,
                        reference(source),
                        to,
                        bytes,
                        binding.totals().table().outgoing(peer, signal),
                        binding.totals().sentSlot(peer, signal),
                        sole ? 1 : 0);
            }
            to += bytes;
        }
    }

    private void emitGet(Step.Get get) {
        int peer = checkPeer(get.source().rank());
        check(get.source());
        if (get.targets().isEmpty() || elements(get.targets()) != get.source().count()) {
            throw new IllegalArgumentException("source and targets differ in length");
        }
        long from = reference(get.source());
        for (Slice target : get.targets()) {
            checkOwn(target);
            add(Opcode.GET, peer, from, reference(target), bytes(target));
            from += bytes(target);
        }
    }

    private void emitNotify(Step.Notify bump) {
        int signal = checkSignal(bump.signal());
        SignalTotals totals = binding.totals();
        int slot = totals.sentSlot(bump.peer(), signal);
        if (bump.peer() == schedule.rank()) {
            add(Opcode.NOTIFY_SELF, slot);
        } else {
            int peer = checkPeer(bump.peer());
            add(Opcode.NOTIFY, peer, totals.table().outgoing(peer, signal), slot);
        }
    }

    private void emitAwait(Step.Await await) {
        int signal = checkSignal(await.signal());
        if (await.times() < 1) {
            throw new IllegalArgumentException("awaits " + await.times() + " bumps");
        }
        SignalTotals totals = binding.totals();
        int slot = totals.consumedSlot(await.peer(), signal);
        if (await.peer() == schedule.rank()) {
            add(Opcode.AWAIT_SELF, totals.sentSlot(await.peer(), signal), slot, await.times());
        } else {
            int peer = checkPeer(await.peer());
            add(Opcode.AWAIT, totals.table().incoming(peer, signal), slot, await.times());
        }
    }

    private void emitReduce(Step.Reduce reduce) {
        if (binding.op() == null) {
            throw new IllegalArgumentException("a reduction without an operation");
        }
        long elements = checkEqual(reduce.sources(), reduce.targets());
        int opcode = reduce.finish() ? Opcode.REDUCE_DIVIDE : Opcode.REDUCE;
        begin(opcode, 3 + reduce.sources().size() + reduce.targets().size());
        code.addLong(reduce.sources().size());
        code.addLong(reduce.targets().size());
        code.addLong(elements);
        reduce.sources().forEach(this::addAddress);
        reduce.targets().forEach(this::addAddress);
    }

    private void emitCopy(Step.Copy copy) {
        if (copy.sources().size() != copy.targets().size()) {
            throw new IllegalArgumentException("sources and targets are not pairs");
        }
        for (int i = 0; i < copy.sources().size(); i++) {
            Slice source = copy.sources().get(i);
            Slice target = copy.targets().get(i);
            checkEqual(List.of(source), List.of(target));
            begin(Opcode.COPY, 3);
            addAddress(source);
            addAddress(target);
            code.addLong(bytes(source));
        }
    }

    private void emitMulticast(Step.Multicast cast) {
        checkEqual(List.of(cast.source()), cast.targets());
        begin(Opcode.MULTICAST, 3 + cast.targets().size());
        code.addLong(cast.targets().size());
        code.addLong(bytes(cast.source()));
        addAddress(cast.source());
        cast.targets().forEach(this::addAddress);
    }

    private void add(int opcode, long... operands) {
        begin(opcode, operands.length);
        for (long operand : operands) {
            code.addLong(operand);
        }
    }

    /** Begins an instruction; so many words follow. */
    private void begin(int opcode, int operands) {
        code.addLong(Opcode.instruction(opcode, 1 + operands));
    }

    private long bytes(Slice slice) {
        return slice.count() * binding.type().bytes();
    }

    private static long elements(List<Slice> slices) {
        return slices.stream().mapToLong(Slice::count).sum();
    }

    /** Offset of a checked slice in its memory. */
    private long offset(Slice slice) {
        return binding.space(slice.space()).start(slice.rank()) + slice.offset() * binding.type().bytes();
    }

    private long reference(Slice slice) {
        Bindable memory = binding.space(slice.space()).memory();
        if (memory instanceof PrivateRegion && slice.rank() != schedule.rank()) {
            throw new IllegalArgumentException(slice + " is private memory, for which other ranks have no name");
        }
        return memory.reference(offset(slice));
    }

    /** Adds the address of an operand of a local step, which is the rank's own or can be reached directly. */
    private void addAddress(Slice slice) {
        check(slice);
        int rank = slice.rank();
        if (rank != schedule.rank() && !transport.capabilities(rank).contains(Capability.DIRECT_ACCESS)) {
            throw new IllegalArgumentException(slice + " needs DIRECT_ACCESS, which " + transport.name() + " lacks");
        }
        switch (binding.space(slice.space()).memory()) {
            case Region region -> code.addLong(region.directAddress(rank, offset(slice)));
            case PrivateRegion region -> {
                reference(slice); // refuses a peer's
                movable.computeIfAbsent(region, _ -> new IntArrayList()).addInt(code.size());
                code.addLong(region.address() + offset(slice));
            }
        }
    }

    private void checkOwn(Slice slice) {
        check(slice);
        if (slice.rank() != schedule.rank()) {
            throw new IllegalArgumentException(slice + " is not this rank's");
        }
    }

    private void check(Slice slice) {
        if (slice.rank() >= transport.size()) {
            throw new IllegalArgumentException(slice + ": there are " + transport.size() + " ranks");
        }
        BoundSpace space = binding.space(slice.space());
        if (slice.end() > space.elements()) {
            throw new IllegalArgumentException(slice + " ends behind its space of " + space.elements() + " elements");
        }
        long end = end(space, slice);
        if (end > space.memory().bytes()) {
            throw new IllegalArgumentException(slice + " ends at byte " + end + " of a window of "
                    + space.memory().bytes());
        }
    }

    /** Offset in its memory of the byte behind a slice; the largest number where it would be larger. */
    private long end(BoundSpace space, Slice slice) {
        long start = space.start(slice.rank());
        long width = binding.type().bytes();
        return slice.end() > (Long.MAX_VALUE - start) / width ? Long.MAX_VALUE : start + slice.end() * width;
    }

    private long checkEqual(List<Slice> sources, List<Slice> targets) {
        if (sources.isEmpty() || targets.isEmpty()) {
            throw new IllegalArgumentException("an operand is missing");
        }
        long elements = sources.getFirst().count();
        for (List<Slice> slices : List.of(sources, targets)) {
            for (Slice slice : slices) {
                if (slice.count() != elements) {
                    throw new IllegalArgumentException("operands differ in length");
                }
            }
        }
        return elements;
    }

    private int checkPeer(int peer) {
        if (peer < 0 || peer >= transport.size() || peer == schedule.rank()) {
            throw new IllegalArgumentException("rank " + peer + " is no peer");
        }
        return peer;
    }

    /** @return the index in the table that is used */
    private int checkSignal(int signal) {
        if (signal < 0 || signal >= schedule.signals()) {
            throw new IllegalArgumentException("signal " + signal + " of " + schedule.signals());
        }
        return binding.firstSignal() + signal;
    }
}
