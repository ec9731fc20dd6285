package org.fabricmark.bootstrap;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/**
 * The other side of {@link ProcessRanks}: one rank, alone in its process. It says that it is ready, receives a
 * {@link JobDescription}, runs it on the calling thread, and reports how that ended. Standard output carries the reports and
 * nothing else; what anybody prints goes to standard error.
 *
 * <p>When standard input closes, the launcher has gone or wants the rank to end. The rank then aborts the job at its next look;
 * a process that is still there {@value #GRACE_NANOS} ns later is stuck, and is halted.
 */
public final class ChildRank {
    /** How long a rank may take to end in good order: it looks up between two tiles of data. */
    static final long GRACE_NANOS = 200_000_000;

    private static final int FAILED = 1;

    private final OutputStream reports = new FileOutputStream(FileDescriptor.out);
    private final AtomicReference<Failure> launcherGone = new AtomicReference<>();
    private final RankProgram program;

    private ChildRank(RankProgram program) {
        this.program = program;
    }

    /**
     * Runs the rank that the launcher describes.
     *
     * @return the exit code: 0 when all is well
     */
    public static int run(RankProgram program) {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        try {
            return new ChildRank(program).run(new FileInputStream(FileDescriptor.in));
        } catch (IOException e) {
            return FAILED; // the launcher went before it had told what to do, or before it could hear how it ended
        }
    }

    private int run(InputStream stdin) throws IOException {
        report(new RankReport.Ready());
        JobDescription description = JobDescription.read(stdin);
        int rank = description.rank();
        String transport = description.job().transport().toString();
        Thread.ofPlatform().name("launcher-watch").daemon().start(() -> watch(stdin, rank, transport));
        Thread.currentThread().setName("rank-" + rank);
        try {
            run(description.job().withWatch(() -> Optional.ofNullable(launcherGone.get())), rank, description.work());
        } catch (Throwable e) {
            report(new RankReport.Failed(FabricException.failureOf(e, rank, transport)));
            return FAILED;
        }
        report(new RankReport.Done());
        return 0;
    }

    private void run(Job job, int rank, String work) throws Exception {
        RankTask task = program.task(job, work);
        try (Communicator communicator = job.attach(rank)) {
            try {
                task.run(communicator);
            } catch (Throwable e) {
                communicator.abort(e);
                throw e;
            }
        }
    }

    private void report(RankReport report) throws IOException {
        reports.write((report.line() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Reads nothing more, for nothing more is sent: waits for the end of standard input. */
    private void watch(InputStream stdin, int rank, String transport) {
        try {
            while (stdin.read() >= 0) {
                assert false : "the launcher sends one description";
            }
        } catch (IOException e) {
            // a pipe that cannot be read is as good as closed
        }
        launcherGone.set(Failure.of(Category.LINK_LOST, rank, transport,
                "rank " + rank + " was told to end, or its launcher is gone"));
        long until = System.nanoTime() + GRACE_NANOS;
        for (long left = GRACE_NANOS; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        Runtime.getRuntime().halt(FAILED);
    }
}
