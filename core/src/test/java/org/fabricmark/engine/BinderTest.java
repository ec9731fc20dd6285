package org.fabricmark.engine;

import static org.fabricmark.engine.ScriptedProgram.COUNT;
import static org.fabricmark.engine.ScriptedProgram.slice;
import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Step;
import org.fabricmark.transport.Capability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BinderTest {
    private final ScriptedTransport transport = new ScriptedTransport();
    private final ScriptedProgram scripted = new ScriptedProgram(transport);

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    private void assertRefused(String part, Step step) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> scripted.bind(List.of(), List.of(new Step.Flush(), step)));
        assertTrue(e.getMessage().startsWith("rank 0 channel 1 step 1: "), e.getMessage());
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void shouldRefuseSlicesThatEndBehindTheirSpace() {
        assertRefused(
                "ends behind its space of 100 elements",
                new Step.Put(List.of(slice(0, INPUT, 0, 8)), slice(1, OUTPUT, COUNT - 7, 8), 0));
        assertRefused(
                "ends behind its space",
                new Step.Put(List.of(slice(0, INPUT, COUNT, 1)), slice(1, OUTPUT, 0, 1), Step.NO_SIGNAL));
        assertRefused(
                "ends behind its space",
                new Step.Copy(List.of(slice(0, SCRATCH, 0, 201)), List.of(slice(0, SCRATCH, 0, 201))));
        assertRefused(
                "ends behind its space",
                new Step.Get(slice(1, SCRATCH, 200, 1), List.of(slice(0, OUTPUT, 0, 1))));
    }

    @Test
    void shouldRefuseASpaceThatEndsBehindItsWindow() {
        Binding tooFar = new Binding(
                DataType.INT32,
                ReduceOp.SUM,
                BoundSpace.at(scripted.region, 4096 - 100, COUNT),
                scripted.binding().output(),
                scripted.binding().scratch(),
                scripted.binding().totals(),
                0);
        Step step = new Step.Copy(List.of(slice(0, OUTPUT, 0, 26)), List.of(slice(0, INPUT, 0, 26)));
        String message = assertThrows(IllegalArgumentException.class, () -> scripted.bind(tooFar, List.of(step)))
                .getMessage();
        assertTrue(message.contains("ends at byte 4100 of a window of 4096"), message);
    }

    @Test
    void shouldRefuseOperandsOfDifferentLength() {
        assertRefused(
                "differ in length",
                new Step.Put(List.of(slice(0, INPUT, 0, 8)), slice(1, OUTPUT, 0, 9), 0));
        assertRefused(
                "differ in length", new Step.Get(slice(1, INPUT, 0, 8), List.of(slice(0, OUTPUT, 0, 9))));
        assertRefused(
                "differ in length",
                new Step.Reduce(
                        List.of(slice(0, OUTPUT, 0, 4)),
                        List.of(slice(0, INPUT, 0, 4), slice(0, SCRATCH, 0, 5)),
                        false));
        assertRefused(
                "not pairs",
                new Step.Copy(List.of(slice(0, OUTPUT, 0, 4)), List.of(slice(0, INPUT, 0, 4), slice(0, INPUT, 4, 4))));
        assertRefused("an operand is missing", new Step.Multicast(List.of(), slice(0, INPUT, 0, 4)));
    }

    @Test
    void shouldRefuseRanksAndSignalsThatThereAreNot() {
        assertRefused("rank 2 is no peer", new Step.Await(2, 0, 1));
        assertRefused("rank -1 is no peer", new Step.Notify(-1, 0));
        assertRefused("signal 4 of 4", new Step.Await(1, 4, 1));
        assertRefused("signal -1 of 4", new Step.Notify(1, -1));
        assertRefused("awaits 0 bumps", new Step.Await(1, 0, 0));
        assertRefused("rank 0 is no peer", new Step.Put(List.of(slice(0, INPUT, 0, 1)), slice(0, OUTPUT, 0, 1), 0));
        assertRefused("is not this rank's", new Step.Put(List.of(slice(1, INPUT, 0, 1)), slice(1, OUTPUT, 0, 1), 0));
        assertRefused("there are 2 ranks", new Step.Multicast(List.of(slice(2, INPUT, 0, 1)), slice(0, INPUT, 0, 1)));
    }

    @Test
    void shouldRefuseRemoteOperandsWithoutDirectAccess() {
        Step remote = new Step.Multicast(List.of(slice(1, OUTPUT, 0, 4)), slice(0, INPUT, 0, 4));
        assertRefused("needs DIRECT_ACCESS, which scripted lacks", remote);
        ScriptedTransport direct = new ScriptedTransport(Capability.DIRECT_ACCESS);
        assertEquals(1, new ScriptedProgram(direct).bind(List.of(remote)).channels());
        direct.close();
    }

    @Test
    void shouldRefuseABindingOfAnotherWidth() {
        Binding wide = new Binding(
                DataType.DOUBLE,
                ReduceOp.SUM,
                BoundSpace.NONE,
                BoundSpace.NONE,
                BoundSpace.NONE,
                scripted.binding().totals(),
                0);
        assertThrows(IllegalArgumentException.class, () -> scripted.bind(wide, List.of(new Step.Flush())));
    }

    @Test
    void shouldLetDataTravelInASignalOnlyIfItIsBumpedOnceAndLastOnItsWire() {
        Step.Put put = new Step.Put(List.of(slice(0, INPUT, 0, 2)), slice(1, OUTPUT, 0, 2), 1);
        assertSole(true, List.of(put));
        assertSole(true, List.of(new Step.Notify(1, 0), put));
        assertSole(false, List.of(put, new Step.Notify(1, 0)));
        assertSole(false, List.of(new Step.Notify(1, 1), put));
        assertSole(true, List.of(put), List.of(new Step.Notify(1, 0)));
        assertSole(false, List.of(put), List.of(new Step.Notify(1, 1)));
        assertSole(
                false,
                List.of(new Step.Put(
                        List.of(slice(0, INPUT, 0, 1), slice(0, INPUT, 5, 1)), slice(1, OUTPUT, 0, 2), 1)));
    }

    /** 12 elements are the 48 bytes that fit beside a counter; the binder does not look at the size, transports do. */
    @Test
    void shouldLetTheDataOfOneShotTravelInTheirSignals() {
        Algorithm oneShot = Algorithms.named(Collective.ALL_REDUCE, "one-shot").orElseThrow();
        transport.arrive(0, 1);
        assertSole(true,
                new Emission(oneShot, Shape.of(Collective.ALL_REDUCE, 2, 12, 4)).schedule(0).channels().getFirst());
        assertEquals(1, transport.calls.stream().filter(call -> call.startsWith("put")).count(),
                transport.calls::toString);
    }

    @SafeVarargs
    private void assertSole(boolean expected, List<Step>... channels) {
        transport.calls.clear();
        new Engine(transport, Waiting.SPIN, 1_000_000_000).run(scripted.bind(channels));
        assertEquals(
                expected,
                transport.calls.stream().anyMatch(call -> call.endsWith("sole")),
                transport.calls::toString);
    }
}
