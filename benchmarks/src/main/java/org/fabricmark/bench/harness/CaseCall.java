package org.fabricmark.bench.harness;

import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;

/**
 * What one call of a case does: it executes a plan, unless the conditions of the case ask for more. The plan is called directly:
 * through an interface, cases of other conditions that ran before in the same JVM would make its call slower.
 *
 * <p>Thread rule: the rank's thread.
 */
final class CaseCall implements AutoCloseable {
    private final Plan plan;
    private final OtherCall other;

    /** A call that goes through places of a ring, or through roots, or copies. */
    interface OtherCall extends AutoCloseable {
        /** Plans what the first call has not needed; collective. */
        void planOthers(Communicator communicator, CaseBuffers buffers);

        /** Makes the call with the next plan, on the next place. */
        void execute();

        @Override
        void close();
    }

    private CaseCall(Plan plan, OtherCall other) {
        this.plan = plan;
        this.other = other;
    }

    /** Executes {@code plan}, which it owns from now on. */
    static CaseCall of(Plan plan) {
        return new CaseCall(plan, null);
    }

    /** Executes {@code other}, which it owns from now on. */
    static CaseCall of(OtherCall other) {
        return new CaseCall(null, other);
    }

    void execute() {
        if (other == null) {
            plan.execute();
        } else {
            other.execute();
        }
    }

    /** The plan, for loops that make the usual call without a detour; null if there is more to a call. */
    Plan plan() {
        return plan;
    }

    /** Plans what the first call has not needed; collective. */
    void planOthers(Communicator communicator, CaseBuffers buffers) {
        if (other != null) {
            other.planOthers(communicator, buffers);
        }
    }

    @Override
    public void close() {
        if (other == null) {
            plan.close();
        } else {
            other.close();
        }
    }
}
