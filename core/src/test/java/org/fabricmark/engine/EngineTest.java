package org.fabricmark.engine;

import static org.fabricmark.engine.ScriptedProgram.OUTPUT_AT;
import static org.fabricmark.engine.ScriptedProgram.SCRATCH_AT;
import static org.fabricmark.engine.ScriptedProgram.slice;
import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Step;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EngineTest {
    private static final long SHORT_NANOS = 50_000_000;

    private final ScriptedTransport transport = new ScriptedTransport(Capability.DIRECT_ACCESS);
    private final ScriptedProgram scripted = new ScriptedProgram(transport);
    private final Engine engine = new Engine(transport, Waiting.SPIN, SHORT_NANOS);

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    private int read(long offset) {
        return scripted.region.segment().get(ValueLayout.JAVA_INT, offset);
    }

    private void fillInput() {
        for (int i = 0; i < ScriptedProgram.COUNT; i++) {
            scripted.region.segment().setAtIndex(ValueLayout.JAVA_INT, i, 1000 + i);
        }
    }

    @Test
    void shouldSendAGatherAsPutsOfWhichTheLastHasTheSignal() {
        Step gather = new Step.Put(
                List.of(slice(0, INPUT, 3, 2), slice(0, OUTPUT, 0, 5)), slice(1, SCRATCH, 10, 7), 2);
        engine.run(scripted.bind(List.of(gather)));
        long to = SCRATCH_AT + 40;
        assertEquals(
                List.of(
                        "put 12->" + to + " 8 on 0",
                        "put " + OUTPUT_AT + "->" + (to + 8) + " 20 on 0 signal 2=1"),
                transport.calls);
    }

    @Test
    void shouldCarryTotalsFromCallToCall() {
        Program program = scripted.bind(List.of(new Step.Notify(1, 3), new Step.Await(1, 0, 2)));
        for (int call = 1; call <= 3; call++) {
            transport.arrive(0, 2L * call);
            engine.run(program);
        }
        assertEquals(List.of("notify 3=1 on 0", "notify 3=2 on 0", "notify 3=3 on 0"), transport.calls);
        transport.arrive(0, 7); // the fourth call needs 8
        assertThrows(FabricException.class, () -> engine.run(program));
    }

    @Test
    void shouldTryAgainWhenAWireHasNoRoom() {
        transport.refusals = 5;
        engine.run(scripted.bind(List.of(
                new Step.Notify(1, 0),
                new Step.Put(List.of(slice(0, INPUT, 0, 1)), slice(1, OUTPUT, 0, 1), Step.NO_SIGNAL),
                new Step.Put(List.of(slice(0, INPUT, 0, 1)), slice(1, OUTPUT, 0, 1), 1),
                new Step.Get(slice(1, INPUT, 0, 1), List.of(slice(0, OUTPUT, 0, 1))))));
        assertEquals(4, transport.calls.size(), transport.calls::toString);
        assertTrue(transport.progressCalls >= 4 * 4, "progress in between: " + transport.progressCalls);
    }

    @Test
    void shouldRunOtherChannelsWhileOneWaits() {
        transport.onProgress = () -> {
            if (transport.calls.contains("notify 1=1 on 1")) {
                transport.arrive(0, 1); // the peer answers what only channel 1 sends
            }
        };
        engine.run(scripted.bind(
                List.of(new Step.Await(1, 0, 1), new Step.Notify(0, 2)),
                List.of(new Step.Notify(1, 1), new Step.Await(0, 2, 1), new Step.Notify(1, 3))));
        assertEquals(List.of("notify 1=1 on 1", "notify 3=1 on 1"), transport.calls);
    }

    @Test
    void shouldWaitForFlushesAndUntilEverythingIsOnItsWay() {
        transport.unflushed = 10;
        transport.undrained = 7;
        engine.run(scripted.bind(List.of(new Step.Flush(), new Step.Notify(1, 0))));
        assertTrue(transport.unflushed < 0 && transport.undrained < 0, "left before the end");
    }

    @Test
    void shouldReduceCopyAndMulticast() {
        fillInput();
        engine.run(scripted.bind(List.of(
                new Step.Copy(
                        List.of(slice(0, SCRATCH, 0, 4), slice(0, SCRATCH, 4, 2)),
                        List.of(slice(0, INPUT, 10, 4), slice(0, INPUT, 0, 2))),
                new Step.Reduce(
                        List.of(slice(0, OUTPUT, 0, 6)),
                        List.of(slice(0, SCRATCH, 0, 6), slice(0, INPUT, 0, 6)),
                        false),
                new Step.Reduce(
                        List.of(slice(0, OUTPUT, 6, 1)),
                        List.of(slice(0, INPUT, 0, 1), slice(0, INPUT, 1, 1)),
                        true),
                new Step.Multicast(List.of(slice(0, OUTPUT, 10, 1), slice(0, OUTPUT, 20, 1)), slice(0, INPUT, 9, 1)))));
        assertEquals(1010 + 1000, read(OUTPUT_AT));
        assertEquals(1001 + 1005, read(OUTPUT_AT + 20));
        assertEquals((1000 + 1001) / 2, read(OUTPUT_AT + 24), "average of two ranks");
        assertEquals(1009, read(OUTPUT_AT + 40));
        assertEquals(1009, read(OUTPUT_AT + 80));
    }

    @Test
    void shouldReachAPeersMemoryDirectly() {
        fillInput();
        engine.run(scripted.bind(List.of(
                new Step.Multicast(List.of(slice(1, OUTPUT, 5, 1)), slice(0, INPUT, 3, 1)),
                new Step.Copy(List.of(slice(0, OUTPUT, 0, 1)), List.of(slice(1, OUTPUT, 5, 1))))));
        assertEquals(1003, read(OUTPUT_AT));
    }

    @Test
    void shouldMakeProgressBetweenTilesOfALongStep() {
        int elements = 200_000; // 800 kB: four tiles
        Region region = transport.allocate(3L * 4 * elements);
        SignalTotals totals = new SignalTotals(transport.allocateSignals(1), 2);
        Binding binding = new Binding(
                DataType.INT32,
                ReduceOp.SUM,
                BoundSpace.at(region, 0, elements),
                BoundSpace.at(region, 4L * elements, elements),
                BoundSpace.NONE,
                totals,
                0);
        for (int i = 0; i < elements; i++) {
            region.segment().setAtIndex(ValueLayout.JAVA_INT, i, i);
        }
        Schedule schedule = new Schedule(
                "long",
                Shape.of(Collective.ALL_REDUCE, 2, elements, 4),
                0,
                List.of(List.of(
                        new Step.Copy(List.of(slice(0, OUTPUT, 0, elements)), List.of(slice(0, INPUT, 0, elements))),
                        new Step.Reduce(
                                List.of(slice(0, OUTPUT, 0, elements)),
                                List.of(slice(0, INPUT, 0, elements), slice(0, OUTPUT, 0, elements)),
                                false),
                        new Step.Multicast(
                                List.of(slice(0, INPUT, 0, elements)), slice(0, OUTPUT, 0, elements)))),
                0,
                1);
        engine.run(Binder.bind(schedule, binding, transport));
        assertEquals(9, transport.progressCalls, "three steps of four tiles");
        for (int i : new int[] {0, 65_535, 65_536, elements - 1}) {
            assertEquals(2 * i, region.segment().getAtIndex(ValueLayout.JAVA_INT, i));
        }
    }

    @Test
    void shouldNameWhomItWaitedForAndWhere() {
        Program program = scripted.bind(
                List.of(new Step.Flush()), List.of(new Step.Notify(1, 0), new Step.Await(1, 2, 1), new Step.Flush()));
        FabricException e = assertThrows(FabricException.class, () -> engine.run(program));
        Failure failure = e.failure();
        assertEquals(Category.LINK_LOST, failure.category());
        assertEquals(List.of(0, 1, 2), List.of(failure.rank(), failure.peer(), failure.step()));
        assertTrue(failure.elapsedNanos() >= SHORT_NANOS);
        assertEquals("rank 0 waited 0.1 s for rank 1 at step 2 (await signal 2) over scripted", failure.what());
        assertEquals(failure, transport.aborted().orElseThrow(), "the others are told");
        assertFalse(engine.usable());
        assertEquals(failure, assertThrows(FabricException.class, () -> engine.run(program)).failure());
    }

    @Test
    void shouldStopWaitingWhenTheJobIsAborted() {
        Failure reason = Failure.of(Category.RANK_FAILED, 1, "scripted", "rank 1 ended");
        transport.onProgress = () -> transport.abort(reason);
        Engine patient = new Engine(transport, Waiting.YIELD, Long.MAX_VALUE);
        Program program = scripted.bind(List.of(new Step.Await(1, 2, 1)));
        assertEquals(
                reason, assertThrows(FabricException.class, () -> patient.run(program)).failure());
    }

    @Test
    void shouldStopWaitingWhenItsThreadIsInterrupted() {
        Program program = scripted.bind(List.of(new Step.Await(1, 2, 1)));
        Engine patient = new Engine(transport, Waiting.SPIN, Long.MAX_VALUE);
        Thread.currentThread().interrupt();
        FabricException e = assertThrows(FabricException.class, () -> patient.run(program));
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertEquals(Category.INTERRUPTED, e.failure().category());
    }

    @Test
    void shouldDoNothingForAnEmptySchedule() {
        engine.run(scripted.bind());
        engine.run(scripted.bind(List.of()));
        assertEquals(List.of(), transport.calls);
    }
}
