package org.fabricmark.bench.harness;

import java.util.OptionalDouble;
import org.fabricmark.transport.Medium;

/**
 * The shortest time that the machine allows a case: one exchange of a line, or of 8 bytes over a socket, plus the traffic that the
 * collective cannot do without, at the best rate that a probe with the same pattern and the same working set reached.
 *
 * @param medium what carries the bytes
 * @param exchangeNanos the exchange probed next to the case; 0 for a single rank
 * @param trafficNanos the traffic alone; 0 where no data move, empty where it cannot be probed
 */
record CaseLimit(Medium medium, double exchangeNanos, OptionalDouble trafficNanos) {
    /** In microseconds; empty when nothing limits the case, or a part of the limit is not known. */
    OptionalDouble us() {
        if (trafficNanos.isEmpty()) {
            return OptionalDouble.empty();
        }
        double nanos = exchangeNanos + trafficNanos.getAsDouble();
        return nanos > 0 ? OptionalDouble.of(nanos / 1e3) : OptionalDouble.empty();
    }

    /** The larger part. */
    CaseNotes.Bound bound() {
        if (us().isEmpty()) {
            return CaseNotes.Bound.UNKNOWN;
        }
        boolean traffic = trafficNanos.getAsDouble() > exchangeNanos;
        if (medium == Medium.MEMORY) {
            return traffic ? CaseNotes.Bound.MEMORY : CaseNotes.Bound.EXCHANGE;
        }
        return traffic ? CaseNotes.Bound.SOCKET_STREAM : CaseNotes.Bound.SOCKET_EXCHANGE;
    }
}
