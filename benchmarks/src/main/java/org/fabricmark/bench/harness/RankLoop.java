package org.fabricmark.bench.harness;

import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;

/**
 * The loop in which a rank makes calls back to back: the only one, whether the leader is our own or JMH's.
 *
 * <p>Rank 0 leads. The others {@linkplain #follow run freely}: they make a call, then look at one {@link ControlLine}, which
 * tells when to stop. So the leader needs to know neither how many calls there will be nor to wait for anyone between them:
 * under JMH it simply makes {@linkplain #call calls}, and then {@linkplain #closingCall one more}; on its own it {@linkplain
 * #lead leads} the very loop that the others run.
 *
 * <p>Every {@code batch} calls a rank reads the clock. The first reading comes after one call, in which the ranks fall into step, and
 * starts the first batch; each further one ends a batch and starts the next.
 *
 * <p>A call that does not synchronise is followed by a barrier, which is part of what is timed. Calls with a rotating root are
 * not: they are made in whole rotations, in each of which every rank waits for rank 0 once, and so sees what rank 0 wrote before
 * the rotation.
 *
 * <p>Thread rule: the rank's thread.
 */
public final class RankLoop implements CallLoop {
    /** For loops that need no readings between first and last. */
    public static final long ONE_BATCH = Long.MAX_VALUE / 2;

    private static final int NEVER = Integer.MAX_VALUE;

    private final CaseCall call;

    /** Of {@link #call}, if it does nothing else: read directly, because a call of 8 bytes is short enough to notice. */
    private final Plan plan;

    private final int rotation;
    private final Communicator barrier;
    private final ControlLine control;
    private long calls;

    /**
     * @param call what is called
     * @param rotation after how many calls the root is the same again
     * @param barrier runs a barrier after each call; null where the calls synchronise
     * @param control shared by all ranks of this loop
     */
    RankLoop(CaseCall call, int rotation, Communicator barrier, ControlLine control) {
        this.call = call;
        this.plan = call.plan();
        this.rotation = rotation;
        this.barrier = barrier;
        this.control = control;
    }

    /** One call. */
    @Override
    public void call() {
        if (plan != null) {
            plan.execute();
        } else {
            call.execute();
        }
        if (barrier != null) {
            barrier.barrier();
        }
        calls++;
    }

    /** Rank 0, after calls of its own: makes one more, or a rotation, with which the others end. */
    public void closingCall() {
        control.stopAfter(calls + rotation);
        for (int i = 0; i < rotation; i++) {
            call();
        }
    }

    /** Whole rotations. */
    @Override
    public int batch(int atLeast) {
        return Math.ceilDiv(atLeast, rotation) * rotation;
    }

    /** Calls so far. */
    @Override
    public long calls() {
        return calls;
    }

    /**
     * Other ranks: makes calls until rank 0 has had enough.
     *
     * @param batch calls between two readings of the clock
     * @param readings where they go
     * @return how many
     */
    @Override
    public int follow(long batch, long[] readings) {
        return run(batch, readings, NEVER, NEVER, 0);
    }

    /**
     * Rank 0: makes calls until {@code untilNanos} by the clock, but at least {@code least} and at most {@code most} batches.
     *
     * @param batch calls between two readings of the clock, whole rotations
     * @param readings where they go: one more than there are batches
     * @return how many
     */
    @Override
    public int lead(long batch, int least, int most, long untilNanos, long[] readings) {
        if (least < 1 || most < least || readings.length <= most) {
            throw new IllegalArgumentException(
                    "least=" + least + " most=" + most + " readings=" + readings.length + ": does not fit");
        }
        return run(batch, readings, least, most, untilNanos);
    }

    @Override
    public int mostBatches() {
        return JobRank.MOST_BATCHES;
    }

    @Override
    public void addTo(Samples samples, long[][] readings) {
        samples.add(readings);
    }

    private int run(long batch, long[] readings, int least, int most, long untilNanos) {
        long reading = calls + 1;
        boolean deciding = least != NEVER;
        int count = 0;
        do {
            call();
            if (calls == reading) {
                long now = System.nanoTime();
                readings[count++] = now;
                reading += batch;
                // The batch that begins now is number `count`. If it is to be the last, that is said before any of its calls.
                if (deciding && (count == most || count >= least && now - untilNanos >= 0)) {
                    control.stopAfter(reading);
                    deciding = false;
                }
            }
        } while (calls != control.lastCall());
        return count;
    }
}
