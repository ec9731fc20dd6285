package org.fabricmark.bench.harness;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.Pinning;
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
 * <p>Order of calls: {@link #begin}, any number of {@link #call}, {@link #end}; then again, or {@link #close}. What surrounds the
 * calls is looked at before and after them, and never between two.
 *
 * <p>Thread rule: one thread, which becomes rank 0.
 */
public final class LedCase implements AutoCloseable {
    private static final long CONTINUE = 1;
    private static final long STOP = 0;

    /** For how long calls are made in our own loop. */
    private static final long ROUND_NANOS = 10_000_000;

    /** Shorter calls are timed in batches of about {@link #BATCH_NANOS}. */
    private static final double SINGLE_CALL_NANOS = 2_000;

    private static final double BATCH_NANOS = 10_000;

    /** The longest wait for a compiler before a stretch of calls. */
    private static final long QUIET_NANOS = 1_000_000_000;

    /** The caller has a budget of its own. */
    private static final Duration NO_BUDGET = Duration.ofSeconds(1);

    private final Ranks others;
    private final Communicator communicator;
    private final SideChannel side;
    private final JobRank rank;
    private final RankCase calls;
    private final RankLoop loop;
    private final BenchmarkCase subject;
    private Regime before;
    private long calledBefore;
    private long beginNanos;
    private long wrong;

    /**
     * What was seen around the calls of a stretch, in tens of milliseconds that are no part of it.
     *
     * @param loopUs median time of a call of the slowest rank, as {@link RankLoop} leads calls by itself
     * @param skewUs median of the last minus the first rank's end; empty for a single rank
     * @param exchangeNanos the exchange between ranks 0 and 1, the mean of before and after; empty for a single rank
     * @param lineNanos likewise of a line, whatever carries the bytes; empty for a single rank
     */
    public record Surroundings(
            double loopUs, OptionalDouble skewUs, OptionalDouble exchangeNanos, OptionalDouble lineNanos) {}

    /**
     * Starts the ranks and makes the first call.
     *
     * @param pinning which core each rank stays on; the caller's thread is rank 0
     * @param timeout longest wait for a peer before every rank gives up
     * @param seed of the data
     * @param lines hears what ranks print that are processes
     * @throws IllegalArgumentException when calls of the case cannot be made back to back
     * @throws org.fabricmark.transport.FabricException when a rank fails
     */
    public LedCase(
            BenchmarkCase subject, Pinning pinning, Duration timeout, long seed, ProcessRanks.Lines lines) {
        this(subject, pinning, timeout, seed, lines, Duration.ZERO);
    }

    /**
     * A case whose other ranks, which are threads, enter each call late by a time that is known: a measure for harnesses.
     *
     * @throws IllegalArgumentException when the ranks of the case are processes, or calls cannot be made back to back
     */
    public static LedCase late(BenchmarkCase subject, Pinning pinning, Duration timeout, long seed, Duration late) {
        if (subject.inProcesses()) {
            throw new IllegalArgumentException("launch '" + subject.conditions().launch()
                    + "': ranks that come late by a known time are threads");
        }
        return new LedCase(subject, pinning, timeout, seed, (_, _) -> {}, late);
    }

    private LedCase(
            BenchmarkCase subject, Pinning pinning, Duration timeout, long seed, ProcessRanks.Lines lines,
            Duration late) {
        if (subject.conditions().isolated()) {
            throw new IllegalArgumentException("calls that are timed from outside are streaming, not isolated");
        }
        this.subject = subject;
        SweepRequest request = SweepRequest.of(List.of(subject), NO_BUDGET, seed);
        int cores = pinning.usable(Runtime.getRuntime().availableProcessors());
        CommunicatorConfig config = new CommunicatorConfig(timeout, Waiting.forRanks(subject.ranks(), cores));
        Job given = Job.create(subject.ranks(), subject.transport(), config).withPinning(pinning);
        Job job = given;
        if (subject.inProcesses()) {
            RankWork work = new RankWork(true, request, cores);
            ProcessRanks processes = ProcessRanks.start(given, 1, RankMain.class, work.text(), lines);
            job = processes.job();
            others = processes;
        } else {
            others = ThreadRanks.start(given, 1, peer -> follow(given, peer, request, late.toNanos()));
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

    /** Another rank's part, in a process. */
    static void follow(Job job, Communicator communicator, SweepRequest request) {
        follow(job, communicator, request, 0);
    }

    private static void follow(Job job, Communicator communicator, SweepRequest request, long lateNanos) {
        SideChannel.use(job, communicator, side -> {
            BenchmarkCase subject = request.cases().getFirst();
            JobRank rank = new JobRank(communicator, request.cases(), side, request.seed());
            RankCase calls = new RankCase(rank, subject, true, lateNanos);
            while (rank.gather().fromLeader(0) == CONTINUE) {
                probe(rank, subject);
                calls.beginTimed();
                settle(rank);
                calls.loop().follow(RankLoop.ONE_BATCH, rank.readings());
                long batch = rank.gather().fromLeader(0);
                rank.gather().gather(rank.readings(), calls.loop().follow(batch, rank.readings()));
                calls.endTimed();
                probe(rank, subject);
                calls.checkedCall();
                calls.wrong();
            }
            calls.close();
        });
    }

    /**
     * What stands between stretches of calls runs seldom, so that it becomes hot late, and its compilation would take cores from the
     * ranks while they are timed. Each rank waits for its own virtual machine, then for the others.
     */
    private static void settle(JobRank rank) {
        JustInTime.awaitQuiet(QUIET_NANOS);
        rank.gather().meet();
    }

    private static Regime probe(JobRank rank, BenchmarkCase subject) {
        return Regime.probe(rank, subject, 0);
    }

    /** Writes the data of the calls that follow, and lets the other ranks go. */
    public void begin() {
        rank.gather().fromLeader(CONTINUE);
        before = probe(rank, subject);
        calls.beginTimed();
        settle(rank);
        calledBefore = loop.calls();
        beginNanos = System.nanoTime();
    }

    /** One call. */
    public void call() {
        loop.call();
    }

    /** Makes the closing call, looks at the surroundings, and checks the result of that call and of one more. */
    public Surroundings end() {
        double nanos = (double) (System.nanoTime() - beginNanos) / Math.max(1, loop.calls() - calledBefore);
        loop.closingCall();
        Samples samples = round(nanos);
        calls.endTimed();
        Regime regime = before.between(probe(rank, subject));
        calls.checkedCall();
        wrong = calls.wrong();
        boolean several = rank.communicator().size() > 1;
        return new Surroundings(
                samples.medianUs(),
                several ? OptionalDouble.of(samples.skewUs()) : OptionalDouble.empty(),
                several ? OptionalDouble.of(regime.exchangeNanos()) : OptionalDouble.empty(),
                several ? OptionalDouble.of(regime.lineNanos()) : OptionalDouble.empty());
    }

    /** Calls in our own loop, timed on every rank. */
    private Samples round(double callNanos) {
        int batch = callNanos >= SINGLE_CALL_NANOS ? 1 : (int) Math.ceil(BATCH_NANOS / Math.max(1, callNanos));
        rank.gather().fromLeader(batch);
        int count = loop.lead(batch, 1, loop.mostBatches(), System.nanoTime() + ROUND_NANOS, rank.readings());
        Samples samples = new Samples(rank.communicator().size(), batch);
        loop.addTo(samples, rank.gather().gather(rank.readings(), count));
        return samples;
    }

    /** Wrong elements over all ranks and checks so far. */
    public long wrong() {
        return wrong;
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
