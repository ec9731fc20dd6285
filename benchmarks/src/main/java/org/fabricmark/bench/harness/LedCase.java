package org.fabricmark.bench.harness;

import java.time.Duration;
import java.util.List;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ProcessRanks;
import org.fabricmark.bootstrap.Ranks;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;

/**
 * One case whose rank 0 is the caller's thread: for harnesses that have a timing loop of their own. The other ranks are
 * threads or processes that run freely; see {@link RankLoop}.
 *
 * <p>Order of calls: {@link #begin}, any number of {@link #call}, {@link #end}; then again, or {@link #close}.
 *
 * <p>Thread rule: one thread, which becomes rank 0.
 */
public final class LedCase implements AutoCloseable {
    private static final long CONTINUE = 1;
    private static final long STOP = 0;

    /** The caller has a budget of its own. */
    private static final Duration NO_BUDGET = Duration.ofSeconds(1);

    private final Ranks others;
    private final Communicator communicator;
    private final SideChannel side;
    private final JobRank rank;
    private final RankCase calls;
    private final RankLoop loop;

    /**
     * Starts the ranks and makes the first call.
     *
     * @param timeout longest wait for a peer before every rank gives up
     * @param seed of the data
     * @param lines hears what ranks print that are processes
     * @throws IllegalArgumentException when calls of the case cannot be made back to back
     * @throws org.fabricmark.transport.FabricException when a rank fails
     */
    public LedCase(BenchmarkCase subject, Duration timeout, long seed, ProcessRanks.Lines lines) {
        if (subject.conditions().isolated()) {
            throw new IllegalArgumentException("calls that are timed from outside are streaming, not isolated");
        }
        SweepRequest request = SweepRequest.of(List.of(subject), NO_BUDGET, seed);
        Job given = Job.create(
                subject.ranks(),
                subject.transport(),
                new CommunicatorConfig(timeout, Waiting.forRanks(subject.ranks())));
        Job job = given;
        if (subject.inProcesses()) {
            RankWork work = new RankWork(true, request, Runtime.getRuntime().availableProcessors());
            ProcessRanks processes = ProcessRanks.start(given, 1, RankMain.class, work.text(), lines);
            job = processes.job();
            others = processes;
        } else {
            others = ThreadRanks.start(given, 1, peer -> follow(given, peer, request));
        }
        Communicator own = null;
        SideChannel ownSide = null;
        try {
            own = job.attach(0);
            ownSide = SideChannel.attach(job, own);
            rank = new JobRank(own, request.cases(), ownSide, seed);
            calls = new RankCase(rank, subject, true);
            loop = calls.streaming();
            communicator = own;
            side = ownSide;
        } catch (RuntimeException e) {
            end(own, ownSide, e);
            others.close();
            throw e;
        }
    }

    private static void end(Communicator own, SideChannel side, RuntimeException cause) {
        if (own != null) {
            own.abort(cause);
            try (own) {
                if (side != null) {
                    side.close();
                }
            }
        }
    }

    /** Another rank's part. */
    static void follow(Job job, Communicator communicator, SweepRequest request) {
        SideChannel.use(job, communicator, side -> {
            BenchmarkCase subject = request.cases().getFirst();
            JobRank rank = new JobRank(communicator, request.cases(), side, request.seed());
            RankCase calls = new RankCase(rank, subject, true);
            while (rank.gather().fromLeader(0) == CONTINUE) {
                calls.beginTimed();
                calls.loop().follow(RankLoop.ONE_BATCH, rank.readings());
                calls.endTimed();
                calls.checkedCall();
                calls.wrong();
            }
            calls.close();
        });
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
            try (communicator; side) {
                rank.gather().fromLeader(STOP);
                calls.close();
            }
            others.join();
        }
    }
}
