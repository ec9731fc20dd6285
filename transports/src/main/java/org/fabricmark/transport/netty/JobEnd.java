package org.fabricmark.transport.netty;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Watch;

/**
 * Why a job has ended, on every rank in the same words. Ranks often notice one end at the same time, each in its own words. So the
 * lowest rank that is not suspected of it decides; the others propose to it, and decide themselves when it does not answer soon.
 *
 * <p>A connection that ends is seen a moment before the {@link Watch} knows that its process was killed, and by what. So who is
 * to decide about a lost link listens to the watch for that moment.
 *
 * <p>Thread rule: the rank's thread. {@link #notice} and {@link #heard} are called inside the event loop, the others are not: they
 * run it.
 */
final class JobEnd {
    /** How long a rank waits for another one to decide. */
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** How long a lost link waits for the watch; with reserve below {@link #ANSWER_NANOS}. */
    private static final long WATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final int rank;
    private final Mesh mesh;
    private final Watch watch;
    private Failure failure;

    /** What the event loop came upon or was proposed to, until it is the failure, or another one was first. */
    private Failure noticed;

    JobEnd(int rank, Mesh mesh, Watch watch) {
        this.rank = rank;
        this.mesh = mesh;
        this.watch = watch;
    }

    /** Whether it is decided. */
    boolean known() {
        return failure != null;
    }

    /** The rank that the job has ended because of, or {@link Failure#UNKNOWN}. */
    int suspect() {
        return failure.peer();
    }

    /** Keeps what the event loop has come upon for the next look. */
    void notice(Failure reason) {
        if (noticed == null) {
            noticed = reason;
        }
    }

    /** A peer hands on what is decided, or proposes {@code reason}. */
    void heard(Failure reason, boolean decided) {
        if (!decided) {
            notice(reason);
        } else if (failure == null) {
            settle(reason);
        }
    }

    /** @throws FabricException when the job has ended, as far as this rank has heard */
    void checkNotReached() {
        if (failure == null && noticed != null) {
            endBecauseOfNoticed();
        }
        if (failure != null) {
            throw new FabricException(failure);
        }
    }

    /** Why the job has ended, if it has; asks the watch too. */
    Optional<Failure> look() {
        if (failure == null && noticed != null) {
            endBecauseOfNoticed();
        }
        if (failure == null) {
            Optional<Failure> seen = watch.failure();
            if (seen.isPresent()) { // no lambda: waits ask this often
                abort(seen.get());
            }
        }
        return Optional.ofNullable(failure);
    }

    private void endBecauseOfNoticed() {
        Failure reason = noticed;
        if (reason.category() == Category.LINK_LOST && watch != Watch.NONE && decider(reason) == null) {
            long start = System.nanoTime();
            while (failure == null && watch.failure().isEmpty() && System.nanoTime() - start < WATCH_NANOS) {
                mesh.await(POLL_NANOS);
            }
            reason = watch.failure().orElse(reason);
        }
        abort(reason);
    }

    /** Ends the job because of {@code reason}, unless it has ended already. */
    void abort(Failure reason) {
        if (failure != null) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // the JDK's channels close when an interrupted thread uses them
        Connection decider = decider(reason);
        if (decider != null && tell(decider, FailureRecord.encode(reason), NettyLayout.PROPOSED)) {
            long start = System.nanoTime();
            while (failure == null && !decider.over() && System.nanoTime() - start < ANSWER_NANOS) {
                mesh.await(POLL_NANOS);
            }
        }
        if (failure == null) {
            settle(reason);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection to the rank that decides, or null when this rank does. */
    private Connection decider(Failure reason) {
        for (int peer = 0; peer < rank; peer++) {
            Connection connection = mesh.connection(peer, 0);
            if (peer != reason.peer() && connection != null && !connection.over()) {
                return connection;
            }
        }
        return null;
    }

    private void settle(Failure reason) {
        failure = reason;
        byte[] record = FailureRecord.encode(reason);
        for (Connection connection : mesh.all()) {
            if (connection.number() == 0 && !connection.over()) {
                tell(connection, record, NettyLayout.DECIDED);
            }
        }
    }

    /** @return false when the peer takes nothing now */
    private static boolean tell(Connection connection, byte[] record, long state) {
        Outbound outbound = connection.outbound();
        if (!outbound.roomForControl(NettyLayout.HEADER_BYTES + record.length)) {
            return false;
        }
        outbound.addControl(NettyLayout.ABORT, record, state);
        outbound.flush();
        return true;
    }
}
