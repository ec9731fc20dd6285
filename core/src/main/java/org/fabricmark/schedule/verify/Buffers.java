package org.fabricmark.schedule.verify;

import java.util.List;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.verify.Violation.Kind;

/**
 * All memory that schedules can name: for each rank an input, an output, and a scratch for each lane. All calls of a sequence
 * use the same buffers, which is the hardest case for what one call may leave to the next; only calls that may be under way at
 * the same time have buffers of their own. An in-place call keeps the shorter of input and output in the longer.
 */
final class Buffers {
    /** By rank, then by slot. */
    private final Shadow[][] inputs;

    private final Shadow[][] outputs;

    /** By rank, then by lane. */
    private final Shadow[][] scratch;

    Buffers(List<PlannedCall> plan, int size, int slots, int lanes) {
        long input = 0;
        long output = 0;
        for (PlannedCall call : plan) {
            input = Math.max(input, call.call().shape().inputElements());
            output = Math.max(output, call.call().shape().outputElements());
        }
        inputs = new Shadow[size][slots];
        outputs = new Shadow[size][slots];
        scratch = new Shadow[size][lanes];
        for (int rank = 0; rank < size; rank++) {
            for (int slot = 0; slot < slots; slot++) {
                inputs[rank][slot] = new Shadow(input);
                outputs[rank][slot] = new Shadow(output);
            }
            for (int lane = 0; lane < lanes; lane++) {
                scratch[rank][lane] = new Shadow(longestScratch(plan, rank));
            }
        }
    }

    private static long longestScratch(List<PlannedCall> plan, int rank) {
        return plan.stream()
                .mapToLong(call -> call.schedule(rank).scratchElements())
                .max()
                .orElse(0);
    }

    /** Reads {@code slice} in the event in hand; {@code access} names the reader. */
    Strip read(Event event, PlannedCall call, Slice slice, long access, Shadow.Order order) {
        check(event, call, slice);
        long start = start(call.call().shape(), slice);
        return memory(call, slice).read(start, start + slice.count(), access, order, conflict(event, slice, "reads"));
    }

    /** Writes {@code data} to {@code slice} in the event in hand; {@code access} names the writer. */
    void write(Event event, PlannedCall call, Slice slice, Strip data, long access, Shadow.Order order) {
        check(event, call, slice);
        long start = start(call.call().shape(), slice);
        memory(call, slice).write(start, data, access, order, conflict(event, slice, "writes"));
    }

    private static Shadow.Conflict conflict(Event event, Slice slice, String verb) {
        return (access, isWrite, start, end) -> {
            throw event.reject(
                    Kind.RACE,
                    slice,
                    "%s elements %d to %d while %s may still %s them"
                            .formatted(verb, start, end, event.describe(access), isWrite ? "write" : "read"));
        };
    }

    /** Rejects a slice that leaves its buffer. */
    void check(Event event, PlannedCall call, Slice slice) {
        Shape shape = call.call().shape();
        if (slice.rank() >= shape.size()) {
            throw event.reject(Kind.BOUNDS, slice, "names a rank that does not exist");
        }
        long limit =
                switch (slice.space()) {
                    case INPUT -> shape.inputElements();
                    case OUTPUT -> shape.outputElements();
                    case SCRATCH -> call.schedule(slice.rank()).scratchElements();
                };
        if (slice.end() > limit) {
            throw event.reject(Kind.BOUNDS, slice, "leaves its buffer of " + limit + " elements");
        }
    }

    private Shadow memory(PlannedCall call, Slice slice) {
        return switch (slice.space()) {
            case INPUT -> (inOutput(call.call().shape()) ? outputs : inputs)[slice.rank()][call.slot()];
            case OUTPUT -> (inInput(call.call().shape()) ? inputs : outputs)[slice.rank()][call.slot()];
            case SCRATCH -> scratch[slice.rank()][call.bank()];
        };
    }

    private static boolean inOutput(Shape shape) {
        return shape.inPlace() && !shape.collective().outputInInput();
    }

    private static boolean inInput(Shape shape) {
        return shape.inPlace() && shape.collective().outputInInput();
    }

    private static long start(Shape shape, Slice slice) {
        boolean inner =
                slice.space() == Space.INPUT && inOutput(shape) || slice.space() == Space.OUTPUT && inInput(shape);
        return slice.offset() + (inner ? shape.collective().inPlaceOffset(shape.count(), slice.rank()) : 0);
    }

    /** The user writes the input, and owns the output, whose content is undefined. */
    void enter(Event event, PlannedCall call, int rank, Values values) {
        Shape shape = call.call().shape();
        if (shape.outputElements() > 0) {
            write(event, call, whole(rank, Space.OUTPUT, shape.outputElements()), Values.UNDEFINED);
        }
        if (shape.inputElements() > 0) {
            boolean significant = shape.collective() != Collective.BROADCAST || rank == shape.root();
            write(
                    event,
                    call,
                    whole(rank, Space.INPUT, shape.inputElements()),
                    significant ? values.input(call.number(), rank) : Values.UNDEFINED);
        }
    }

    /**
     * The user reads the output, which is returned, and may overwrite the input; that of a reduce-scatter in place, all of it,
     * for the output is only a part.
     */
    Strip exit(Event event, PlannedCall call, int rank) {
        Shape shape = call.call().shape();
        if (shape.outputElements() == 0) {
            return new Strip();
        }
        Slice output = whole(rank, Space.OUTPUT, shape.outputElements());
        Strip strip = read(event, call, output, event.now(), event::isOver);
        write(event, call, output, strip, event.now(), event::isOver); // whoever still reads it would see the user's next value
        if (!inOutput(shape)) {
            write(event, call, whole(rank, Space.INPUT, shape.inputElements()), Values.UNDEFINED);
        }
        return strip;
    }

    private static Slice whole(int rank, Space space, long count) {
        return new Slice(rank, space, 0, count);
    }

    private void write(Event event, PlannedCall call, Slice slice, int value) {
        write(event, call, slice, Strip.of(value, 0, slice.count()), event.now(), event::isOver);
    }
}
