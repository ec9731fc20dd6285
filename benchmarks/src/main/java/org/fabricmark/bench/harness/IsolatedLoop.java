package org.fabricmark.bench.harness;

import org.fabricmark.bench.cases.Arrival;
import org.fabricmark.communicator.Communicator;

/**
 * Makes calls one by one. Before each, and outside of what is timed: a barrier; where caches are to be cold, their eviction and
 * another barrier; where ranks are to come late, a wait that keeps the core busy, as a rank that still computes would. Then a
 * rank reads the clock, calls, and reads it again. Nothing follows a call that does not synchronise: the next one's barrier
 * separates the two.
 *
 * <p>Rank 0 says before the barrier of a call whether it is the last. No rank leaves that barrier before rank 0 has entered it, so all
 * of them see the {@link ControlLine} when the call is over.
 *
 * <p>Thread rule: the rank's thread.
 */
final class IsolatedLoop implements CallLoop {
    /** Readings of a call: when it was entered, and when it was over. */
    static final int READINGS = 2;

    private static final int NEVER = Integer.MAX_VALUE;

    private final CaseCall call;
    private final Communicator communicator;
    private final ControlLine control;
    private final CacheEviction eviction;
    private final Arrival arrival;
    private final long seed;
    private long calls;

    /**
     * @param call what is called
     * @param communicator runs the barriers
     * @param control shared by all ranks of this loop
     * @param eviction makes caches cold; null where they are left as they are
     * @param arrival who comes late
     * @param seed of random lateness; the same on every rank
     */
    IsolatedLoop(
            CaseCall call,
            Communicator communicator,
            ControlLine control,
            CacheEviction eviction,
            Arrival arrival,
            long seed) {
        this.call = call;
        this.communicator = communicator;
        this.control = control;
        this.eviction = eviction;
        this.arrival = arrival;
        this.seed = seed;
    }

    @Override
    public void call() {
        communicator.barrier();
        call.execute();
        calls++;
    }

    @Override
    public long calls() {
        return calls;
    }

    @Override
    public int batch(int atLeast) {
        return 1;
    }

    @Override
    public int mostBatches() {
        return JobRank.MOST_BATCHES / READINGS;
    }

    @Override
    public int follow(long batch, long[] readings) {
        return run(NEVER, NEVER, 0, readings);
    }

    @Override
    public int lead(long batch, int least, int most, long untilNanos, long[] readings) {
        if (batch != 1) {
            throw new IllegalArgumentException("batch=" + batch + ": isolated calls are timed one by one");
        }
        if (least < 1 || most < least || readings.length < READINGS * most) {
            throw new IllegalArgumentException(
                    "least=" + least + " most=" + most + " readings=" + readings.length + ": does not fit");
        }
        return run(least, most, untilNanos, readings);
    }

    private int run(int least, int most, long untilNanos, long[] readings) {
        boolean deciding = least != NEVER;
        int made = 0;
        do {
            int upcoming = made + 1;
            if (deciding && (upcoming == most || upcoming >= least && System.nanoTime() - untilNanos >= 0)) {
                control.stopAfter(calls + 1);
                deciding = false;
            }
            prepare();
            long entry = System.nanoTime();
            call.execute();
            long exit = System.nanoTime();
            readings[READINGS * made] = entry;
            readings[READINGS * made + 1] = exit;
            made = upcoming;
            calls++;
        } while (calls != control.lastCall());
        return READINGS * made;
    }

    private void prepare() {
        communicator.barrier();
        if (eviction != null) {
            eviction.run();
            communicator.barrier();
        }
        if (!arrival.none()) {
            comeLate(arrival.delayNanos(communicator.rank(), communicator.size(), calls, seed));
        }
    }

    /** An interrupt ends the wait; the call then ends the job. */
    private static void comeLate(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() - until < 0 && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    /** Late ranks make the others wait for them, which is no part of the collective: then time begins with the last entry. */
    @Override
    public void addTo(Samples samples, long[][] readings) {
        samples.addCalls(readings, !arrival.none());
    }
}
