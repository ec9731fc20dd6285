package org.fabricmark.bench.harness;

import java.time.Duration;
import java.util.List;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;

/**
 * One case whose rank 0 is the caller's thread: for harnesses that have a timing loop of their own. The other ranks are threads
 * that run freely; see {@link RankLoop}.
 *
 * <p>Order of calls: {@link #begin}, any number of {@link #call}, {@link #end}; then again, or {@link #close}.
 *
 * <p>Thread rule: one thread, which becomes rank 0.
 */
public final class LedCase implements AutoCloseable {
    private static final long CONTINUE = 1;
    private static final long STOP = 0;

    private final ThreadRanks others;
    private final Communicator communicator;
    private final JobRank rank;
    private final RankCase calls;
    private final RankLoop loop;

    /**
     * Starts the ranks and makes the first call.
     *
     * @param timeout longest wait for a peer before every rank gives up
     * @param seed of the data
     * @throws IllegalArgumentException when calls of the case cannot be made back to back
     * @throws org.fabricmark.transport.FabricException when a rank fails
     */
    public LedCase(BenchmarkCase subject, Duration timeout, long seed) {
        if (subject.conditions().isolated()) {
            throw new IllegalArgumentException("calls that are timed from outside are streaming, not isolated");
        }
        Waiting waiting = Waiting.forRanks(subject.ranks());
        Job job = Job.create(subject.ranks(), subject.transport(), new CommunicatorConfig(timeout, waiting));
        JobRank.Lines lines = new JobRank.Lines();
        others = ThreadRanks.start(job, 1, peer -> follow(new JobRank(peer, List.of(subject), lines, seed), subject));
        Communicator own = null;
        try {
            own = job.attach(0);
            rank = new JobRank(own, List.of(subject), lines, seed);
            calls = new RankCase(rank, subject, true);
            loop = calls.streaming();
            communicator = own;
        } catch (RuntimeException e) {
            if (own != null) {
                own.abort(e);
                own.close();
            }
            others.close();
            throw e;
        }
    }

    private static void follow(JobRank rank, BenchmarkCase subject) {
        RankCase calls = new RankCase(rank, subject, true);
        while (rank.gather().fromLeader(0) == CONTINUE) {
            calls.beginTimed();
            calls.loop().follow(RankLoop.ONE_BATCH, rank.readings());
            calls.endTimed();
            calls.checkedCall();
            calls.wrong();
        }
        calls.close();
    }

    /** Writes the data of the calls that follow, and lets the other ranks go. */
    public void begin() {
        rank.gather().fromLeader(CONTINUE);
        calls.beginTimed();
    }

    /** One call. */
    public void call() {
        loop.call();
    }

    /**
     * Makes the closing call, and checks its result and that of one more call.
     *
     * @return wrong elements over all ranks and checks so far
     */
    public long end() {
        loop.closingCall();
        calls.endTimed();
        calls.checkedCall();
        return calls.wrong();
    }

    /**
     * Ends the other ranks; returns when they have ended and their files are gone.
     *
     * @throws org.fabricmark.transport.FabricException the first failure of another rank, if one has failed
     */
    @Override
    public void close() {
        try (others) {
            try (communicator) {
                rank.gather().fromLeader(STOP);
                calls.close();
            }
            others.join();
        }
    }
}
