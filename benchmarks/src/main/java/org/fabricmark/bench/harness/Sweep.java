package org.fabricmark.bench.harness;

import java.util.List;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.reduction.Kernels;

/**
 * Measures the cases of a request, one after the other, in this process. Ranks are threads; each job's ranks are started
 * for it, and have ended, with their files, before the next begins.
 *
 * <p>Thread rule: one thread runs it, once at a time; any thread may close it, then or before.
 */
public final class Sweep implements AutoCloseable {
    private final Object lock = new Object();
    private Thread runner;
    private boolean closed;

    /** A sweep that has not begun. */
    public Sweep() {}

    /**
     * Measures everything; returns when all ranks have ended.
     *
     * @throws org.fabricmark.transport.FabricException when a rank fails, or the sweep is closed or its thread interrupted; no
     *     rank runs any more then, and what was finished has been told to the listener
     */
    public void run(SweepRequest request, SweepListener listener) {
        synchronized (lock) {
            if (runner != null) {
                throw new IllegalStateException("the sweep is running already");
            }
            runner = Thread.currentThread();
            if (closed) {
                runner.interrupt();
            }
        }
        try {
            listener.started(request.cases().size() * request.repeat());
            for (int repetition = 1; request.repeat() == 0 || repetition <= request.repeat(); repetition++) {
                repetition(request, repetition, listener);
            }
        } finally {
            synchronized (lock) {
                runner = null;
                lock.notifyAll();
            }
        }
    }

    private static void repetition(SweepRequest request, int repetition, SweepListener listener) {
        Allowance allowance = new Allowance(request.budget().toNanos(), request.cases().size());
        ColdCode cold = new ColdCode(request.budget().toNanos());
        for (SweepOrder.Job job : SweepOrder.jobs(request.cases(), request.seed(), repetition)) {
            BenchmarkCase any = job.cases().getFirst();
            Waiting waiting = Waiting.forRanks(any.ranks());
            Job ranks = Job.create(any.ranks(), any.transport(), new CommunicatorConfig(request.timeout(), waiting));
            JobRank.Lines lines = new JobRank.Lines();
            listener.progress("starting " + any.ranks() + " ranks over " + any.transport());
            JobRun run = new JobRun(request, repetition, waiting, allowance, cold, listener);
            ThreadRanks.run(ranks, communicator -> run.run(communicator, job, lines));
        }
    }

    /**
     * Ends the ranks, if any run; returns when they have ended and their files are gone, or when the calling thread is
     * interrupted. A listener may call it too: its thread is one of those that this interrupts, so that it returns at once.
     */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            if (runner != null) {
                runner.interrupt();
            }
            try {
                while (runner != null) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The time that is left, shared over the cases that are left. Used by one rank 0 after the other. */
    private static final class Allowance {
        private final long untilNanos;
        private int casesLeft;

        Allowance(long nanos, int cases) {
            this.untilNanos = System.nanoTime() + nanos;
            this.casesLeft = cases;
        }

        /** What the next case should take. */
        synchronized long nextNanos() {
            return Math.max(0, untilNanos - System.nanoTime()) / Math.max(1, casesLeft--);
        }
    }

    /** What each rank of a job does. */
    private record JobRun(
            SweepRequest request,
            int repetition,
            Waiting waiting,
            Allowance allowance,
            ColdCode cold,
            SweepListener listener) {

        void run(Communicator communicator, SweepOrder.Job job, JobRank.Lines lines) {
            JobRank rank = new JobRank(communicator, job.cases(), lines, request.seed());
            LimitProbes limits = new LimitProbes(rank);
            for (List<BenchmarkCase> table : job.tables()) {
                if (rank.leads()) {
                    listener.tableStarted(facts(table.getFirst(), limits.cores(), rank.registration()));
                }
                for (BenchmarkCase subject : table) {
                    measure(rank, subject, limits);
                }
            }
        }

        private void measure(JobRank rank, BenchmarkCase subject, LimitProbes limits) {
            long nanos = 0;
            long warmupNanos = 0;
            if (rank.leads()) {
                listener.progress(subject.key().canonicalName());
                nanos = allowance.nextNanos();
                warmupNanos = cold.leastWarmupNanos(subject);
            }
            new CaseRun(rank, subject, request, limits, nanos, warmupNanos)
                    .run()
                    .ifPresent(measured -> listener.caseFinished(measured.result(), measured.notes()));
        }

        private TableFacts facts(BenchmarkCase first, int cores, Registration registration) {
            return new TableFacts(
                    first.collective(),
                    first.transport().toString(),
                    first.conditions(),
                    first.ranks(),
                    cores,
                    waiting.name().toLowerCase(java.util.Locale.ROOT),
                    Kernels.description(),
                    request.seed(),
                    repetition,
                    registration);
        }
    }
}
