package org.fabricmark.schedule.verify;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Step;

/** One channel of one rank on its way through one call; also, with number -1, the user at entry or exit. */
final class Channel {
    /** The number that stands for the user. */
    static final int USER = -1;

    final int rank;
    final int number;
    final int actor;
    final PlannedCall call;
    final List<Step> steps;
    final List<Accesses.Transfer> unflushed = new ArrayList<>();

    /** Index of the step in hand. */
    int next;

    /** Messages in the longest chain that led here. */
    int depth;

    private int[] bumps;

    Channel(int rank, int number, int actor, PlannedCall call, List<Step> steps) {
        this.rank = rank;
        this.number = number;
        this.actor = actor;
        this.call = call;
        this.steps = steps;
    }

    /** The user of {@code rank}, entering or leaving {@code call}. */
    static Channel user(int rank, int actor, PlannedCall call) {
        return new Channel(rank, USER, actor, call, List.of());
    }

    Schedule schedule() {
        return call.schedule(rank);
    }

    boolean ended() {
        return next >= steps.size();
    }

    /** The step in hand. */
    Step step() {
        return steps.get(next);
    }

    /** How often this channel bumps a signal in its call. */
    int bumps(int peer, int signal) {
        int indices = schedule().signals();
        if (bumps == null) {
            bumps = new int[schedule().shape().size() * indices];
            for (Step step : steps) {
                if (step instanceof Step.Put put && put.signal() != Step.NO_SIGNAL) {
                    count(put.target().rank() * indices + put.signal());
                } else if (step instanceof Step.Notify bump) {
                    count(bump.peer() * indices + bump.signal());
                }
            }
        }
        return signal < indices ? bumps[peer * indices + signal] : 0;
    }

    private void count(int index) {
        if (index >= 0 && index < bumps.length) { // what is out of range is reported when its step runs
            bumps[index]++;
        }
    }
}
