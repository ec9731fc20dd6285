package org.fabricmark.transport.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Transport;

/** What becomes of a rank that is killed, throws or hangs in the middle of an operation. */
final class RankEnd {
    /** Exit status of a process that is halted: that of one that was killed by a signal. */
    private static final int KILLED = 137;

    private static final long HANG_POLL_NANOS = 1_000_000;

    private final Transport transport;
    private final Duration deadline;
    private final boolean ownProcess;

    /**
     * @param deadline how long a rank hangs at most, twice over
     * @param ownProcess whether killing the rank is halting the process
     */
    RankEnd(Transport transport, Duration deadline, boolean ownProcess) {
        this.transport = transport;
        this.deadline = deadline;
        this.ownProcess = ownProcess;
    }

    /** The rank's last exception; does not return where the process is halted, and not before a hang has ended. */
    RuntimeException of(Fault fault, long operation) {
        String where = " at its operation " + operation + ", by fault '" + fault + "'";
        return switch (fault.kind()) {
            case KILL -> killed(where);
            case THROW -> new IllegalStateException("rank " + transport.rank() + " threw" + where);
            case HANG -> hung(where);
            default -> throw new IllegalArgumentException(fault + " does not end a rank");
        };
    }

    private FabricException killed(String where) {
        if (ownProcess) {
            Runtime.getRuntime().halt(KILLED);
        }
        return new FabricException(failure(Category.RANK_FAILED, "was killed" + where));
    }

    /** Returns, with what ended it, when the job has been aborted; by itself when all others hang too. */
    private FabricException hung(String where) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 2 * deadline.toNanos()) {
            Optional<Failure> failure = transport.aborted();
            if (failure.isPresent()) {
                return new FabricException(failure.get());
            }
            if (Thread.currentThread().isInterrupted()) {
                return new FabricException(failure(Category.INTERRUPTED, "was interrupted" + where));
            }
            LockSupport.parkNanos(HANG_POLL_NANOS);
        }
        return new FabricException(failure(Category.LINK_LOST, "hung and nobody noticed" + where));
    }

    private Failure failure(Category category, String what) {
        return Failure.of(category, transport.rank(), transport.name(), "rank " + transport.rank() + " " + what);
    }
}
