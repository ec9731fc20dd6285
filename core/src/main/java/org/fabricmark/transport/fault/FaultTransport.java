package org.fabricmark.transport.fault;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;

/**
 * One rank's attachment with things that go wrong. An operation is a put, a get or a bump that this rank issues; attaching,
 * allocating and closing are none. Each is counted when it is accepted, waits in its {@code FaultyWire}, and keeps its place
 * there unless its fault is to lose it. What is said of {@link Transport} holds for whatever is not at fault.
 *
 * <p>It allocates and looks at the clock on the step path, and makes the transport's small data travel as the rest: times
 * under faults are no measurements of the transport.
 */
public final class FaultTransport implements Transport {
    private static final int MOST_POLLS = 64;

    /** A counter that this rank raises. */
    private record Counter(int peer, long signal) {
        static Counter of(Operation operation) {
            return new Counter(operation.peer(), operation.signal());
        }
    }

    private final Transport transport;
    private final String name;
    private final RankEnd end;
    private final SplittableRandom random;
    private final List<FaultTrigger> triggers = new ArrayList<>();
    private final Staging staging;
    private final List<FaultRegion> regions = new ArrayList<>();
    private final Map<Long, Integer> sources = new HashMap<>();

    /** How many bumps of each counter are lost. The name of a counter may be the same at several peers. */
    private final Map<Counter, Long> lostBumps = new HashMap<>();

    private final List<List<FaultyWire>> wires = new ArrayList<>();
    private final boolean[] cut;
    private final List<Operation> lostGets = new ArrayList<>();
    private final List<Operation> corruptGets = new ArrayList<>();
    private long operations;
    private boolean closed;

    private FaultTransport(Transport transport, FaultPlan plan, Duration deadline, boolean ownProcess) {
        this.transport = transport;
        this.name = plan.over(TransportSpec.parse(transport.name())).toString();
        this.end = new RankEnd(this, deadline, ownProcess);
        this.random = new SplittableRandom(31 * plan.seed() + transport.rank());
        this.cut = new boolean[transport.size()];
        for (Fault fault : plan.faults()) {
            SplittableRandom own = random.split(); // of every fault, so that none depends on which others concern this rank
            if (fault.concerns(transport.rank())) {
                triggers.add(new FaultTrigger(fault, own));
            }
        }
        boolean stages = plan.faults().stream()
                .anyMatch(fault -> fault.kind() == FaultKind.CORRUPT || fault.kind() == FaultKind.DUPLICATE);
        this.staging = stages ? new Staging(transport) : null;
        for (int peer = 0; peer < transport.size(); peer++) {
            wires.add(new ArrayList<>());
        }
    }

    /**
     * Wraps {@code transport}, which it owns from now on, also when this throws. Collective.
     *
     * @param deadline how long a rank hangs at most, twice over
     * @param ownProcess whether the rank is alone in its process, so that killing it is halting the process
     */
    public static FaultTransport over(Transport transport, FaultPlan plan, Duration deadline, boolean ownProcess) {
        try {
            plan.checkRanks(transport.size());
            return new FaultTransport(transport, plan, deadline, ownProcess);
        } catch (RuntimeException e) {
            try (transport) {
                transport.abort(e instanceof FabricException known ? known.failure()
                        : Failure.of(Category.PROGRAM_WRONG, transport.rank(), transport.name(), e.getMessage()));
                throw e;
            }
        }
    }

    @Override
    public boolean put(int peer, int channel, long from, long to, long bytes) {
        return accept(Operation.put(peer, channel, from, to, bytes));
    }

