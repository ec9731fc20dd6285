package org.fabricmark.schedule;

/**
 * Decides, by local counts that are the same on every rank, which lane the next call uses, which calls must be over before it
 * is entered, and whether a barrier must come first.
 *
 * <p>Call k uses lane k mod N, so call k may write where call k - N is still being read, unless every rank has left call k - N
 * before any rank enters call k. A call is <em>executed</em> when its rank leaves it before it does anything else, or
 * <em>started</em> when it may be under way while the next ones are. Nothing here depends on when a started call is over or
 * when it is awaited, which differs between ranks; only on the order in which calls are executed and started.
 *
 * <p>The rule. At most N/2 calls are under way: call k is entered when all calls up to k - N/2 are over on its rank. So for each
 * call j a number is known by count: all calls before {@code over(j)} are over on a rank when it enters j. If j is
 * <em>synchronising</em> (every rank's entry happens before every rank's exit), those calls are over on every rank before any
 * rank leaves j, and therefore before any rank enters a call that is entered after j is over. If no such j shows that call
 * k - N is over everywhere, a barrier is inserted before call k, and entered when all calls before it are over. With N/2 under
 * way and N lanes, synchronising calls never need one. When every call is executed, {@code over(j)} is j, and the rule says that a
 * synchronising call must lie strictly between two users of a lane.
 *
 * <p>Barriers have a signal bank of their own, and no data, so they need no lane.
 *
 * <p>Thread rule: one thread, the rank's.
 */
public final class Lanes {
    private final int lanes;
    private final int mostUnderWay;

    /** By lane, for its latest call: how many calls were over when it was entered, if it synchronises; else 0. */
    private final long[] shown;

    private long call;

    /** All calls before this one are over on this rank when the next call is entered. */
    private long over;

    /** All calls before this one are over on every rank when the next call is entered. */
    private long ordered;

    /** The latest call that was started and not executed. */
    private long latestStarted = -1;

    /** @param lanes N, at least 2: with one lane a synchronising call could not lie strictly between */
    public Lanes(int lanes) {
        if (lanes < 2) {
            throw new IllegalArgumentException("lanes=" + lanes + ": at least 2");
        }
        this.lanes = lanes;
        this.mostUnderWay = lanes / 2;
        this.shown = new long[lanes];
    }

    /** N. */
    public int count() {
        return lanes;
    }

    /** How many calls so far, which is the number of the next one. */
    public long calls() {
        return call;
    }

    /** How many calls, counted from the first, must be over on this rank before it enters the next one, or a barrier. */
    public long over() {
        return over;
    }

    /** Whether a barrier must run before the next call; it is entered when all calls so far are over. */
    public boolean barrierFirst() {
        return ordered < call - lanes + 1;
    }

    /**
     * A barrier has run between the last call and the next, for whatever reason: it serves lanes as well as an inserted one. It
     * was entered when the calls before {@link #over} were over.
     */
    public void barrierRan() {
        ordered = Math.max(ordered, over);
    }

    /** All calls so far are over on this rank, on every rank at the same place in its sequence of calls. */
    public void allOver() {
        raise(call);
    }

    /**
     * Takes the lane of the next call, which is executed; when {@link #barrierFirst} said so, the caller has run or will run
     * the barrier before it.
     *
     * @param synchronising whether that call is synchronising
     */
    public int next(boolean synchronising) {
        int lane = take(synchronising);
        if (synchronising) {
            ordered = Math.max(ordered, shown[lane]);
        }
        call++;
        if (over == call - 1) {
            over = call;
        } else {
            limit();
        }
        return lane;
    }

    /** As {@link #next}, for a call that is started: it may be under way while the next ones are. */
    public int nextStarted(boolean synchronising) {
        int lane = take(synchronising);
        latestStarted = call++;
        limit();
        return lane;
    }

    private int take(boolean synchronising) {
        if (barrierFirst()) {
            raise(call);
            ordered = call;
        }
        int lane = (int) (call % lanes);
        shown[lane] = synchronising ? over : 0;
        return lane;
    }

    /** What the limit of calls under way says of the next call. */
    private void limit() {
        long least = Math.max(over, call - mostUnderWay + 1);
        raise(least > latestStarted ? call : least); // what was executed is over
    }

    private void raise(long to) {
        for (; over < to; over++) {
            ordered = Math.max(ordered, shown[(int) (over % lanes)]);
        }
    }
}
