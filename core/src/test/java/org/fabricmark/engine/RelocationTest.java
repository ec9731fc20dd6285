package org.fabricmark.engine;

import static org.fabricmark.engine.ScriptedProgram.COUNT;
import static org.fabricmark.engine.ScriptedProgram.slice;
import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.schedule.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs whose input and output lie elsewhere in each call. */
class RelocationTest {
    private final ScriptedTransport transport = new ScriptedTransport();
    private final ScriptedProgram scripted = new ScriptedProgram(transport);
    private final Engine engine = new Engine(transport, Waiting.YIELD, 1_000_000_000);
    private final MovableRegion input = new MovableRegion(4L * COUNT);
    private final MovableRegion output = new MovableRegion(4L * COUNT);
    private final Arena arena = Arena.ofConfined();

    @AfterEach
    void close() {
        transport.close();
        arena.close();
    }

    private Binding binding() {
        Binding windows = scripted.binding();
        return new Binding(
                DataType.INT32, ReduceOp.SUM, BoundSpace.at(input, 0, COUNT), BoundSpace.at(output, 0, COUNT),
                windows.scratch(), windows.totals(), 0);
    }

    private MemorySegment filled(int first) {
        MemorySegment memory = arena.allocate(4L * COUNT, 64);
        for (int i = 0; i < COUNT; i++) {
            memory.setAtIndex(ValueLayout.JAVA_INT, i, first + i);
        }
        return memory;
    }

    @Test
    void shouldFollowBothBuffersFromCallToCall() {
        Program program = scripted.bind(binding(), List.of(
                new Step.Copy(List.of(slice(0, SCRATCH, 0, 5)), List.of(slice(0, INPUT, 10, 5))),
                new Step.Reduce(
                        List.of(slice(0, OUTPUT, 0, 5)), List.of(slice(0, SCRATCH, 0, 5), slice(0, INPUT, 0, 5)),
                        false),
                new Step.Multicast(List.of(slice(0, OUTPUT, 20, 1), slice(0, OUTPUT, 30, 1)), slice(0, INPUT, 7, 1))));
        MemorySegment[] outputs = {filled(0), filled(0), filled(0)};
        for (int call = 0; call < 6; call++) {
            MemorySegment from = filled(1000 * call);
            MemorySegment to = outputs[call % 3];
            input.place(from);
            output.place(to);
            program.relocate();
            engine.run(program);
            assertEquals(2 * 1000 * call + 10, to.getAtIndex(ValueLayout.JAVA_INT, 0));
            assertEquals(2 * 1000 * call + 18, to.getAtIndex(ValueLayout.JAVA_INT, 4));
            assertEquals(5, to.getAtIndex(ValueLayout.JAVA_INT, 5), "behind the result");
            assertEquals(1000 * call + 7, to.getAtIndex(ValueLayout.JAVA_INT, 20));
            assertEquals(1000 * call + 7, to.getAtIndex(ValueLayout.JAVA_INT, 30));
        }
    }

    @Test
    void shouldGiveTransfersTheSameReferencesWhereverTheRegionIs() {
        Program program = scripted.bind(binding(), List.of(
                new Step.Put(List.of(slice(0, INPUT, 3, 2)), slice(1, SCRATCH, 0, 2), Step.NO_SIGNAL)));
        for (int call = 0; call < 2; call++) {
            input.place(filled(call));
            program.relocate();
            engine.run(program);
        }
        assertEquals(2, transport.calls.size(), transport.calls.toString());
        assertTrue(transport.calls.getFirst().contains(Long.toString(input.reference(12))), transport.calls.toString());
        assertEquals(transport.calls.getFirst(), transport.calls.getLast());
    }

    @Test
    void shouldRefuseATransferThatNamesPrivateMemoryOfAPeer() {
        for (Step step : List.of(
                new Step.Put(List.of(slice(0, SCRATCH, 0, 2)), slice(1, OUTPUT, 0, 2), Step.NO_SIGNAL),
                new Step.Get(slice(1, INPUT, 0, 2), List.of(slice(0, SCRATCH, 0, 2))))) {
            String message = assertThrows(
                    IllegalArgumentException.class, () -> scripted.bind(binding(), List.of(step))).getMessage();
            assertTrue(message.contains("is private memory, for which other ranks have no name"), message);
        }
    }
}
