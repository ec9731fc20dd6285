package org.fabricmark.engine;

import java.util.List;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.Step;
import org.fabricmark.transport.Region;

/** Binds steps that a test writes down: an all-reduce of 100 ints of two ranks, as rank 0, in one region of 4 KiB. */
final class ScriptedProgram {
    static final int COUNT = 100;
    static final int SIGNALS = 4;
    static final long OUTPUT_AT = 1024;
    static final long SCRATCH_AT = 2048;

    final ScriptedTransport transport;
    final Region region;
    private final SignalTotals totals;

    ScriptedProgram(ScriptedTransport transport) {
        this.transport = transport;
        this.region = transport.allocate(4096);
        this.totals = new SignalTotals(transport.allocateSignals(SIGNALS), 2);
    }

    static Slice slice(int rank, Space space, long offset, long count) {
        return new Slice(rank, space, offset, count);
    }

    @SafeVarargs
    final Program bind(List<Step>... channels) {
        return bind(binding(), channels);
    }

    Binding binding() {
        return new Binding(
                DataType.INT32,
                ReduceOp.SUM,
                BoundSpace.at(region, 0, COUNT),
                BoundSpace.at(region, OUTPUT_AT, COUNT),
                BoundSpace.at(region, SCRATCH_AT, 2 * COUNT),
                totals,
                0);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the list only reads it
    final Program bind(Binding binding, List<Step>... channels) {
        Shape shape = Shape.of(Collective.ALL_REDUCE, 2, COUNT, 4);
        return Binder.bind(new Schedule("scripted", shape, 0, List.of(channels), 2 * COUNT, SIGNALS), binding,
                transport);
    }
}
