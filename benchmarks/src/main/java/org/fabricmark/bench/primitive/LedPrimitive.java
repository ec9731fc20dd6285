package org.fabricmark.bench.primitive;

import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.Communicator;

/**
 * Transfers between the caller's thread, which is rank 0, and a rank 1 that this starts and ends.
 *
 * <p>Order of calls: {@link #begin}, any number of {@link #round}, {@link #end}; then again, or {@link #close}.
 *
 * <p>Thread rule: one thread, which becomes rank 0.
 */
public final class LedPrimitive implements AutoCloseable {
    private final RankPair pair;
    private final PrimitiveRank rank;
    private boolean failed;

    /**
     * Starts rank 1.
     *
     * @throws org.fabricmark.transport.FabricException when a rank fails
     */
    public LedPrimitive(PrimitiveCase subject, RankPair.Start start) {
        pair = subject.processes()
                ? RankPair.ofProcesses(start, new RankPair.Program(PrimitiveRankMain.class, subject.text()))
                : RankPair.ofThreads(start, (job, peer) -> follow(job, peer, subject));
        try {
            rank = new PrimitiveRank(pair.job(), pair.communicator(), subject);
        } catch (RuntimeException e) {
            pair.abandon(e);
            throw e;
        }
    }

    /** Rank 1's part. */
    static void follow(Job job, Communicator communicator, PrimitiveCase subject) {
        try (PrimitiveRank rank = new PrimitiveRank(job, communicator, subject)) {
            try {
                rank.follow();
            } catch (RuntimeException | Error e) {
                rank.abort(e);
                throw e;
            }
        }
    }

    /** Writes the data of the rounds that follow, and lets rank 1 go. */
    public void begin() {
        guarded(rank::begin);
    }

    /** One round: {@link Primitive#operations} operations. */
    public void round() {
        try {
            rank.lead();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /**
     * Makes the closing round and checks the data.
     *
     * @return wrong bytes on both ranks in the rounds since {@link #begin}
     */
    public long end() {
        long[] wrong = new long[1];
        guarded(() -> wrong[0] = rank.end());
        return wrong[0];
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(RuntimeException cause) {
        failed = true;
        rank.abort(cause);
        pair.communicator().abort(cause);
        return cause;
    }

    /** The exchange of a line between the two ranks, in nanoseconds. */
    public double exchangeNanos() {
        return probed(false);
    }

    /** A line there and back, in nanoseconds. */
    public double roundTripNanos() {
        return probed(true);
    }

    private double probed(boolean roundTrip) {
        double[] nanos = new double[1];
        guarded(() -> nanos[0] = rank.probe(roundTrip));
        return nanos[0];
    }

    /** How long rank 0 takes to copy what it puts, alone, in the same memory, in nanoseconds. */
    public double copyNanos() {
        return rank.copyNanos();
    }

    /**
     * Ends rank 1; returns when it has ended and its files are gone.
     *
     * @throws org.fabricmark.transport.FabricException the failure of rank 1, if it has failed
     */
    @Override
    public void close() {
        try (pair; rank) {
            if (!failed) {
                rank.dismiss();
            }
        }
    }
}
