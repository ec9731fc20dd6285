package org.fabricmark.communicator;

import java.util.Optional;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.Shape;
import org.fabricmark.engine.Binder;
import org.fabricmark.engine.Binding;
import org.fabricmark.engine.BoundSpace;
import org.fabricmark.engine.CallQueue;
import org.fabricmark.engine.Engine;
import org.fabricmark.engine.PendingCall;
import org.fabricmark.engine.Program;
import org.fabricmark.engine.SignalTotals;
import org.fabricmark.schedule.Lanes;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.lowering.Lowering;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.Registrar;
import org.fabricmark.transport.RegistrationCounters;
import org.fabricmark.transport.Transport;

/**
 * One rank's handle on a group of ranks: makes windows and plans, and owns their lifetimes and the transport's.
 *
 * <p>All ranks make the same calls in the same order: {@link #allocate}, {@link #plan}, {@link Plan#execute},
 * {@link Plan#start}, {@link #barrier}, and closing. What a plan's call may overlap with is decided by {@link Lanes}; where a
 * lane would be used again too early a barrier runs first. Requests may be tested and awaited in any order, which may differ
 * between ranks.
 *
 * <p>Calls that were started and are not over make progress in every call of the communicator, its plans and their requests, and
 * only there. As many as half the lanes are under way at once: two, or one where scratch is large. Those behind them wait in the
 * order in which they were started. {@link #allocate}, {@link #plan} and all closing wait until every call is over.
 *
 * <p>Failure: when any rank fails, every rank's current or next call throws a {@link FabricException} with the same facts,
 * within the timeout; then only {@link #close} works.
 *
 * <p>Thread rule: one thread, the rank's, which also opened the transport.
 */
public final class Communicator implements AutoCloseable {
    private static final int LANES = 4;
    private static final int LANES_WHEN_LARGE = 2;

    private static final long FIRST_LANE_BYTES = 64 * 1024;
    private static final int FIRST_LANE_SIGNALS = 8;
    private static final Program[] NOTHING = {};

    private final Thread owner = Thread.currentThread();
    private final Transport transport;
    private final CommunicatorConfig config;
    private final Engine engine;
    private final Program barrier;
    private final CallQueue queue;
    private final PendingCall barrierCall = new PendingCall();
    private final Agreement agreement;
    private Lanes lanes = new Lanes(LANES);
    private LaneMemory memory;
    private int windows;

    private Communicator(Transport transport, CommunicatorConfig config) {
        this.transport = transport;
        this.config = config;
        this.engine = new Engine(transport, config.waiting(), config.timeout().toNanos());
        this.barrier = bindBarrier();
        this.queue = new CallQueue(engine, barrier);
        this.memory = new LaneMemory(transport, LANES, FIRST_LANE_BYTES, FIRST_LANE_SIGNALS);
        this.agreement = new Agreement(this, allocate(Agreement.windowBytes(size())));
    }

    /**
     * The communicator of all ranks of {@code transport}, which it owns from now on, also when this throws. Collective.
     *
     * @throws FabricException when a rank does not come, or memory is short
     */
    public static Communicator over(Transport transport, CommunicatorConfig config) {
        try {
            return new Communicator(transport, config);
        } catch (RuntimeException e) {
            transport.abort(failureOf(e, transport));
            try (transport) {
                throw e;
            }
        }
    }

    private Program bindBarrier() {
        Emission emission =
                new Emission(Algorithms.barrier(), Shape.of(Collective.BARRIER, size(), 0, DataType.INT32.bytes()));
        SignalTotals totals =
                new SignalTotals(transport.allocateSignals(Math.max(1, emission.signals())), size());
        Binding binding = new Binding(
                DataType.INT32, null, BoundSpace.NONE, BoundSpace.NONE, BoundSpace.NONE, totals, 0);
        return Binder.bind(emission.schedule(rank()), binding, transport);
    }

    /** This rank, from 0. */
    public int rank() {
        return transport.rank();
    }

    /** How many ranks. */
    public int size() {
        return transport.size();
    }

