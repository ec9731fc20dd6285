package org.fabricmark.bench.harness;

import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.transport.Medium;

/**
 * How fast the machine is beside a case, by what it may change from one minute to the next.
 *
 * @param exchangeNanos the exchange of ranks 0 and 1, of a line or of 8 bytes over a socket; 0 for a single rank
 * @param lineNanos the exchange of a line between them, whatever carries the bytes: on hosts that move virtual processors it differs by a
 *     factor of four from one regime to another, an exchange over sockets by a fifth
 * @param streamNanos what the data of a call need over sockets beyond an exchange; 0 where they need none, or that was not asked
 */
record Regime(double exchangeNanos, double lineNanos, double streamNanos) {
    private static final double SAME_EXCHANGE = 1.2;

    /**
     * Probes of a stream are few and scatter by a tenth or two in one regime; from one regime to another they differ by a factor of
     * two and more.
     */
    private static final double SAME_STREAM = 1.5;

    /** A line that is only looked at to tell regimes apart may scatter. */
    private static final double SAME_LINE = 1.5;

    /** Looks at the machine; a stream is looked at by others. Collective. */
    static Regime probe(JobRank rank, BenchmarkCase subject, double streamNanos) {
        double exchange = rank.probeExchange();
        double line = JobRank.medium(subject) == Medium.MEMORY ? exchange : rank.probeLine();
        return new Regime(exchange, line, streamNanos);
    }

    /** Whether the machine has not changed between the two. */
    boolean sameAs(Regime other) {
        double first = exchangeNanos + streamNanos;
        double second = other.exchangeNanos + other.streamNanos;
        return near(exchangeNanos, other.exchangeNanos, SAME_EXCHANGE)
                && near(lineNanos, other.lineNanos, SAME_LINE)
                && near(first, second, SAME_STREAM);
    }

    private static boolean near(double one, double other, double factor) {
        return Math.max(one, other) <= factor * Math.min(one, other);
    }

    /** What held between the two: the mean exchanges, and of the streams, which are few, the faster one. */
    Regime between(Regime other) {
        return new Regime(
                (exchangeNanos + other.exchangeNanos) / 2, (lineNanos + other.lineNanos) / 2,
                Math.min(streamNanos, other.streamNanos));
    }
}
