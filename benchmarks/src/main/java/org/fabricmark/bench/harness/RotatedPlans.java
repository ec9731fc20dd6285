package org.fabricmark.bench.harness;

import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;

/**
 * A plan for each place of a ring, bound before any call is timed; calls take them in turn.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RotatedPlans implements CaseCall.OtherCall {
    private final Plan[] plans;
    private int next;

    /** Plans the first place; collective. */
    RotatedPlans(Communicator communicator, CaseBuffers buffers) {
        plans = new Plan[buffers.places()];
        plans[0] = communicator.plan(buffers.request(0));
    }

    /** Plans the other places, before a call reaches them; collective. */
    void planOthers(Communicator communicator, CaseBuffers buffers) {
        for (int place = 1; place < plans.length; place++) {
            plans[place] = communicator.plan(buffers.request(place));
        }
    }

    @Override
    public void execute() {
        int place = next;
        next = place + 1 == plans.length ? 0 : place + 1;
        plans[place].execute();
    }

    @Override
    public int next() {
        return next;
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
