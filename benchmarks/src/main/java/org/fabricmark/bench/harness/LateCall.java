package org.fabricmark.bench.harness;

import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;

/**
 * A call that its rank enters late by a known time, each time: so that what a harness measures can be compared with what is known.
 *
 * <p>Thread rule: the rank's thread.
 */
final class LateCall implements CaseCall.OtherCall {
    private final Plan plan;
    private final long nanos;

    /** @param nanos how late, in each call */
    LateCall(Plan plan, long nanos) {
        this.plan = plan;
        this.nanos = nanos;
    }

    @Override
    public void planOthers(Communicator communicator, CaseBuffers buffers) {
        // there is one plan
    }

    @Override
    public void execute() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        plan.execute();
    }

    @Override
    public void close() {
        plan.close();
    }
}
