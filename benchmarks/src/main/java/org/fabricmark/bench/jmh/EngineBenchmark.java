package org.fabricmark.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.Shape;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Binder;
import org.fabricmark.engine.Binding;
import org.fabricmark.engine.BoundSpace;
import org.fabricmark.engine.CallQueue;
import org.fabricmark.engine.Engine;
import org.fabricmark.engine.PendingCall;
import org.fabricmark.engine.Program;
import org.fabricmark.engine.SignalTotals;
import org.fabricmark.engine.Waiting;
import org.fabricmark.schedule.ScheduleBuilder;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the engine itself costs: a call without steps, and steps that move nothing, on one rank. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark extends MeasuredInForks {
    private static final int PAIRS = 500;
    private static final int STEPS = 2 * PAIRS;

    private Transport transport;
    private Engine engine;
    private final PendingCall call = new PendingCall();
    private CallQueue queue;
    private Program empty;
    private Program steps;

    /** Opens a transport of one rank and binds both schedules. */
    @Setup(Level.Trial)
    public void open() {
        Job job = Job.create(1, new TransportSpec("shm", java.util.Map.of()));
        transport = job.open(0);
        engine = new Engine(transport, Waiting.SPIN, CommunicatorConfig.DEFAULT_TIMEOUT.toNanos());
        empty = bind(0);
        queue = new CallQueue(engine, empty); // no call needs a barrier
        steps = bind(PAIRS);
    }

    /** A schedule that {@code pairs} times notifies its own rank and awaits that. */
    private Program bind(int pairs) {
        ScheduleBuilder builder = new ScheduleBuilder();
        for (int pair = 0; pair < pairs; pair++) {
            builder.notifyPeer(0, 0);
            builder.await(0, 0, 1);
        }
        Shape shape = Shape.of(Collective.BARRIER, 1, 0, DataType.INT32.bytes());
        SignalTotals totals = new SignalTotals(transport.allocateSignals(1), 1);
        Binding binding =
                new Binding(DataType.INT32, null, BoundSpace.NONE, BoundSpace.NONE, BoundSpace.NONE, totals, 0);
        return Binder.bind(builder.build("notify-await", shape, 0, 0, 1), binding, transport);
    }

    /** Closes the transport. */
    @TearDown(Level.Trial)
    public void close() {
        transport.close();
    }

    /** A call that moves nothing. */
    @Benchmark
    public void emptySchedule() {
        engine.run(empty);
    }

    /** The same call, started and awaited. */
    @Benchmark
    public void startedSchedule() {
        queue.start(call, empty, 0, 0, false);
        queue.await(call);
    }

    /** One step that moves nothing, of a schedule of {@value #STEPS}. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void step() {
        engine.run(steps);
    }
}
