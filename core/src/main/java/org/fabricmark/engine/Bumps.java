package org.fabricmark.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Step;

/**
 * All bumps that one schedule sends to other ranks: what decides whether the data of a put may travel within its signal.
 *
 * <p>They may when the counter is raised just once in the call, so that its line is free until the receiver has consumed it
 * (the lane rule keeps the next call that uses the line away), and when the call bumps nothing behind it on its wire, so that no
 * other await could be taken as a proof that the data have arrived. Calls that overlap may well bump something behind it on the
 * wire that they share; but an await of one call proves nothing to another, whose data lie in its own lane and buffers.
 */
final class Bumps {
    private record Counter(int peer, int signal) {}

    private record Wire(int channel, int peer) {}

    private final Map<Counter, Integer> times = new HashMap<>();
    private final Map<Wire, Integer> last = new HashMap<>();

    private Bumps() {}

    static Bumps of(Schedule schedule) {
        Bumps bumps = new Bumps();
        for (int channel = 0; channel < schedule.channels().size(); channel++) {
            List<Step> steps = schedule.channels().get(channel);
            for (int index = 0; index < steps.size(); index++) {
                switch (steps.get(index)) {
                    case Step.Put put when put.signal() != Step.NO_SIGNAL ->
                        bumps.add(channel, index, put.target().rank(), put.signal());
                    case Step.Notify bump -> bumps.add(channel, index, bump.peer(), bump.signal());
                    default -> {
                        // sends no bump
                    }
                }
            }
        }
        return bumps;
    }

    private void add(int channel, int index, int peer, int signal) {
        times.merge(new Counter(peer, signal), 1, Integer::sum);
        last.put(new Wire(channel, peer), index);
    }

    /** Whether the bump of step {@code index} is the only one of its counter and the last one of its wire. */
    boolean soleAndLast(int channel, int index, int peer, int signal) {
        return times.get(new Counter(peer, signal)) == 1 && last.get(new Wire(channel, peer)) == index;
    }
}
