package org.fabricmark.bench.harness;

import java.nio.channels.ByteChannel;
import java.time.Duration;
import org.fabricmark.bench.baseline.ExchangeProbe;
import org.fabricmark.bench.baseline.ProbeSocket;
import org.fabricmark.bench.baseline.SharedLines;
import org.fabricmark.bench.baseline.SocketProbe;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;

/**
 * What the ranks of a job on one host share beside the transport that is measured: a few cache lines, by a second attachment to
 * shared memory. It is the same for threads and processes, and whatever is measured.
 *
 * <p>Whoever waits here sees when the job has ended. A rank that fails while this is open {@linkplain #abort aborts} it before it
 * closes it, or it would wait here for the others.
 *
 * <p>Thread rule: the rank's thread. The lines may be used until {@link #close}.
 */
final class SideChannel implements AutoCloseable {
    private static final TransportSpec SHARED_MEMORY = TransportSpec.parse("shm");
    private static final int CONTROL_LINE = 0;
    private static final int SOCKET_LINE = 1;
    private static final int EXCHANGE_LINES = 2;

    private final Communicator communicator;
    private final long timeoutNanos;
    private final Transport transport;
    private final Region region;
    private SocketProbe socket;

    private SideChannel(Communicator communicator, Duration timeout, Transport transport, Region region) {
        this.communicator = communicator;
        this.timeoutNanos = timeout.toNanos();
        this.transport = transport;
        this.region = region;
    }

    /** What a rank does with it. */
    interface Task {
        void run(SideChannel side);
    }

    /** Runs {@code task} with a side channel of the ranks of {@code communicator}. Collective. */
    static void use(Job job, Communicator communicator, Task task) {
        try (SideChannel side = attach(job, communicator)) {
            try {
                task.run(side);
            } catch (RuntimeException | Error e) {
                side.abort(e);
                throw e;
            }
        }
    }

    /** Collective. */
    static SideChannel attach(Job job, Communicator communicator) {
        Transport transport = job.beside("side", SHARED_MEMORY, communicator).open(communicator.rank());
        try {
            return new SideChannel(
                    communicator,
                    job.config().timeout(),
                    transport,
                    transport.allocate((long) SharedLines.SPACING * (EXCHANGE_LINES + ExchangeProbe.LINES)));
        } catch (RuntimeException e) {
            transport.abort(FabricException.failureOf(e, transport.rank(), transport.name()));
            try (transport) {
                throw e;
            }
        }
    }

    /** The word that ends loops. */
    ControlLine control() {
        return new ControlLine(lines(CONTROL_LINE));
    }

    /** Lines for the probe of the exchange. */
    SharedLines exchange() {
        return lines(EXCHANGE_LINES);
    }

    /**
     * A probe over a socket between ranks 0 and 1, which this closes; the other one must ask for its end too. Once.
     *
     * @param rank which of them this is
     */
    SocketProbe socket(ProbeSocket.Kind kind, int rank) {
        socket = new SocketProbe(connect(kind, rank), rank, () -> checkWait(1 - rank, 0)); // it has a deadline of its own
        return socket;
    }

    private ByteChannel connect(ProbeSocket.Kind kind, int rank) {
        SharedLines number = lines(SOCKET_LINE);
        long start = System.nanoTime();
        if (rank == 0) {
            try (ProbeSocket.Listener listener = new ProbeSocket.Listener(kind)) {
                number.setRelease(0, listener.number());
                return listener.accept(() -> checkWait(1 - rank, System.nanoTime() - start));
            }
        }
        while (number.getAcquire(0) == 0) {
            checkWait(1 - rank, System.nanoTime() - start);
            Thread.yield();
        }
        return ProbeSocket.connect(kind, number.getAcquire(0));
    }

    /** All lines are in rank 0's part. */
    private SharedLines lines(int first) {
        return new SharedLines(region.directAddress(0, (long) first * SharedLines.SPACING));
    }

    /**
     * For a wait on a line that {@code peer} writes: shows the ranks that wait for this one that it lives, and ends the wait when it
     * is over.
     *
     * @param waitedNanos how long it has lasted
     * @throws FabricException when a rank has failed, or the deadline has passed
     */
    void checkWait(int peer, long waitedNanos) {
        communicator.progress();
        transport.aborted().ifPresent(failure -> {
            throw new FabricException(failure);
        });
        if (waitedNanos > timeoutNanos) {
            throw new FabricException(new Failure(Category.LINK_LOST, transport.rank(), peer, Failure.UNKNOWN,
                    communicator.transport(), waitedNanos,
                    "rank %d waited %.1f s for rank %d to exchange a cache line".formatted(transport.rank(),
                            waitedNanos / 1e9, peer)));
        }
    }

    /** This rank ends because of {@code cause}. */
    void abort(Throwable cause) {
        transport.abort(FabricException.failureOf(cause, transport.rank(), transport.name()));
    }

    /** A barrier, unless a rank has failed. */
    @Override
    public void close() {
        try (SocketProbe probe = socket) {
            assert probe == socket;
            transport.close();
        }
    }
}