    /** Name of the transport with the options that are not at their defaults. */
    public String transport() {
        return transport.name();
    }

    /**
     * Allocates {@code bytes} bytes on every rank, zeros at first. Collective; returns when all parts can be accessed.
     *
     * @throws FabricException {@code NO_ROOM} when memory is short
     */
    public Window allocate(long bytes) {
        checkThread();
        awaitAll();
        return new Window(this, transport.allocate(bytes), windows++);
    }

    /**
     * Plans a call: emits its schedule, lowers it for this transport, checks and binds it. Collective; may allocate scratch.
     *
     * @throws IllegalArgumentException when the algorithm does not take this shape, or a buffer does not fit its window
     * @throws FabricException {@code PROGRAM_WRONG} when the ranks plan different calls
     */
    public Plan plan(PlanRequest request) {
        checkThread();
        return plan(request, CallSpaces.inWindows(this, request));
    }

    /** Plans a call on {@code spaces}. */
    Plan plan(PlanRequest request, CallSpaces spaces) {
        awaitAll();
        Schedule schedule = schedule(request, spaces);
        long scratchBytes =
                agreement.settle(spaces.agreed(), schedule.scratchElements() * request.type().bytes());
        ensure(scratchBytes, schedule.signals());
        return bind(request, spaces, schedule);
    }

    /** Returns when all ranks have called it; calls that were started before need not be over then. */
    public void barrier() {
        checkThread();
        if (queue.isEmpty()) {
            engine.run(barrier);
        } else {
            queue.start(barrierCall, barrier, lanes.calls(), lanes.over(), false);
            queue.await(barrierCall);
        }
        lanes.barrierRan();
    }

    /**
     * Moves what can be moved in calls that were started, and returns. Ranks need not agree on when they call it.
     *
     * @throws FabricException when a rank failed
     */
    public void progress() {
        checkThread();
        queue.progress();
    }

    /** What registers private memory where it is, so that calls on it need no copy; nothing where it cannot be registered. */
    Optional<Registrar> registrar() {
        checkThread();
        return transport.registrar();
    }

    /** How well registrations of private memory were used again on this rank; nothing where private memory is copied. */
    public Optional<RegistrationCounters> registrations() {
        checkThread();
        return transport.registrar().map(Registrar::counters);
    }

    /** Why the job has ended, once it has; for waits of the caller that are no calls of this communicator. */
    public Optional<Failure> aborted() {
        checkThread();
        return transport.aborted();
    }

    private static Failure failureOf(Throwable cause, Transport transport) {
        return FabricException.failureOf(cause, transport.rank(), transport.name());
    }

    /** Ends the job because of {@code cause}: every rank's next wait throws. The rank itself should then close. */
    public void abort(Throwable cause) {
        transport.abort(failureOf(cause, transport));
    }

    /**
     * Leaves the group, and closes all windows and plans. A barrier, before which calls that were started are finished; unless the
     * job has failed.
     *
     * @throws FabricException when a rank does not come within the timeout
     */
    @Override
    public void close() {
        checkThread();
        try (transport) {
            if (transport.aborted().isEmpty() && engine.usable()) {
                queue.awaitAll();
            }
        }
    }

    /** Makes one call: the barrier if the lane would come back too early, then the program of its lane. */
    void execute(PendingCall call, Program[] programs, boolean synchronising) {
        assert isOwner();
        if (!queue.isEmpty()) {
            enqueue(call, programs, synchronising, false);
            queue.await(call);
            return;
        }
        if (lanes.barrierFirst()) {
            engine.run(barrier);
        }
        engine.run(programs[lanes.next(synchronising)]);
    }

    /** Starts one call. */
    void start(PendingCall call, Program[] programs, boolean synchronising) {
        assert isOwner();
        enqueue(call, programs, synchronising, true);
    }

    private void enqueue(PendingCall call, Program[] programs, boolean synchronising, boolean started) {
        long number = lanes.calls();
        long after = lanes.over();
        boolean barrierFirst = lanes.barrierFirst();
        int lane = started ? lanes.nextStarted(synchronising) : lanes.next(synchronising);
        queue.start(call, programs[lane], number, after, barrierFirst);
    }

