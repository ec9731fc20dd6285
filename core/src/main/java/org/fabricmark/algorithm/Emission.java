package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.ScheduleBuilder;
import org.fabricmark.schedule.StepSink;

/**
 * An algorithm applied to a shape: the place from which everyone gets schedules. It handles what is the same for all
 * algorithms: a call without elements has no steps, a single rank copies its input to its output, and a call of several
 * channels is as many calls on parts of the data.
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

    /** As {@link Algorithm#scratchElements}, for all channels. */
    public long scratchElements() {
        return trivial() ? 0 : parts().stream().mapToLong(part -> algorithm.scratchElements(part.shape())).sum();
    }

    /** As {@link Algorithm#signals}, for all channels. */
    public int signals() {
        return trivial() ? 0 : parts().stream().mapToInt(part -> algorithm.signals(part.shape())).sum();
    }

    /** As {@link Algorithm#segmented}, of the part that is longest. */
    public Optional<Chunks> segmented() {
        return trivial() ? Optional.empty() : algorithm.segmented(parts().getFirst().shape());
    }

    /**
     * As {@link Algorithm#cost}, for all channels: parts run side by side, so rounds do not add up, and all else does. For where
     * pieces differ in length the first ones are longer, in every part, and so the busiest rank is the same in all.
     */
    public Cost cost() {
        Cost sum = Cost.NONE;
        for (ChannelPart part : trivial() ? List.<ChannelPart>of() : parts()) {
            Cost cost = algorithm.cost(part.shape());
            sum = new Cost(
                    Math.max(sum.rounds(), cost.rounds()),
                    sum.messages() + cost.messages(),
                    sum.moved() + cost.moved(),
                    sum.reduced() + cost.reduced(),
                    sum.scratch() + cost.scratch());
        }
        return sum;
    }

    private List<ChannelPart> parts() {
        return ChannelPart.of(algorithm, shape);
    }

    /** Emits the steps of {@code rank}. */
    public void emit(int rank, StepSink to) {
        if (shape.isEmpty()) {
            return;
        }
        if (shape.size() > 1) {
            emitParts(rank, to);
        } else if (!shape.inPlace()) {
            to.source(0, INPUT, 0, shape.inputElements());
            to.target(0, OUTPUT, 0, shape.inputElements());
            to.copy();
        }
    }

    private void emitParts(int rank, StepSink to) {
        if (shape.tuning().channels() == 1) {
            algorithm.emit(shape, rank, to); // without objects, as a simulation of many ranks needs it
            return;
        }
        for (ChannelPart part : parts()) {
            algorithm.emit(part.shape(), rank, part.into(to));
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
