package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;

/**
 * Why the oldest request of a send queue cannot go on, until when, and how often it has been tried.
 *
 * <p>A device sends a request again when no answer has come in time, so many times. Where nothing is lost on the way, what counts is only when
 * the last try would have been over, and a peer that becomes ready before is noticed at once.
 */
final class Blockade {
    private boolean up;
    private long until;
    private long since;
    private boolean unanswered;
    private int waits;
    private int losses;

    boolean up() {
        return up;
    }

    boolean over(long now) {
        return now - until >= 0;
    }

    void lift() {
        up = false;
        unanswered = false;
        waits = 0;
        losses = 0;
    }

    /**
     * A packet was lost.
     *
     * @param moved whether others have arrived since the last loss: then the tries count anew
     * @param waitNanos after how long that is noticed
     * @param retries how many tries more are allowed
     * @return whether there were as many
     */
    boolean lost(long now, boolean moved, long waitNanos, int retries) {
        losses = moved ? 0 : losses;
        if (losses == retries) {
            return true;
        }
        losses++;
        up = true;
        until = now + waitNanos;
        return false;
    }

    /**
     * No queue pair answers.
     *
     * @param giveUpNanos after how long all tries are over
     * @return whether they are
     */
    boolean noAnswer(long now, long giveUpNanos) {
        if (!unanswered) {
            unanswered = true;
            since = now;
        }
        up = true;
        until = now;
        return giveUpNanos != Long.MAX_VALUE && now - since >= giveUpNanos;
    }

    /**
     * No receive is posted.
     *
     * @param waitNanos what the peer says is the least wait
     * @param retries how many waits are allowed
     * @return whether there were as many
     */
    boolean noReceive(long now, long waitNanos, int retries) {
        unanswered = false;
        if (retries != QueuePairAttributes.RNR_RETRY_FOR_EVER && waits == retries) {
            return true;
        }
        waits++;
        up = true;
        until = now + waitNanos;
        return false;
    }
}
