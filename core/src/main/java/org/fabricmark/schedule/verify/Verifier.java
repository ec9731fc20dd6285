package org.fabricmark.schedule.verify;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Lanes;

/**
 * Proves a sequence of calls of one communicator: for every interleaving of ranks, channels and wires
 *
 * <ul>
 *   <li>values: every output element holds exactly the contributions that the collective defines, once each, combined in the
 *       order that is claimed;
 *   <li>no race among channels, wires and the user, who writes the input and owns the output at entry, and at exit reads the
 *       output and overwrites the input;
 *   <li>no deadlock; all slices within their buffers; bumps sent are bumps consumed, each signal with one writer and one
 *       reader; every put and get is over when its call ends, and nobody needs a rank that has left;
 *   <li>{@code synchronising} as claimed, cost as declared.
 * </ul>
 *
 * It does not prove transports: those have the conformance kit.
 */
public final class Verifier {
    private Verifier() {}

    /**
     * Proves {@code calls}, in order, on a communicator with {@code lanes} lanes; barriers are inserted where
     * {@link Lanes} says so.
     *
     * @return the first violation, or empty when everything is proven
     */
    public static Optional<Violation> verify(List<Call> calls, int lanes, Delivery delivery) {
        int size = size(calls);
        return run(plan(calls, size, new Lanes(lanes)), size, lanes, delivery);
    }

    /**
     * Proves {@code calls} of which some are started, so that they may be under way while the next ones are. Calls that may
     * overlap have buffers of their own, as users must give them. That a rank makes progress in one call while it waits in
     * another follows from its entering calls in order: the first call that is not over everywhere can always be finished.
     *
     * @param started which of the calls are started; the others are executed
     * @return the first violation, or empty when everything is proven
     */
    public static Optional<Violation> verifyOverlapping(
            List<Call> calls, BitSet started, int lanes, Delivery delivery) {
        int size = size(calls);
        return run(overlapping(calls, started, size, new Lanes(lanes)), size, lanes, delivery);
    }

    static Optional<Violation> run(List<PlannedCall> plan, int size, int lanes, Delivery delivery) {
        try {
            new Execution(plan, size, lanes, delivery).run();
            return Optional.empty();
        } catch (Rejection rejection) {
            return Optional.of(rejection.violation());
        }
    }

    private static int size(List<Call> calls) {
        int size = calls.getFirst().shape().size();
        if (calls.stream().anyMatch(call -> call.shape().size() != size || call.schedules().size() != size)) {
            throw new IllegalArgumentException("all calls of a communicator have its " + size + " ranks");
        }
        return size;
    }

    /**
     * Proves {@code call} by itself: once more often in a row than there are lanes, so that each lane is used again.
     *
     * @return the first violation, or empty when everything is proven
     */
    public static Optional<Violation> verify(Call call, int lanes, Delivery delivery) {
        return verify(Collections.nCopies(lanes + 1, call), lanes, delivery);
    }

    private static List<PlannedCall> plan(List<Call> calls, int size, Lanes lanes) {
        Call barrier = barrier(size);
        List<PlannedCall> plan = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.shape().isEmpty()) {
                plan.add(PlannedCall.executed(plan.size(), i, call, 0)); // returns at once and takes no lane
                continue;
            }
            if (lanes.barrierFirst()) {
                plan.add(PlannedCall.executed(plan.size(), i, barrier, lanes.count()));
            }
            plan.add(PlannedCall.executed(plan.size(), i, call, lanes.next(call.synchronising())));
        }
        return plan;
    }

    /** The same for calls that may overlap. Each lane, and the bank of barriers, is a slot. */
    private static List<PlannedCall> overlapping(List<Call> calls, BitSet started, int size, Lanes lanes) {
        Call barrier = barrier(size);
        List<PlannedCall> plan = new ArrayList<>();
        List<Integer> places = new ArrayList<>(); // in the plan, by the number that a call has for the lanes
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.shape().isEmpty()) {
                continue; // returns at once, touches nothing and takes no lane
            }
            int over = (int) lanes.over();
            int after = over == 0 ? 0 : places.get(over - 1) + 1;
            if (lanes.barrierFirst()) {
                plan.add(new PlannedCall(plan.size(), i, barrier, lanes.count(), plan.size(), lanes.count(), false));
                after = plan.size();
            }
            boolean starts = started.get(i);
            int lane = starts ? lanes.nextStarted(call.synchronising()) : lanes.next(call.synchronising());
            places.add(plan.size());
            plan.add(new PlannedCall(plan.size(), i, call, lane, after, lane, starts));
        }
        return plan;
    }

    private static Call barrier(int size) {
        return Call.direct(new Emission(Algorithms.barrier(), Shape.of(Collective.BARRIER, size, 0, 1)));
    }
}
