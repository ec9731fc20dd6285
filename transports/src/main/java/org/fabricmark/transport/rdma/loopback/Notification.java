package org.fabricmark.transport.rdma.loopback;

import java.util.Arrays;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;

/**
 * Whether a completion queue is armed, and what was in it then: only what comes later counts. Peers do not know of it; the owner looks
 * when it polls or waits, which it does on the same thread, so that no wake-up can be lost.
 *
 * <p>Thread rule: the context's thread.
 */
final class Notification {
    private boolean armed;
    private boolean solicitedOnly;
    private ReceiveQueue[] known = new ReceiveQueue[0];
    private long[] ends = new long[0];

    void arm(boolean solicited, ReceiveQueue[] receives) {
        if (armed) {
            solicitedOnly &= solicited;
            return;
        }
        armed = true;
        solicitedOnly = solicited;
        if (known != receives) {
            known = receives;
            ends = Arrays.copyOf(ends, receives.length);
        }
        for (int i = 0; i < receives.length; i++) {
            ends[i] = receives[i].end();
        }
    }

    boolean armed() {
        return armed;
    }

    void disarm() {
        armed = false;
    }

    /** Whether a completion of a send that is being added now is worth an event. */
    boolean added(CompletionStatus status) {
        return armed && (!solicitedOnly || status != CompletionStatus.SUCCESS);
    }

    /** Whether a receive has completed since that is worth an event. */
    boolean due(ReceiveQueue[] receives) {
        if (!armed) {
            return false;
        }
        for (int i = 0; i < receives.length; i++) {
            if (i >= known.length || known[i] != receives[i]) {
                known = receives;
                ends = Arrays.copyOf(ends, receives.length); // one came or went meanwhile: its completions count
            }
            for (long at = ends[i]; receives[i].ready(at); at++) {
                if (!solicitedOnly || receives[i].solicited(at)) {
                    return true;
                }
                ends[i] = at + 1;
            }
        }
        return false;
    }
}
