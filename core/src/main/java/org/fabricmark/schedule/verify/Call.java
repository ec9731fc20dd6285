package org.fabricmark.schedule.verify;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.algorithm.ResultOrder;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.Schedule;

/**
 * One call in a sequence to be proven: the schedules of all ranks, and what is claimed of them.
 *
 * @param schedules by rank
 * @param synchronising whether every rank's entry is claimed to happen before every rank's exit
 * @param order what is claimed about the order of contributions
 * @param cost what was declared, or empty where nothing was (lowered forms move the same data in more messages)
 */
public record Call(List<Schedule> schedules, boolean synchronising, ResultOrder order, Optional<Cost> cost) {
    public Call {
        schedules = List.copyOf(schedules);
    }

    /** The direct form of an emission, with everything that its algorithm claims. */
    public static Call direct(Emission emission) {
        return new Call(
                emission.schedules(),
                emission.synchronising(),
                emission.algorithm().order(),
                Optional.of(emission.cost()));
    }

    /** The same call with every schedule lowered; what was declared for the direct form holds no longer. */
    Call lowered(UnaryOperator<Schedule> lowering) {
        return new Call(schedules.stream().map(lowering).toList(), synchronising, order, Optional.empty());
    }

    /** The same call with other schedules. */
    public Call withSchedules(List<Schedule> other) {
        return new Call(other, synchronising, order, cost);
    }

    /** The shape, which is the same for all ranks. */
    public Shape shape() {
        return schedules.getFirst().shape();
    }
}
