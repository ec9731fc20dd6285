package org.fabricmark.schedule;

/**
 * Decides, by a local count that is the same on every rank, which lane the next call uses and whether a barrier must come
 * first.
 *
 * <p>Call k uses lane k mod N, so call k may write where call k - N is still being read, unless something orders them. If a
 * call between the two is <em>synchronising</em> (every rank's entry happens before every rank's exit), every access of the
 * calls before it happens before every access of the calls after it. Otherwise a barrier is inserted just before call k.
 * Barriers have a signal bank of their own, and no data, so they need no lane.
 *
 * <p>Thread rule: one thread, the rank's.
 */
public final class Lanes {
    private final int lanes;
    private long call;

    /** Everything before this call is ordered before everything from it on, or from the call after it on. */
    private long ordered;

    /** @param lanes N, at least 2: with one lane a synchronising call could not lie strictly between */
    public Lanes(int lanes) {
        if (lanes < 2) {
            throw new IllegalArgumentException("lanes=" + lanes + ": at least 2");
        }
        this.lanes = lanes;
    }

    /** N. */
    public int count() {
        return lanes;
    }

    /** Whether a barrier must run before the next call. */
    public boolean barrierFirst() {
        return ordered < call - lanes + 1;
    }

    /** A barrier has run between the last call and the next, for whatever reason: it serves lanes as well as an inserted one. */
    public void barrierRan() {
        ordered = call;
    }

    /**
     * Takes the lane of the next call; when {@link #barrierFirst} said so, the caller has run or will run the barrier before it.
     *
     * @param synchronising whether that call is synchronising
     */
    public int next(boolean synchronising) {
        if (barrierFirst()) {
            barrierRan();
        }
        int lane = (int) (call % lanes);
        if (synchronising) {
            ordered = call;
        }
        call++;
        return lane;
    }
}
