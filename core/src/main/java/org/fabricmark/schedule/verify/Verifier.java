package org.fabricmark.schedule.verify;

import java.util.ArrayList;
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
        int size = calls.getFirst().shape().size();
        if (calls.stream().anyMatch(call -> call.shape().size() != size || call.schedules().size() != size)) {
            throw new IllegalArgumentException("all calls of a communicator have its " + size + " ranks");
        }
        try {
            new Execution(plan(calls, size, new Lanes(lanes)), size, lanes, delivery).run();
            return Optional.empty();
        } catch (Rejection rejection) {
            return Optional.of(rejection.violation());
        }
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
        Call barrier =
                Call.direct(new Emission(Algorithms.barrier(), Shape.of(Collective.BARRIER, size, 0, 1)));
        List<PlannedCall> plan = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Call call = calls.get(i);
            if (call.shape().isEmpty()) {
                plan.add(new PlannedCall(plan.size(), i, call, 0)); // returns at once and takes no lane
                continue;
            }
            if (lanes.barrierFirst()) {
                plan.add(new PlannedCall(plan.size(), i, barrier, lanes.count()));
            }
            plan.add(new PlannedCall(plan.size(), i, call, lanes.next(call.synchronising())));
        }
        return plan;
    }
}
