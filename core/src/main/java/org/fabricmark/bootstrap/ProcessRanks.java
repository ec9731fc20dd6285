package org.fabricmark.bootstrap;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/**
 * Ranks as processes on this host, each a JVM like this one that runs {@link ChildRank}. Rank 0 (and whatever ranks are below the
 * first child) live in this process.
 *
 * <p>A child ends when its standard input closes, so that none outlives this process, however that ends. A child that dies is
 * noticed here; rank 0 looks at this {@linkplain #job job's} watch wherever it waits, and aborts, so that all ranks end at once
 * with one failure that names the dead one.
 *
 * <p>Starting is not part of any deadline of the job: ranks begin to attach when all processes run.
 *
 * <p>Thread rule: the thread that started them joins and closes them.
 */
public final class ProcessRanks implements Ranks {
    /** A JVM on a busy machine needs a second or two. */
    private static final Duration START = Duration.ofSeconds(60);

    /** How long a child may take to end when it was told to; after {@link ChildRank#GRACE_NANOS} it ends by itself. */
    private static final long END_NANOS = 2 * ChildRank.GRACE_NANOS;

    /** How long the system may take to end a process that was killed. */
    private static final long KILL_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long POLL_MILLIS = 20;

    private final Job job;
    private final List<ChildProcess> children = new ArrayList<>();
    private final AtomicReference<Failure> firstFailure = new AtomicReference<>();
    private final Lines lines;
    private int ready;

    /** Hears the lines that a rank prints, on a thread of its own. */
    @FunctionalInterface
    public interface Lines {
        /** A whole line. */
        void said(int rank, String line);
    }

    private ProcessRanks(Job job, Lines lines) {
        this.job = job.withWatch(() -> Optional.ofNullable(firstFailure.get()));
        this.lines = lines;
    }

    /**
     * Starts ranks {@code firstRank} and up; returns when all of them run and are about to attach.
     *
     * @param main its main method calls {@link ChildRank#run}
     * @param work for the {@link RankProgram} there
     * @param lines hears what the children print
     * @throws FabricException when a process does not start, or the calling thread is interrupted
     */
    public static ProcessRanks start(Job job, int firstRank, Class<?> main, String work, Lines lines) {
        ProcessRanks ranks = new ProcessRanks(job, lines);
        try {
            List<String> command = JvmCommand.of(main);
            for (int rank = firstRank; rank < job.size(); rank++) {
                ranks.children.add(ChildProcess.start(rank, ranks.transport(), command, ranks.new Ears()));
            }
            ranks.awaitReady();
            for (ChildProcess child : ranks.children) {
                child.describe(new JobDescription(job, child.rank(), work));
            }
            return ranks;
        } catch (IOException e) {
            throw ranks.given(new FabricException(
                    Failure.of(Category.NO_ROOM, Failure.UNKNOWN, ranks.transport(),
                            "a process for a rank cannot be started: " + e.getMessage()),
                    e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ranks.given(new FabricException(
                    Failure.of(Category.INTERRUPTED, Failure.UNKNOWN, ranks.transport(),
                            "the launcher was interrupted while its ranks started"),
                    e));
        } catch (RuntimeException e) {
            throw ranks.given(e);
        }
    }

    /** The job as rank 0 sees it: with a watch that tells when a child has ended. */
    public Job job() {
        return job;
    }

    private String transport() {
        return job.transport().toString();
    }

    /** Ends what has been started; a child's own failure explains more than what followed from it. */
    private RuntimeException given(RuntimeException otherwise) {
        Failure known = firstFailure.get();
        close();
        return known == null ? otherwise : new FabricException(known, otherwise);
    }

    private synchronized void awaitReady() throws InterruptedException {
        long until = System.nanoTime() + START.toNanos();
        while (ready < children.size()) {
            Failure failure = firstFailure.get();
            if (failure != null) {
                throw new FabricException(failure);
            }
            if (System.nanoTime() - until > 0) {
                throw new FabricException(Failure.of(Category.LINK_LOST, Failure.UNKNOWN, transport(),
                        "of " + children.size() + " processes only " + ready + " have started within "
                                + START.toSeconds() + " s"));
            }
            wait(POLL_MILLIS);
        }
    }

    /** What the threads of all children call. */
    private final class Ears implements ChildProcess.Listener {
        @Override
        public void ready(int rank) {
            synchronized (ProcessRanks.this) {
                ready++;
                ProcessRanks.this.notifyAll();
            }
        }

        @Override
        public void failed(Failure failure) {
            firstFailure.compareAndSet(null, failure);
        }

        @Override
        public void said(int rank, String line) {
            lines.said(rank, line);
        }
    }

    @Override
    public void join() {
        awaitEnd(false);
        Failure failure = firstFailure.get();
        if (failure != null) {
            throw new FabricException(failure);
        }
    }

    @Override
    public void close() {
        awaitEnd(true);
    }

    /**
     * Waits for all children. They are told to end when this one is to end them, or has failed, or the thread is interrupted, and
     * killed when they do not do it.
     */
    private void awaitEnd(boolean ending) {
        boolean told = false;
        boolean killed = false;
        boolean interrupted = false;
        long since = System.nanoTime();
        for (ChildProcess child : children) {
            while (!endedSoon(child)) {
                interrupted |= Thread.interrupted();
                if (!told && (ending || interrupted || firstFailure.get() != null)) {
                    told = true;
                    since = System.nanoTime();
                    children.forEach(ChildProcess::tell);
                }
                long elapsed = System.nanoTime() - since;
                if (told && !killed && elapsed > END_NANOS) {
                    killed = true;
                    children.forEach(ChildProcess::kill);
                }
                if (killed && elapsed > END_NANOS + KILL_NANOS) {
                    throw new FabricException(Failure.of(Category.LINK_LOST, child.rank(), transport(),
                            "the process of rank " + child.rank() + " cannot be killed"));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits a little. An interrupt stays for {@link #awaitEnd}. */
    private static boolean endedSoon(ChildProcess child) {
        try {
            return child.ended(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
