package org.fabricmark.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/**
 * Ranks as threads of this process. The first failure ends all of them and is what {@link #join} throws; when it returns or
 * throws, no thread and no file is left.
 *
 * <p>Thread rule: the thread that started them joins them.
 */
public final class ThreadRanks implements Ranks {
    /** How long ranks may take to notice a failure, on top of the job's timeout, before they are given up. */
    private static final long NOTICE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** After so long they are interrupted: a rank that waits for something else than its peers hears of no abort. */
    private static final long INTERRUPT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long POLL_MILLIS = 20;

    private final Job job;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> firstFailure = new AtomicReference<>();

    private ThreadRanks(Job job) {
        this.job = job;
    }

    /** Runs {@code task} on all ranks and waits for them. */
    public static void run(Job job, RankTask task) {
        run(job, job.size(), task);
    }

    /** Runs {@code task} on ranks 0 to {@code end}, exclusive, and waits for them; the others are the caller's business. */
    public static void run(Job job, int end, RankTask task) {
        try (ThreadRanks ranks = start(job, 0, end, task)) {
            ranks.join();
        }
    }

    /** Starts ranks {@code firstRank} and up; the ranks before them are the caller's business. */
    public static ThreadRanks start(Job job, int firstRank, RankTask task) {
        return start(job, firstRank, job.size(), task);
    }

    private static ThreadRanks start(Job job, int firstRank, int end, RankTask task) {
        ThreadRanks ranks = new ThreadRanks(job);
        for (int rank = firstRank; rank < end; rank++) {
            int number = rank;
            ranks.threads.add(Thread.ofPlatform()
                    .name("rank-" + rank)
                    .daemon()
                    .unstarted(() -> ranks.runRank(number, task)));
        }
        ranks.threads.forEach(Thread::start);
        return ranks;
    }

    private void runRank(int rank, RankTask task) {
        try (Communicator communicator = job.attach(rank)) {
            try {
                task.run(communicator);
            } catch (Throwable e) {
                firstFailure.compareAndSet(null, e); // before the others hear of it
                communicator.abort(e);
                throw e;
            }
        } catch (Throwable e) {
            if (firstFailure.compareAndSet(null, e)) {
                interruptAll(); // it never attached, or failed to leave: the others may not know
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws FabricException the first failure, with category {@code RANK_FAILED} if it was a checked exception of the task or an
     *     error of the virtual machine
     */
    @Override
    public void join() {
        awaitEnd(false);
        Throwable failure = firstFailure.get();
        switch (failure) {
            case null -> {
                // all is well
            }
            case RuntimeException e -> throw e;
            case VirtualMachineError e -> throw rankFailed(e); // out of memory, or pages of a mapping are gone
            case Error e -> throw e;
            default -> throw rankFailed(failure);
        }
    }

    private FabricException rankFailed(Throwable failure) {
        return new FabricException(
                Failure.of(
                        Category.RANK_FAILED,
                        Failure.UNKNOWN,
                        job.transport().toString(),
                        "a rank ended with " + failure),
                failure);
    }

    @Override
    public void close() {
        if (threads.stream().anyMatch(Thread::isAlive)) {
            interruptAll();
            awaitEnd(true);
        }
    }

    private void interruptAll() {
        threads.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
    }

    /** Waits for all threads; from the first failure or interruption on, not longer than they may take to notice it. */
    private void awaitEnd(boolean told) {
        long patience = job.config().timeout().toNanos() + NOTICE_NANOS;
        long since = System.nanoTime();
        boolean ending = told;
        boolean reminded = told;
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                if (joinInterrupted(thread)) {
                    interrupted = true;
                    interruptAll();
                }
                if (!ending && (interrupted || firstFailure.get() != null)) {
                    ending = true;
                    since = System.nanoTime();
                }
                if (ending && !reminded && System.nanoTime() - since > INTERRUPT_NANOS) {
                    reminded = true;
                    interruptAll();
                }
                if (ending && System.nanoTime() - since > patience) {
                    throw stuck(thread);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a little for {@code thread}. */
    private static boolean joinInterrupted(Thread thread) {
        try {
            thread.join(POLL_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true; // awaitEnd restores the flag when all have ended
        }
    }

    private FabricException stuck(Thread thread) {
        interruptAll();
        StringBuilder stack = new StringBuilder();
        for (StackTraceElement frame : thread.getStackTrace()) {
            stack.append(" < ").append(frame);
        }
        return new FabricException(
                Failure.of(
                        Category.LINK_LOST,
                        Failure.UNKNOWN,
                        job.transport().toString(),
                        thread.getName() + " does not end after a failure; it is in" + stack),
                firstFailure.get());
    }
}
