package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;

import java.util.List;
import java.util.stream.IntStream;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.ScheduleBuilder;
import org.fabricmark.schedule.StepSink;

/**
 * An algorithm applied to a shape: the place from which everyone gets schedules. It handles what is the same for all
 * algorithms: a call without elements has no steps, and a single rank copies its input to its output.
 *
 * @param algorithm the algorithm
 * @param shape a shape of its collective
 */
public record Emission(Algorithm algorithm, Shape shape) {
    public Emission {
        if (shape.collective() != algorithm.collective()) {
            throw new IllegalArgumentException(algorithm.name() + " computes "
                    + algorithm.collective().label() + ", not " + shape.collective().label());
        }
        algorithm.refusal(shape).ifPresent(reason -> {
            throw new IllegalArgumentException(algorithm.name() + " does not take this shape: " + reason);
        });
    }

    private boolean trivial() {
        return shape.isEmpty() || shape.size() == 1;
    }

    /** As {@link Algorithm#synchronising}. A call without elements returns at once, so it orders nothing. */
    public boolean synchronising() {
        return shape.size() == 1 || !shape.isEmpty() && algorithm.synchronising(shape);
    }

    /** As {@link Algorithm#scratchElements}. */
    public long scratchElements() {
        return trivial() ? 0 : algorithm.scratchElements(shape);
    }

    /** As {@link Algorithm#signals}. */
    public int signals() {
        return trivial() ? 0 : algorithm.signals(shape);
    }

    /** As {@link Algorithm#cost}. */
    public Cost cost() {
        return trivial() ? Cost.NONE : algorithm.cost(shape);
    }

    /** Emits the steps of {@code rank}. */
    public void emit(int rank, StepSink to) {
        if (shape.isEmpty()) {
            return;
        }
        if (shape.size() > 1) {
            algorithm.emit(shape, rank, to);
        } else if (!shape.inPlace()) {
            to.source(0, INPUT, 0, shape.inputElements());
            to.target(0, OUTPUT, 0, shape.inputElements());
            to.copy();
        }
    }

    /** The schedule of {@code rank}. */
    public Schedule schedule(int rank) {
        ScheduleBuilder builder = new ScheduleBuilder();
        emit(rank, builder);
        return builder.build(algorithm.name(), shape, rank, scratchElements(), signals());
    }

    /** The schedules of all ranks, in rank order. */
    public List<Schedule> schedules() {
        return IntStream.range(0, shape.size()).mapToObj(this::schedule).toList();
    }
}
