package org.fabricmark.bench.harness;

import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;

/**
 * Plans that calls take in turn, bound before any call is timed: one for each place of a ring, or for each root. Where both
 * rotate, each place has one root.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RotatedPlans implements CaseCall.OtherCall {
    private final Plan[] plans;
    private int next;

    /** Plans the first call; collective. */
    RotatedPlans(Communicator communicator, CaseBuffers buffers) {
        plans = new Plan[Math.max(buffers.places(), buffers.roots())];
        plans[0] = communicator.plan(buffers.request(0, 0));
    }

    /** Plans the others, before a call reaches them; collective. */
    @Override
    public void planOthers(Communicator communicator, CaseBuffers buffers) {
        for (int call = 1; call < plans.length; call++) {
            plans[call] = communicator.plan(buffers.request(call % buffers.places(), call));
        }
    }

    @Override
    public void execute() {
        int call = next;
        next = call + 1 == plans.length ? 0 : call + 1;
        plans[call].execute();
    }

    @Override
    public void close() {
        for (Plan plan : plans) {
            if (plan != null) {
                plan.close();
            }
        }
    }
}
