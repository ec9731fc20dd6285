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
 * Two ranks that meet over shared memory, whatever they measure: the caller's thread, which is rank 0, and a rank 1 that this starts
 * and ends.
 *
 * <p>Thread rule: one thread, which becomes rank 0.
 */
public final class RankPair implements AutoCloseable {
    private static final int RANKS = 2;
    private static final TransportSpec SHARED_MEMORY = TransportSpec.parse("shm");

    private final Ranks other;
    private final Job job;
    private final Communicator communicator;

    private RankPair(Ranks other, Job job, Communicator communicator) {
        this.other = other;
        this.job = job;
        this.communicator = communicator;
    }

    /**
     * How rank 1 is started.
     *
     * @param pinning which core each rank stays on
     * @param timeout longest wait for the other rank
     * @param lines hears what rank 1 prints if it is a process
     */
    public record Start(Pinning pinning, Duration timeout, ProcessRanks.Lines lines) {}

    /** What rank 1 does as a thread. */
    @FunctionalInterface
    public interface Follower {
        /** Returns when rank 0 has had enough. */
        void follow(Job job, Communicator communicator);
    }

    /**
     * What rank 1 runs as a process.
     *
     * @param main its main class
     * @param work what is sent to it
     */
    public record Program(Class<?> main, String work) {}

    /**
     * Starts rank 1 and attaches rank 0.
     *
     * @throws org.fabricmark.transport.FabricException when a rank does not come
     */
    public static RankPair ofThreads(Start start, Follower follower) {
        Job job = job(start);
        return attached(ThreadRanks.start(job, 1, peer -> follower.follow(job, peer)), job);
    }

    /** As {@link #ofThreads}, with rank 1 in a process of its own. */
    public static RankPair ofProcesses(Start start, Program program) {
        ProcessRanks processes =
                ProcessRanks.start(job(start), 1, program.main(), program.work(), start.lines());
        return attached(processes, processes.job());
    }

    private static Job job(Start start) {
        int cores = start.pinning().usable(Runtime.getRuntime().availableProcessors());
        CommunicatorConfig config = new CommunicatorConfig(start.timeout(), Waiting.forRanks(RANKS, cores));
        return Job.create(RANKS, SHARED_MEMORY, config).withPinning(start.pinning());
    }

    private static RankPair attached(Ranks other, Job job) {
        try {
            return new RankPair(other, job, job.attach(0));
        } catch (RuntimeException e) {
            try (other) {
                throw e;
            }
        }
    }

    /** What the ranks have in common. */
    public Job job() {
        return job;
    }

    /** Rank 0's. */
    public Communicator communicator() {
        return communicator;
    }

    /** Ends both ranks because of {@code cause}; what cannot be closed then is added to it. */
    public void abandon(RuntimeException cause) {
        communicator.abort(cause);
        try (other) {
            communicator.close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Waits for the end of rank 1, which has been told.
     *
     * @throws org.fabricmark.transport.FabricException the failure of rank 1, if it has failed
     */
    @Override
    public void close() {
        try (other) {
            communicator.close();
            other.join();
        }
    }
}
