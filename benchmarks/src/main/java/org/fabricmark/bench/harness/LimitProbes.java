package org.fabricmark.bench.harness;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fabricmark.bench.baseline.SocketProbe;
import org.fabricmark.bench.baseline.Traffic;
import org.fabricmark.bench.baseline.TrafficProbe;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.collective.Shape;
import org.fabricmark.transport.Medium;

/**
 * Measures the traffic of cases without any synchronisation, in the job's own buffers, by as many ranks at once as there are
 * cores; once for each shape and job. Where sockets carry the bytes, the traffic is a stream over a socket of the same kind, between
 * ranks 0 and 1, and is measured as often as it is asked for: such a stream can take three times as long a minute later.
 *
 * <p>Thread rule: the rank's thread.
 */
final class LimitProbes {
    private static final int WORD = Long.BYTES;

    /** Enough for a hundred messages of {@link #WORD} bytes. */
    private static final long WORD_NANOS = 1_000_000;

    private final JobRank rank;
    private final int cores;
    private final Map<Key, OptionalDouble> known = new HashMap<>();

    private record Key(Shape shape, String type, String op, long misalignment) {}

    /** @param cores processors that the launcher of the ranks may use */
    LimitProbes(JobRank rank, int cores) {
        this.rank = rank;
        this.cores = cores;
    }

    /** Processors that the launcher of the ranks may use. */
    int cores() {
        return cores;
    }

    /**
     * Nanoseconds in which the data of a call could be read and written; 0 where there are none or where sockets carry them, empty where a
     * rank cannot see the others' buffers. Overwrites the buffers. Collective.
     *
     * @param subject finds its data in the caches, as the probe does
     */
    OptionalDouble memoryNanos(BenchmarkCase subject) {
        if (!moves(subject) || JobRank.medium(subject) != Medium.MEMORY) {
            return OptionalDouble.of(0);
        }
        Key key = new Key(subject.shape(), subject.type().label(), subject.op() == null ? "" : subject.op().label(),
                subject.misalignment());
        OptionalDouble before = known.get(key);
        OptionalDouble nanos = before == null ? probe(subject) : before;
        known.put(key, nanos);
        return nanos;
    }

    private static boolean moves(BenchmarkCase subject) {
        boolean alone = subject.ranks() == 1 && subject.inPlace();
        return subject.collective().movesData() && subject.count() > 0 && !alone;
    }

    /**
     * Nanoseconds that the data of a call need as a stream, beyond an exchange of 8 bytes the same way, as the machine is now; 0 where there
     * are none or where no socket carries them. Collective.
     */
    double streamNanos(BenchmarkCase subject) {
        if (!moves(subject) || JobRank.medium(subject) == Medium.MEMORY) {
            return 0;
        }
        SocketTraffic traffic = SocketTraffic.of(subject, cores);
        rank.gather().meet();
        double nanos = 0;
        if (rank.socket() != null) {
            double word = rank.socket().stream(WORD, SocketProbe.LEAST_MESSAGES, WORD_NANOS, traffic.bothWays());
            double message = traffic.messageBytes() <= WORD
                    ? word
                    : rank.socket().stream(traffic.messageBytes(), SocketProbe.LEAST_MESSAGES,
                            SocketProbe.STREAM_NANOS, traffic.bothWays());
            nanos = Math.max(0, (message - word) * traffic.messages());
        } else {
            JobRank.leaveCores(WORD_NANOS + SocketProbe.STREAM_NANOS);
        }
        return Double.longBitsToDouble(rank.gather().fromLeader(Double.doubleToRawLongBits(nanos)));
    }

    private OptionalDouble probe(BenchmarkCase subject) {
        int threads = Math.min(cores, subject.ranks());
        int thread = rank.communicator().rank();
        BenchmarkCase inWindows = subject.under(subject.conditions().with(Memory.WINDOW));
        try (CaseBuffers buffers = new CaseBuffers(rank.buffers(), inWindows)) {
            rank.buffers().prepareNeutral(inWindows, buffers.place(0), pattern(subject));
        }
        PeerMemory peers = new PeerMemory(rank.gather(), !subject.inProcesses());
        Optional<long[]> inputs =
                peers.addresses(rank.buffers().inputWindow(subject), rank.buffers().inputAddress(subject));
        Optional<long[]> outputs =
                peers.addresses(rank.buffers().outputWindow(subject), rank.buffers().outputAddress(subject));
        if (inputs.isEmpty() || outputs.isEmpty()) {
            return OptionalDouble.empty();
        }
        Traffic traffic = Traffic.of(subject.shape(), inputs.get(), outputs.get());
        double nanos = 0;
        if (thread < threads) {
            TrafficProbe probe = new TrafficProbe(traffic, subject.type(), subject.op(), thread, threads);
            nanos = Math.min(probe.passNanos(), probe.passNanos()); // during the first, code may still be compiled
        } else {
            JobRank.leaveCores(2 * TrafficProbe.NANOS);
        }
        return OptionalDouble.of(rank.gather().max(nanos));
    }

    private static DataPattern pattern(BenchmarkCase subject) {
        return new DataPattern(subject.collective(), subject.type(), subject.op(), subject.ranks());
    }
}
