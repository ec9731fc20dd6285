package org.fabricmark.schedule.verify;

import java.util.List;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Step;

/** Counts what schedules cost from their steps, whoever made them. */
public final class StepCosts {
    private long messages;
    private long moved;
    private long reduced;

    private StepCosts() {}

    /** The cost of all ranks' schedules, of which the longest chain of messages is {@code rounds} long. */
    public static Cost of(List<Schedule> schedules, int rounds) {
        Cost cost = new Cost(rounds, 0, 0, 0, 0);
        for (Schedule schedule : schedules) {
            StepCosts costs = new StepCosts();
            schedule.channels().forEach(steps -> steps.forEach(step -> costs.add(step, schedule.rank())));
            cost = new Cost(
                    rounds,
                    Math.max(cost.messages(), costs.messages),
                    Math.max(cost.moved(), costs.moved),
                    Math.max(cost.reduced(), costs.reduced),
                    Math.max(cost.scratch(), schedule.scratchElements()));
        }
        return cost;
    }

    private void add(Step step, int rank) {
        switch (step) {
            case Step.Put put -> {
                messages++;
                moved += put.target().count();
            }
            case Step.Get get -> {
                messages++;
                moved += get.source().count();
            }
            case Step.Notify bump -> messages += bump.peer() == rank ? 0 : 1;
            case Step.Reduce reduce -> {
                reduced += (reduce.sources().size() - 1) * reduce.targets().getFirst().count();
                moved += remote(reduce.sources(), rank) + remote(reduce.targets(), rank);
            }
            case Step.Copy copy -> moved += remote(copy.sources(), rank) + remote(copy.targets(), rank);
            case Step.Multicast cast -> moved += remote(List.of(cast.source()), rank) + remote(cast.targets(), rank);
            case Step.Await await -> {} // shows in the rounds
            case Step.Flush flush -> {} // sends nothing
        }
    }

    private static long remote(List<Slice> slices, int rank) {
        return slices.stream().filter(s -> s.rank() != rank).mapToLong(Slice::count).sum();
    }
}