    @Override
    public boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump) {
        return accept(
                new Operation(
                        Operation.Verb.PUT_AND_NOTIFY, peer, channel, from, to, bytes, signal, total, soleBump));
    }

    @Override
    public boolean notifyPeer(int peer, int channel, long signal, long total) {
        return accept(Operation.bump(peer, channel, signal, total));
    }

    @Override
    public boolean get(int peer, int channel, long from, long to, long bytes) {
        return accept(Operation.get(peer, channel, from, to, bytes));
    }

    private boolean accept(Operation asked) {
        FaultyWire wire = wire(asked.peer(), asked.channel());
        wire.pump();
        if (!wire.hasRoom()) {
            return false;
        }
        operations++;
        Operation operation = asked;
        if (asked.bumps()) {
            operation = asked.withTotal(asked.total() - lostBumps.getOrDefault(Counter.of(asked), 0L));
        }
        Fault fault = faultOf(operation);
        if (fault != null) {
            happen(fault, operation, wire);
        } else if (cut[operation.peer()]) {
            lose(operation);
        } else {
            wire.add(operation);
        }
        wire.pump();
        return true;
    }

    private Fault faultOf(Operation operation) {
        Fault first = null;
        for (FaultTrigger trigger : triggers) {
            if (trigger.happensTo(operation) && first == null) {
                first = trigger.fault();
            }
        }
        return first;
    }

    private void happen(Fault fault, Operation operation, FaultyWire wire) {
        switch (fault.kind()) {
            case DROP -> lose(operation);
            case DELAY -> {
                if (fault.delay().isZero()) {
                    wire.addForPolls(operation, 1 + random.nextInt(MOST_POLLS));
                } else {
                    wire.addForNanos(operation, fault.delay().toNanos());
                }
            }
            case DUPLICATE -> duplicate(operation, wire);
            case REORDER -> reorder(operation, wire);
            case CORRUPT -> corrupt(operation, wire);
            case DISCONNECT -> {
                for (int peer = 0; peer < cut.length; peer++) {
                    cut[peer] |= fault.peer() == Fault.ANY || fault.peer() == peer;
                }
                lose(operation);
            }
            case KILL, THROW, HANG -> throw end.of(fault, operations);
        }
    }

    private void lose(Operation operation) {
        if (operation.bumps()) {
            lostBumps.merge(Counter.of(operation), 1L, Long::sum);
        }
        if (operation.verb() == Operation.Verb.GET) {
            lostGets.add(operation);
        }
    }

    private void duplicate(Operation operation, FaultyWire wire) {
        int slot = operation.writes() ? staging.take() : Staging.NONE;
        if (slot != Staging.NONE) {
            long bytes = Math.min(operation.bytes(), Staging.SLOT_BYTES);
            staging.memory(slot).asSlice(0, bytes).copyFrom(local(operation.from(), bytes));
            wire.add(operation);
            wire.repeatBeforeNext(
                    slot,
                    Operation.put(
                            operation.peer(), operation.channel(), staging.reference(slot), operation.to(), bytes));
        } else {
            wire.add(operation);
        }
        if (operation.bumps()) {
            wire.add(operation.withoutData());
        }
    }

    private static void reorder(Operation operation, FaultyWire wire) {
        if (operation.verb() == Operation.Verb.PUT_AND_NOTIFY) {
            wire.add(operation.withoutData());
            wire.addBehindNext(operation.withoutBump());
        } else {
            wire.addBehindNext(operation);
        }
    }

    /** A put with the flipped bit follows the data, and the bump follows both; a get is corrupted where it has arrived. */
    private void corrupt(Operation operation, FaultyWire wire) {
        if (operation.verb() == Operation.Verb.GET) {
            corruptGets.add(operation);
            wire.add(operation);
            return;
        }
        int slot = staging.take();
        if (slot == Staging.NONE) {
            wire.add(operation);
            return;
        }
        long at = random.nextLong(operation.bytes());
        MemorySegment wrong = staging.memory(slot).asSlice(0, 1).copyFrom(local(operation.from() + at, 1));
        flipBit(wrong);
        wire.add(operation.withoutBump());
        wire.addFrom(
                slot,
                Operation.put(
                        operation.peer(), operation.channel(), staging.reference(slot), operation.to() + at, 1));
        if (operation.bumps()) {
            wire.add(operation.withoutData());
        }
    }

    private void flipBit(MemorySegment oneByte) {
        int flipped = oneByte.get(ValueLayout.JAVA_BYTE, 0) ^ 1 << random.nextInt(Byte.SIZE);
        oneByte.set(ValueLayout.JAVA_BYTE, 0, (byte) flipped);
    }

    private FaultyWire wire(int peer, int channel) {
        List<FaultyWire> ofPeer = wires.get(peer);
        while (ofPeer.size() <= channel) {
            ofPeer.add(new FaultyWire(transport, staging));
        }
        return ofPeer.get(channel);
    }

    private MemorySegment local(long reference, long bytes) {
        for (FaultRegion region : regions) {
            if (region.holds(reference)) {
                return region.slice(reference, bytes);
            }
        }
        throw new IllegalArgumentException("reference=" + reference + " is in no open region");
    }

    @Override
    public boolean flushed(int channel) {
        for (List<FaultyWire> ofPeer : wires) {
            if (channel < ofPeer.size() && !ofPeer.get(channel).idle()) {
                return false;
            }
        }
        if (lostGets.stream().anyMatch(get -> get.channel() == channel) || !transport.flushed(channel)) {
            return false;
        }
        for (Operation get : corruptGets) {
            if (get.channel() == channel) {
                flipBit(local(get.to() + random.nextLong(get.bytes()), 1));
            }
        }
        corruptGets.removeIf(get -> get.channel() == channel);
        return true;
    }

    @Override
    public boolean arrived(long signal, long total) {
        return !cut[sources.get(signal)] && transport.arrived(signal, total);
    }

    @Override
    public boolean drained() {
        return nothingHeld() && transport.drained();
    }

    private boolean nothingHeld() {
        for (List<FaultyWire> ofPeer : wires) {
            for (FaultyWire wire : ofPeer) {
                if (!wire.idle()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Awake as long as an operation waits here, for nobody else ends its wait. */
    @Override
    public boolean rest() {
        return nothingHeld() ? transport.rest() : Transport.super.rest();
    }

    @Override
    public void progress() {
        wires.forEach(ofPeer -> ofPeer.forEach(FaultyWire::pump));
        transport.progress();
    }

    @Override
    public int pollsPerProgress() {
        return 1;
    }

    @Override
    public int rank() {
        return transport.rank();
    }

    @Override
    public int size() {
        return transport.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Capability> capabilities(int peer) {
        return peer == rank() ? transport.capabilities(peer) : Set.of();
    }

    @Override
    public Region allocate(long bytes) {
        FaultRegion region = new FaultRegion(this, transport.allocate(bytes));
        regions.add(region);
        return region;
    }

    void forget(FaultRegion region) {
        regions.remove(region);
        wires.forEach(
                ofPeer -> ofPeer.forEach(wire -> wire.forgetRepetitions(operation -> region.holds(operation.to()))));
    }

    @Override
    public SignalTable allocateSignals(int signals) {
        SignalTable table = transport.allocateSignals(signals);
        for (int peer = 0; peer < size(); peer++) {
            for (int signal = 0; signal < signals; signal++) {
                sources.put(table.incoming(peer, signal), peer);
            }
        }
        return table;
    }

    @Override
    public void abort(Failure failure) {
        transport.abort(failure);
    }

    @Override
    public int silentRank(int peer) {
        return transport.silentRank(peer);
    }

    @Override
    public Optional<Failure> aborted() {
        return transport.aborted()
                .map(seen -> new Failure(
                        seen.category(), seen.rank(), seen.peer(), seen.step(), name, seen.elapsedNanos(),
                        seen.what()));
    }

    /** As in the interface; also refuses to pass for a run under a fault that has not happened. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean complete = transport.aborted().isEmpty();
        transport.close();
        for (FaultTrigger trigger : triggers) {
            if (complete && trigger.missed()) {
                throw new FabricException(
                        Failure.of(
                                Category.PROGRAM_WRONG,
                                rank(),
                                name,
                                "fault '" + trigger.fault() + "' has not happened: rank " + rank() + " made "
                                        + trigger.count() + " operations of its kind"));
            }
        }
    }
}
