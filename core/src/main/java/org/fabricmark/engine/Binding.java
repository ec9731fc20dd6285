package org.fabricmark.engine;

import java.util.Objects;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.schedule.Space;

/**
 * What a schedule is bound to: the values that its shape leaves open.
 *
 * @param type element type, as wide as the shape says
 * @param op operation; null where the collective does not reduce
 * @param input where {@link Space#INPUT} lies
 * @param output where {@link Space#OUTPUT} lies
 * @param scratch where {@link Space#SCRATCH} lies, as far as it may be used
 * @param totals the books of the signal table that is used
 * @param firstSignal which index of that table is the schedule's signal 0
 */
public record Binding(
        DataType type,
        ReduceOp op,
        BoundSpace input,
        BoundSpace output,
        BoundSpace scratch,
        SignalTotals totals,
        int firstSignal) {

    public Binding {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(scratch, "scratch");
        Objects.requireNonNull(totals, "totals");
    }

    BoundSpace space(Space space) {
        return switch (space) {
            case INPUT -> input;
            case OUTPUT -> output;
            case SCRATCH -> scratch;
        };
    }
}
