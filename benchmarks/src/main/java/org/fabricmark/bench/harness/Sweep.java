package org.fabricmark.bench.harness;

import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ProcessRanks;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.reduction.Kernels;

/**
 * Measures the cases of a request, one after the other. Rank 0 is a thread of this process, the others are threads too, or
 * processes; each job's ranks are started for it, and have ended, with their files, before the next begins.
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
        int cores = request.pinning().usable(Runtime.getRuntime().availableProcessors());
        for (SweepOrder.Job group : SweepOrder.jobs(request.cases(), request.seed(), repetition)) {
            BenchmarkCase any = group.cases().getFirst();
            Waiting waiting = Waiting.forRanks(any.ranks(), cores);
            Job job = Job.create(any.ranks(), any.transport(), new CommunicatorConfig(request.timeout(), waiting))
                    .withPinning(request.pinning());
            allowance.pause();
            listener.progress("starting " + any.ranks() + " ranks as " + any.conditions().launch() + " over "
                    + any.transport());
            // Processes are new for each job, and their code is cold again.
            ColdCode paths = any.inProcesses() ? new ColdCode(request.budget().toNanos()) : cold;
            Leader leader = new Leader(request, repetition, waiting, cores, allowance, paths, listener);
            JobRun run = new JobRun(request, group.tables(), cores, leader);
            if (any.inProcesses()) {
                String work = new RankWork(false, request.withCases(group.cases()), cores).text();
                try (ProcessRanks others = ProcessRanks.start(job, 1, RankMain.class, work, listener::rankSaid)) {
                    ThreadRanks.run(others.job(), 1, communicator -> run.run(others.job(), communicator));
                    others.join();
                }
            } else {
                ThreadRanks.run(job, communicator -> run.run(job, communicator));
            }
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

    /**
     * The time that is left, shared over the cases that are left. Starting ranks is not counted, or many processes would leave their
     * first cases no time to warm up. Used by one rank 0 after the other.
     */
    private static final class Allowance {
        private long untilNanos;
        private long pausedNanos;
        private boolean paused;
        private int casesLeft;

        Allowance(long nanos, int cases) {
            this.untilNanos = System.nanoTime() + nanos;
            this.casesLeft = cases;
        }

        /** Time does not count until the next case begins. */
        synchronized void pause() {
            paused = true;
            pausedNanos = System.nanoTime();
        }

        /** What the next case should take. */
        synchronized long nextNanos() {
            if (paused) {
                paused = false;
                untilNanos += System.nanoTime() - pausedNanos;
            }
            return Math.max(0, untilNanos - System.nanoTime()) / Math.max(1, casesLeft--);
        }
    }

    /** What rank 0 decides, and passes on to the listener. */
    private record Leader(
            SweepRequest request,
            int repetition,
            Waiting waiting,
            int cores,
            Allowance allowance,
            ColdCode cold,
            SweepListener listener)
            implements
                JobRun.Lead {

        @Override
        public void tableStarted(BenchmarkCase first, Registration registration) {
            listener.tableStarted(new TableFacts(
                    first.collective(),
                    first.transport().toString(),
                    first.conditions(),
                    first.ranks(),
                    cores,
                    waiting.name().toLowerCase(java.util.Locale.ROOT),
                    Kernels.description(),
                    request.seed(),
                    repetition,
                    registration));
        }

        @Override
        public JobRun.Effort caseStarted(BenchmarkCase subject) {
            listener.progress(subject.key().canonicalName());
            return new JobRun.Effort(allowance.nextNanos(), cold.leastWarmupNanos(subject));
        }

        @Override
        public void caseFinished(CaseRun.Measured measured) {
            listener.caseFinished(measured.result(), measured.notes(), measured.launch());
        }
    }
}
