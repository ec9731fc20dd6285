package org.fabricmark.schedule.verify;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Step;

/** Small wrong changes to a schedule: every step deleted, swapped with the next, shifted, and weakened. */
final class Mutations {
    /** A changed schedule, and the change in words. */
    record Mutant(Schedule schedule, String change) {}

    private final Schedule schedule;
    private final List<Mutant> mutants = new ArrayList<>();
    private int channel;
    private int index;

    private Mutations(Schedule schedule) {
        this.schedule = schedule;
    }

    /** All mutants of one rank's schedule. */
    static List<Mutant> of(Schedule schedule) {
        Mutations mutations = new Mutations(schedule);
        for (int channel = 0; channel < schedule.channels().size(); channel++) {
            for (int index = 0; index < schedule.channels().get(channel).size(); index++) {
                mutations.channel = channel;
                mutations.index = index;
                mutations.mutate(schedule.channels().get(channel).get(index));
            }
        }
        return mutations.mutants;
    }

    private void mutate(Step step) {
        replace("delete", List.of());
        swap();
        switch (step) {
            case Step.Put put -> {
                for (int i = 0; i < put.sources().size(); i++) {
                    replace("shift source", new Step.Put(shifted(put.sources(), i), put.target(), put.signal()));
                }
                replace("shift target", new Step.Put(put.sources(), shift(put.target()), put.signal()));
                if (put.signal() != Step.NO_SIGNAL) {
                    replace("weaken: no signal", new Step.Put(put.sources(), put.target(), Step.NO_SIGNAL));
                    replace("shift signal", new Step.Put(put.sources(), put.target(), put.signal() + 1));
                }
            }
            case Step.Get get -> {
                replace("shift source", new Step.Get(shift(get.source()), get.targets()));
                replace("shift target", new Step.Get(get.source(), shifted(get.targets(), 0)));
            }
            case Step.Notify bump -> {
                replace("shift signal", new Step.Notify(bump.peer(), bump.signal() + 1));
                replace("shift peer", new Step.Notify((bump.peer() + 1) % schedule.shape().size(), bump.signal()));
            }
            case Step.Await await -> {
                replace("weaken: once less", new Step.Await(await.peer(), await.signal(), await.times() - 1));
                replace("once more", new Step.Await(await.peer(), await.signal(), await.times() + 1));
                replace("shift signal", new Step.Await(await.peer(), await.signal() + 1, await.times()));
            }
            case Step.Reduce reduce -> mutateReduce(reduce);
            case Step.Copy copy -> mutateCopy(copy);
            case Step.Multicast cast -> mutateMulticast(cast);
            case Step.Flush flush -> {} // deleting it is all that can be done to it
        }
    }

    private void mutateReduce(Step.Reduce reduce) {
        replace("toggle finish", new Step.Reduce(reduce.targets(), reduce.sources(), !reduce.finish()));
        for (int i = 0; i < reduce.sources().size(); i++) {
            replace("shift source",
                    new Step.Reduce(reduce.targets(), shifted(reduce.sources(), i), reduce.finish()));
            replace("weaken: source less",
                    new Step.Reduce(reduce.targets(), without(reduce.sources(), i), reduce.finish()));
        }
        for (int i = 0; i < reduce.targets().size(); i++) {
            replace("shift target",
                    new Step.Reduce(shifted(reduce.targets(), i), reduce.sources(), reduce.finish()));
            if (reduce.targets().size() > 1) {
                replace("weaken: target less",
                        new Step.Reduce(without(reduce.targets(), i), reduce.sources(), reduce.finish()));
            }
        }
    }

    private void mutateCopy(Step.Copy copy) {
        for (int i = 0; i < copy.sources().size(); i++) {
            replace("shift source", new Step.Copy(copy.targets(), shifted(copy.sources(), i)));
            replace("shift target", new Step.Copy(shifted(copy.targets(), i), copy.sources()));
            replace("weaken: pair less", new Step.Copy(without(copy.targets(), i), without(copy.sources(), i)));
        }
    }

    private void mutateMulticast(Step.Multicast cast) {
        replace("shift source", new Step.Multicast(cast.targets(), shift(cast.source())));
        for (int i = 0; i < cast.targets().size(); i++) {
            replace("shift target", new Step.Multicast(shifted(cast.targets(), i), cast.source()));
            replace("weaken: target less", new Step.Multicast(without(cast.targets(), i), cast.source()));
        }
    }

    private void swap() {
        List<Step> steps = schedule.channels().get(channel);
        if (index + 1 < steps.size() && !steps.get(index).equals(steps.get(index + 1))) {
            List<Step> swapped = new ArrayList<>(steps);
            swapped.set(index, steps.get(index + 1));
            swapped.set(index + 1, steps.get(index));
            add("swap with the next", swapped);
        }
    }

    private void replace(String change, Step other) {
        replace(change, List.of(other));
    }

    private void replace(String change, List<Step> others) {
        List<Step> steps = new ArrayList<>(schedule.channels().get(channel));
        steps.remove(index);
        steps.addAll(index, others);
        add(change, steps);
    }

    private void add(String change, List<Step> steps) {
        List<List<Step>> channels = new ArrayList<>(schedule.channels());
        channels.set(channel, steps);
        mutants.add(new Mutant(
                new Schedule(
                        schedule.algorithm(),
                        schedule.shape(),
                        schedule.rank(),
                        channels,
                        schedule.scratchElements(),
                        schedule.signals()),
                "rank " + schedule.rank() + ", channel " + channel + ", step " + index + ": " + change));
    }

    private static Slice shift(Slice slice) {
        long offset = slice.offset() > 0 ? slice.offset() - 1 : slice.offset() + 1;
        return new Slice(slice.rank(), slice.space(), offset, slice.count());
    }

    private static List<Slice> shifted(List<Slice> slices, int index) {
        List<Slice> other = new ArrayList<>(slices);
        other.set(index, shift(slices.get(index)));
        return other;
    }

    private static List<Slice> without(List<Slice> slices, int index) {
        List<Slice> other = new ArrayList<>(slices);
        other.remove(index);
        return other;
    }
}
