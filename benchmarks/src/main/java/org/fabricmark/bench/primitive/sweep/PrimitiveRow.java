package org.fabricmark.bench.primitive.sweep;

import java.util.Optional;
import java.util.OptionalDouble;
import org.fabricmark.bench.primitive.verbs.Fabric;
import org.fabricmark.bench.primitive.verbs.Queues;
import org.fabricmark.results.model.Launch;
import org.fabricmark.transport.TransportSpec;

/**
 * One line of a table: a primitive of one size, measured.
 *
 * @param test which primitive
 * @param transport over what
 * @param processes whether rank 1 was a process
 * @param fabric whose devices, for verbs
 * @param queues how requests were to be queued, for verbs
 * @param queueing how requests were queued, for verbs
 * @param bytes of a message
 * @param times of an operation
 * @param launch what they were computed from
 * @param exchangeNs the exchange of a line just before
 * @param referenceNs what the figure is held against
 * @param changed whether the exchange was another one afterwards: the machine has changed meanwhile
 * @param wrong bytes or results that are wrong
 */
public record PrimitiveRow(PrimitiveTest test, TransportSpec transport, boolean processes, Optional<Fabric> fabric,
        Optional<Queues> queues, Optional<Queueing> queueing, long bytes, Times times, Launch launch, double exchangeNs,
        OptionalDouble referenceNs,
        boolean changed, long wrong) {
    private static final double MIB = 1 << 20;

    /**
     * What was in force.
     *
     * @param pairs queue pairs
     * @param depth requests under way on each
     * @param inline whether data travelled within requests
     * @param signalEvery one request in so many was signalled
     * @param postList requests posted at once
     */
    public record Queueing(int pairs, int depth, boolean inline, int signalEvery, int postList) {}

    /** Rate of the fastest batch, in bytes a nanosecond, which are GB/s (10^9). */
    public double peakGBs() {
        return bytes / times.minNs();
    }

    /** All bytes / all time, in GB/s (10^9). */
    public double averageGBs() {
        return bytes / times.averageNs();
    }

    /** As perftest counts: MB are 2^20 bytes. */
    public double peakMBs() {
        return peakGBs() * 1e9 / MIB;
    }

    /** As perftest counts: MB are 2^20 bytes. */
    public double averageMBs() {
        return averageGBs() * 1e9 / MIB;
    }

    /** Millions of messages a second, over all time. */
    public double rateMpps() {
        return 1e3 / times.averageNs();
    }

    /** Of latencies, how many times the reference it is; of bandwidths, what share of the reference's it is. */
    public OptionalDouble ratio() {
        if (referenceNs.isEmpty()) {
            return OptionalDouble.empty();
        }
        double reference = referenceNs.getAsDouble();
        return OptionalDouble.of(test.streams() ? reference / times.averageNs() : times.typicalNs() / reference);
    }
}
