package org.fabricmark.schedule.lowering;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.Step;

/**
 * Rewrites a schedule for pairs of ranks that cannot touch each other's memory: a local step with remote operands becomes
 * {@code Get*, Flush, local step, Put*}. A pure function of the schedule and of {@link Reach}, so that all ranks agree.
 *
 * <p>Operands that arrive, and results that have no local home, are staged behind the schedule's own scratch. Each step
 * stages in a place of its own, so nothing is staged over what a put is still reading. The puts need no signal: the bumps
 * that follow on the same wire cover them. A channel that ends with puts not known to be read is closed by a flush, because a
 * direct store would have been over when the step was.
 */
public final class Lowering {
    private final Schedule schedule;
    private final Reach reach;
    private final List<List<Step>> channels = new ArrayList<>();
    private List<Step> out;
    private long staged;

    private Lowering(Schedule schedule, Reach reach) {
        this.schedule = schedule;
        this.reach = reach;
        this.staged = schedule.scratchElements();
    }

    /** The schedule without remote operands that {@code reach} does not cover; the same one when there are none. */
    public static Schedule lower(Schedule schedule, Reach reach) {
        return new Lowering(schedule, reach).run();
    }

    private Schedule run() {
        boolean changed = false;
        for (List<Step> steps : schedule.channels()) {
            out = new ArrayList<>(steps.size());
            boolean lowered = false;
            for (Step step : steps) {
                lowered |= lower(step);
            }
            if (lowered && !(out.getLast() instanceof Step.Flush)) {
                out.add(new Step.Flush());
            }
            changed |= lowered;
            channels.add(out);
        }
        return changed
                ? new Schedule(
                        schedule.algorithm(), schedule.shape(), schedule.rank(), channels, staged, schedule.signals())
                : schedule;
    }

    private boolean lower(Step step) {
        switch (step) {
            case Step.Reduce reduce when far(reduce.sources()) || far(reduce.targets()) -> lowerReduce(reduce);
            case Step.Copy copy when far(copy.sources()) || far(copy.targets()) -> lowerCopy(copy);
            case Step.Multicast cast when far(List.of(cast.source())) || far(cast.targets()) ->
                spread(fetched(cast.source()), cast.targets());
            default -> {
                out.add(step);
                return false;
            }
        }
        return true;
    }

    private void lowerReduce(Step.Reduce reduce) {
        List<Slice> sources = new ArrayList<>();
        boolean fetches = false;
        for (Slice source : reduce.sources()) {
            if (far(source)) {
                Slice stage = stage(source.count());
                out.add(new Step.Get(source, List.of(stage)));
                sources.add(stage);
                fetches = true;
            } else {
                sources.add(source);
            }
        }
        if (fetches) {
            out.add(new Step.Flush());
        }
        List<Slice> near = reduce.targets().stream().filter(t -> !far(t)).toList();
        List<Slice> results =
                near.isEmpty() ? List.of(stage(reduce.targets().getFirst().count())) : near;
        out.add(new Step.Reduce(results, sources, reduce.finish()));
        Slice result = results.stream().filter(this::own).findFirst().orElse(null);
        if (result == null) { // all near targets belong to others: keep a copy to put from
            result = stage(results.getFirst().count());
            out.set(out.size() - 1, new Step.Reduce(plus(results, result), sources, reduce.finish()));
        }
        putAll(result, reduce.targets());
    }

    private static List<Slice> plus(List<Slice> slices, Slice slice) {
        List<Slice> longer = new ArrayList<>(slices);
        longer.add(slice);
        return longer;
    }

    private void lowerCopy(Step.Copy copy) {
        for (int i = 0; i < copy.sources().size(); i++) {
            spread(fetched(copy.sources().get(i)), List.of(copy.targets().get(i)));
        }
    }

    /** Brings a far source into staging; a near one stays where it is. */
    private Slice fetched(Slice source) {
        if (!far(source)) {
            return source;
        }
        Slice stage = stage(source.count());
        out.add(new Step.Get(source, List.of(stage)));
        out.add(new Step.Flush());
        return stage;
    }

    private void spread(Slice source, List<Slice> targets) {
        List<Slice> near = targets.stream().filter(t -> !far(t)).toList();
        Slice from = source;
        if (!own(source) && near.size() < targets.size()) { // puts gather from the own memory only
            from = stage(source.count());
            near = plus(near, from);
        }
        if (!near.isEmpty()) {
            out.add(new Step.Multicast(near, source));
        }
        putAll(from, targets);
    }

    private void putAll(Slice source, List<Slice> targets) {
        for (Slice target : targets) {
            if (far(target)) {
                out.add(new Step.Put(List.of(source), target, Step.NO_SIGNAL));
            }
        }
    }

    private Slice stage(long count) {
        Slice stage = new Slice(schedule.rank(), Space.SCRATCH, staged, count);
        staged += count;
        return stage;
    }

    private boolean own(Slice slice) {
        return slice.rank() == schedule.rank();
    }

    private boolean far(Slice slice) {
        return !own(slice) && !reach.direct(schedule.rank(), slice.rank());
    }

    private boolean far(List<Slice> slices) {
        return slices.stream().anyMatch(this::far);
    }
}
