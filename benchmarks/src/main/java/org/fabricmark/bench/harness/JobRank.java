package org.fabricmark.bench.harness;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.fabricmark.bench.baseline.ExchangeProbe;
import org.fabricmark.bench.baseline.ProbeSocket;
import org.fabricmark.bench.baseline.SocketProbe;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.Medium;
import org.fabricmark.transport.Transports;

/**
 * What one rank has for all cases of a job.
 *
 * <p>Thread rule: the rank's thread.
 */
final class JobRank {
    /** Most batches between two meetings of the ranks, for which readings are kept. */
    static final int MOST_BATCHES = 4096;

    private final Communicator communicator;
    private final AllGatherLongs gather;
    private final RankBuffers buffers;
    private final ControlLine control;
    private final ExchangeProbe probe;
    private final SocketProbe socket;
    private final Registration registration;
    private final long seed;
    private final long[] readings = new long[MOST_BATCHES + 1];
    private long dataCalls;

    /**
     * Collective.
     *
     * @param cases all cases of the job
     * @param side what the ranks share besides their communicator; stays open for as long as this is used
     * @param firstData number of the first call's data, and seed of all that is random
     */
    JobRank(Communicator communicator, List<BenchmarkCase> cases, SideChannel side, long firstData) {
        MemoryNeeds needs = MemoryNeeds.ofJob(cases);
        this.communicator = communicator;
        this.control = side.control();
        this.gather = new AllGatherLongs(communicator);
        long start = System.nanoTime();
        this.buffers = new RankBuffers(communicator, needs.inputBytes(), needs.outputBytes());
        double micros = (System.nanoTime() - start) / 1e3;
        this.registration = new Registration(buffers.bytes(), gather.max(micros));
        this.seed = firstData;
        boolean probing = communicator.size() > 1 && communicator.rank() < 2;
        this.probe = probing
                ? new ExchangeProbe(side.exchange(), 0, communicator.rank(),
                        waitedNanos -> side.checkWait(1 - communicator.rank(), waitedNanos))
                : null;
        Medium medium = medium(cases.getFirst());
        this.socket = probing && medium != Medium.MEMORY ? socket(side, medium, communicator.rank()) : null;
        this.dataCalls = Math.floorMod(firstData, DataPattern.PERIOD);
    }

    private static SocketProbe socket(SideChannel side, Medium medium, int rank) {
        ProbeSocket.Kind kind = medium == Medium.TCP ? ProbeSocket.Kind.TCP : ProbeSocket.Kind.UNIX;
        SocketProbe socket = side.socket(kind, rank);
        socket.warmUp();
        return socket;
    }

    /** What carries the bytes of {@code subject}. */
    static Medium medium(BenchmarkCase subject) {
        return Transports.of(subject.transport()).medium(subject.transport());
    }

    Communicator communicator() {
        return communicator;
    }

    boolean leads() {
        return communicator.rank() == 0;
    }

    AllGatherLongs gather() {
        return gather;
    }

    RankBuffers buffers() {
        return buffers;
    }

    /** What the windows have cost; the same on every rank. */
    Registration registration() {
        return registration;
    }

    /** Of all that is random; the same on every rank. */
    long seed() {
        return seed;
    }

    ControlLine control() {
        return control;
    }

    /** Where this rank notes the clock. */
    long[] readings() {
        return readings;
    }

    /** The number of a new call, for its data. */
    long nextData() {
        return ++dataCalls;
    }

    /** Does nothing for about the time of a probe, so that those who probe have the cores. Nobody relies on it. */
    static void leaveCores(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    /** The socket between ranks 0 and 1, on these two, where the bytes of the job travel over sockets; else null. */
    SocketProbe socket() {
        return socket;
    }

    /**
     * The exchange between ranks 0 and 1, in nanoseconds, on every rank; 0 for a single rank. Of a line, or of 8 bytes over a
     * socket where the bytes of the job travel over sockets. Collective.
     */
    double probeExchange() {
        return socket == null ? probed(this::exchangeLines) : probed(() -> socket.exchange(SocketProbe.NANOS));
    }

    /** The exchange of a line between ranks 0 and 1, whatever carries the bytes of the job; else as {@link #probeExchange}. */
    double probeLine() {
        return probed(this::exchangeLines);
    }

    private double exchangeLines() {
        return probe.exchange(ExchangeProbe.NANOS);
    }

    private double probed(DoubleSupplier byTwo) {
        if (communicator.size() == 1) {
            return 0;
        }
        gather.meet();
        double nanos = 0;
        if (probe == null) {
            leaveCores(ExchangeProbe.NANOS);
        } else {
            nanos = byTwo.getAsDouble();
        }
        return Double.longBitsToDouble(gather.fromLeader(Double.doubleToRawLongBits(nanos)));
    }
}
