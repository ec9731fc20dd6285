package org.fabricmark.bench.harness;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.fabricmark.bench.baseline.Traffic;
import org.fabricmark.bench.baseline.TrafficProbe;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.collective.Shape;

/**
 * Measures the traffic of cases without any synchronisation, in the job's own buffers, by as many ranks at once as there are
 * cores; once for each shape and job.
 *
 * <p>Thread rule: the rank's thread.
 */
final class LimitProbes {
    private final JobRank rank;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final Map<Key, Double> known = new HashMap<>();

    private record Key(Shape shape, String type, String op, long misalignment) {}

    LimitProbes(JobRank rank) {
        this.rank = rank;
    }

    /** Processors that this JVM may use. */
    int cores() {
        return cores;
    }

    /**
     * Nanoseconds in which the data of a call could be read and written; 0 where there are none. Overwrites the buffers.
     * Collective.
     *
     * @param subject finds its data in the caches, as the probe does
     */
    double trafficNanos(BenchmarkCase subject) {
        boolean alone = subject.ranks() == 1 && subject.inPlace();
        if (!subject.collective().movesData() || subject.count() == 0 || alone) {
            return 0;
        }
        Key key = new Key(subject.shape(), subject.type().label(), subject.op() == null ? "" : subject.op().label(),
                subject.misalignment());
        Double before = known.get(key);
        double nanos = before == null ? probe(subject) : before;
        known.put(key, nanos);
        return nanos;
    }

    private double probe(BenchmarkCase subject) {
        int threads = Math.min(cores, subject.ranks());
        int thread = rank.communicator().rank();
        BenchmarkCase inWindows = subject.under(subject.conditions().with(Memory.WINDOW));
        try (CaseBuffers buffers = new CaseBuffers(rank.buffers(), inWindows)) {
            rank.buffers().prepareNeutral(inWindows, buffers.place(0), pattern(subject));
        }
        long[] inputs = rank.gather().gather(rank.buffers().inputAddress(subject));
        long[] outputs = Arrays.stream(rank.outputs()).map(address -> address + subject.misalignment()).toArray();
        Traffic traffic = Traffic.of(subject.shape(), inputs, outputs);
        double nanos = 0;
        if (thread < threads) {
            TrafficProbe probe = new TrafficProbe(traffic, subject.type(), subject.op(), thread, threads);
            nanos = Math.min(probe.passNanos(), probe.passNanos()); // during the first, code may still be compiled
        } else {
            JobRank.leaveCores(2 * TrafficProbe.NANOS);
        }
        return rank.gather().max(nanos);
    }

    private static DataPattern pattern(BenchmarkCase subject) {
        return new DataPattern(subject.collective(), subject.type(), subject.op(), subject.ranks());
    }
}
