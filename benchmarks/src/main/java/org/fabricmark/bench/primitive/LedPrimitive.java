package org.fabricmark.bench.primitive;

import java.time.Duration;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.Pinning;
import org.fabricmark.bootstrap.ProcessRanks;
import org.fabricmark.bootstrap.Ranks;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.TransportSpec;

/**
 * Transfers between the caller's thread, which is rank 0, and a rank 1 that this starts and ends.
 *
 * <p>Order of calls: {@link #begin}, any number of {@link #round}, {@link #end}; then again, or {@link #close}.
 *
 * <p>Thread rule: one thread, which becomes rank 0.
 */
public final class LedPrimitive implements AutoCloseable {
    private static final int RANKS = 2;
    private static final TransportSpec SHARED_MEMORY = TransportSpec.parse("shm");

    private final Ranks other;
    private final Communicator communicator;
    private final PrimitiveRank rank;
    private boolean failed;

    /**
     * Starts rank 1.
     *
     * @param pinning which core each rank stays on
     * @param timeout longest wait for the other rank
     * @param lines hears what rank 1 prints if it is a process
     * @throws org.fabricmark.transport.FabricException when a rank fails
     */
    public LedPrimitive(PrimitiveCase subject, Pinning pinning, Duration timeout, ProcessRanks.Lines lines) {
        int cores = pinning.usable(Runtime.getRuntime().availableProcessors());
        Job given = Job.create(RANKS, SHARED_MEMORY, new CommunicatorConfig(timeout, Waiting.forRanks(RANKS, cores)))
                .withPinning(pinning);
        Job job = given;
        if (subject.processes()) {
            ProcessRanks processes = ProcessRanks.start(given, 1, PrimitiveRankMain.class, subject.text(), lines);
            job = processes.job();
            other = processes;
        } else {
            other = ThreadRanks.start(given, 1, peer -> follow(given, peer, subject));
        }
        Communicator own = null;
        try {
            own = job.attach(0);
            rank = new PrimitiveRank(job, own, subject);
            communicator = own;
        } catch (RuntimeException e) {
            try (Ranks ended = other; Communicator left = own) {
                if (left != null) {
                    left.abort(e);
                }
                assert ended == other;
                throw e;
            }
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
        rank.lead();
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
            failed = true;
            rank.abort(e);
            communicator.abort(e);
            throw e;
        }
    }

    /**
     * Ends rank 1; returns when it has ended and its files are gone.
     *
     * @throws org.fabricmark.transport.FabricException the failure of rank 1, if it has failed
     */
    @Override
    public void close() {
        try (other) {
            try (communicator; rank) {
                if (!failed) {
                    rank.dismiss();
                }
            }
            other.join();
        }
    }
}