    boolean test(PendingCall call) {
        assert isOwner();
        return queue.test(call);
    }

    void await(PendingCall call) {
        assert isOwner();
        queue.await(call);
    }

    /** Whether a call has failed, here or as far as this rank has seen. */
    boolean failed() {
        return !engine.usable();
    }

    /** Before memory comes or goes: peers may need this rank's progress, which ends while it waits for them to map files. */
    private void awaitAll() {
        if (engine.usable()) {
            queue.awaitAll();
            lanes.allOver();
        }
    }

    private boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    /** Binds a request whose needs the present lanes hold on every rank. */
    Plan bind(PlanRequest request) {
        CallSpaces spaces = CallSpaces.inWindows(this, request);
        return bind(request, spaces, schedule(request, spaces));
    }

    private Schedule schedule(PlanRequest request, CallSpaces spaces) {
        Emission emission = new Emission(request.algorithm(), spaces.shape());
        return Lowering.lower(emission.schedule(rank()), (_, peer) -> reaches(peer));
    }

    /** Whether this rank can load from and store to {@code peer}'s memory. */
    boolean reaches(int peer) {
        return transport.capabilities(peer).contains(Capability.DIRECT_ACCESS);
    }

    private Plan bind(PlanRequest request, CallSpaces spaces, Schedule schedule) {
        Shape shape = schedule.shape();
        Program[] programs = shape.isEmpty() ? NOTHING : new Program[memory.lanes()];
        for (int lane = 0; lane < programs.length; lane++) {
            Binding binding = new Binding(
                    request.type(),
                    request.op(),
                    spaces.input(),
                    spaces.output(),
                    memory.scratch(lane, shape.elementBytes()),
                    memory.totals(),
                    memory.firstSignal(lane));
            programs[lane] = Binder.bind(schedule, binding, transport);
        }
        memory.retain();
        if (shape.collective().movesData()) {
            request.input().window().retain();
            request.output().window().retain();
        }
        boolean synchronising = new Emission(request.algorithm(), shape).synchronising();
        return new Plan(this, request, schedule, synchronising, memory, programs);
    }

    /** Makes larger lanes when the present ones are too small; the same decision on every rank. */
    private void ensure(long scratchBytes, int signals) {
        if (memory.holds(scratchBytes, signals)) {
            return;
        }
        long laneBytes = Math.max(memory.laneBytes(), scratchBytes);
        if (laneBytes <= config.largeScratchBytes()) {
            laneBytes = Math.max(FIRST_LANE_BYTES, Long.highestOneBit(2 * laneBytes - 1));
        } else if (lanes.count() > LANES_WHEN_LARGE) {
            engine.run(barrier); // orders all calls so far before those of the new, smaller number of lanes
            lanes = new Lanes(LANES_WHEN_LARGE);
        }
        LaneMemory former = memory;
        memory = new LaneMemory(transport, lanes.count(), laneBytes, Math.max(former.laneSignals(), signals));
        if (former.unused()) {
            engine.run(barrier);
            former.close();
        }
    }

    /** A plan was closed. */
    void closed(PlanRequest request, LaneMemory used) {
        checkThread();
        awaitAll();
        if (request.algorithm().collective().movesData()) {
            request.input().window().release();
            request.output().window().release();
        }
        if (used.release() && used != memory && engine.usable()) {
            engine.run(barrier);
            used.close();
        }
    }

    /** A window was closed. After a failure its memory stays until the communicator closes, for there is no barrier. */
    void closed(Region region) {
        checkThread();
        awaitAll();
        if (engine.usable()) {
            engine.run(barrier);
            region.close();
        }
    }

    /** Tells all ranks. */
    FabricException fail(Failure failure) {
        transport.abort(failure);
        return new FabricException(failure);
    }

    private void checkThread() {
        if (!isOwner()) {
            throw new IllegalStateException("rank " + rank() + " belongs to thread " + owner.getName() + ", not to "
                    + Thread.currentThread().getName());
        }
    }
}
