package org.fabricmark.bench.primitive;

import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.Communicator;

/**
 * Transfers between the caller's thread, which is rank 0, and a rank 1 that this starts and ends. A round is
 * {@link Primitive#operations} operations.
 *
 * <p>Order of calls: {@link #begin}, any number of {@link #round}, {@link #end}; then again, or {@link #close}.
 *
 * <p>Thread rule: one thread, which becomes rank 0.
 */
public final class LedPrimitive extends LedPair<PrimitiveRank> {
    /**
     * Starts rank 1.
     *
     * @throws org.fabricmark.transport.FabricException when a rank fails
     */
    public LedPrimitive(PrimitiveCase subject, RankPair.Start start) {
        this(subject, subject.processes()
                ? RankPair.ofProcesses(start, new RankPair.Program(PrimitiveRankMain.class, subject.text()))
                : RankPair.ofThreads(start, (job, peer) -> follow(job, peer, subject)));
    }

    private LedPrimitive(PrimitiveCase subject, RankPair pair) {
        super(pair, attached(subject, pair));
    }

    private static PrimitiveRank attached(PrimitiveCase subject, RankPair pair) {
        try {
            return new PrimitiveRank(pair.job(), pair.communicator(), subject);
        } catch (RuntimeException e) {
            pair.abandon(e);
            throw e;
        }
    }

    /** Rank 1's part. */
    static void follow(Job job, Communicator communicator, PrimitiveCase subject) {
        follow(new PrimitiveRank(job, communicator, subject));
    }

    /** Writes the data of the rounds that follow, and lets rank 1 go. */
    public void begin() {
        guarded(() -> {
            rank().begin();
            return 0;
        });
    }

    /**
     * Makes the closing round and checks the data.
     *
     * @return wrong bytes on both ranks in the rounds since {@link #begin}
     */
    public long end() {
        return guarded(rank()::end);
    }

    /** How long rank 0 takes to copy what it puts, alone, in the same memory, in nanoseconds. */
    public double copyNanos() {
        return rank().copyNanos();
    }
}
