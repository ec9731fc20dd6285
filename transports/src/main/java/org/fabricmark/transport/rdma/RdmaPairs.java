package org.fabricmark.transport.rdma;

import java.util.Arrays;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * All queue pairs of a rank, and its two completion queues: one for what it sends, one for what it receives, however many peers it has.
 * A poll of the second one looks at a single place in memory.
 *
 * <p>Channel c goes by pair c modulo the number of pairs between two ranks: one pair keeps order, so channels that share it are
 * ordered more than wires need, never less.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RdmaPairs {
    private static final int POLLED_AT_ONCE = 16;

    private final RdmaPair[] pairs;
    private final int toEach;
    private final int size;
    private final CompletionQueue sends;
    private final CompletionQueue receives;
    private final RdmaFailures failures;
    private final WorkCompletion[] polled = WorkCompletion.array(POLLED_AT_ONCE);
    private long[] counters = new long[0];
    private long underWay;
    private boolean owing;

    /** @param pairs by peer, and then by channel; null for the rank itself */
    RdmaPairs(RdmaPair[] pairs, int toEach, CompletionQueue sends, CompletionQueue receives, RdmaFailures failures) {
        this.pairs = pairs;
        this.toEach = toEach;
        this.size = pairs.length / toEach;
        this.sends = sends;
        this.receives = receives;
        this.failures = failures;
    }

    RdmaPair to(int peer, int channel) {
        return pairs[toEach == 1 ? peer : peer * toEach + channel % toEach];
    }

    /** Room for counters up to this place, exclusive. */
    void countUpTo(int places) {
        if (places > counters.length) {
            counters = Arrays.copyOf(counters, Math.max(places, 2 * counters.length));
        }
    }

    /** Sets counters from {@code from} to {@code to}, exclusive, to 0. */
    void forget(int from, int to) {
        Arrays.fill(counters, from, to, 0);
    }

    /** How often the signal of this place was raised. */
    long counter(int place) {
        return counters[place];
    }

    /** Has the last request that was posted counted; {@code posted} says whether the device took it. */
    void count(RdmaPair pair, boolean posted) {
        if (!posted) {
            throw failures.queue("a request to rank " + pair.peer() + " was refused", pair.peer());
        }
        underWay++;
    }

    /** Takes what receives have brought: raises counters, posts receives again, gives credits back. */
    void pollReceives() {
        int found = receives.poll(polled);
        if (found == 0) {
            return;
        }
        checkOverflow(found);
        for (int i = 0; i < found; i++) {
            WorkCompletion completion = polled[i];
            RdmaPair pair = pairs[(int) completion.id()];
            if (!completion.successful()) {
                throw failures.receive(completion, pair.peer());
            }
            received(pair, completion.immediate());
        }
    }

    private void received(RdmaPair pair, int immediate) {
        int signal = RdmaLayout.signal(immediate);
        if (signal != RdmaLayout.NO_SIGNAL) {
            counters[signal * size + pair.peer()]++;
        }
        if (!pair.received(immediate)) {
            throw failures.queue("a receive for rank " + pair.peer() + " was refused", pair.peer());
        }
        if (pair.owesCredits()) {
            giveCredits(pair);
        }
    }

    private void giveCredits(RdmaPair pair) {
        if (pair.room(1, 0)) {
            count(pair, pair.giveCredits());
        } else {
            owing = true; // its send queue is full: later
        }
    }

    /** Takes completions of what was sent, and gives back what could not be given before. */
    void pollSends() {
        if (underWay > 0) {
            int found = sends.poll(polled);
            checkOverflow(found);
            for (int i = 0; i < found; i++) {
                WorkCompletion completion = polled[i];
                RdmaPair pair = pairs[RdmaLayout.pair(completion.id())];
                if (!completion.successful()) {
                    throw failures.send(completion, pair.peer());
                }
                underWay -= pair.completed(completion.id());
            }
        }
        if (owing) {
            owing = false;
            for (RdmaPair pair : pairs) {
                if (pair != null && pair.owesCredits()) {
                    giveCredits(pair);
                }
            }
        }
    }

    private void checkOverflow(int found) {
        if (found < 0) {
            throw failures.queue("a completion queue has overflowed", Failure.UNKNOWN);
        }
    }

    /** Whether nothing that this rank has posted needs it any more; asks for the completions that say so. */
    boolean drained() {
        if (underWay > 0) {
            pollSends();
        }
        if (underWay > 0) {
            for (RdmaPair pair : pairs) {
                if (pair != null) {
                    askFor(pair, pair.last());
                }
            }
        }
        return underWay == 0;
    }

    /** Whether this request is over; asks for a completion that will say so. */
    boolean isOver(RdmaPair pair, long request) {
        if (pair.isOver(request)) {
            return true;
        }
        pollSends();
        askFor(pair, request);
        return pair.isOver(request);
    }

    private void askFor(RdmaPair pair, long request) {
        if (!pair.isOver(request) && pair.lacksCompletion(request) && pair.room(1, 0)) {
            count(pair, pair.mark());
        }
    }
}
