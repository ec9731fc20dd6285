package org.fabricmark.bench.harness;

/**
 * How fast the machine is beside a case, by what it may change from one minute to the next.
 *
 * @param exchangeNanos the exchange of ranks 0 and 1; 0 for a single rank
 * @param streamNanos what the data of a call need over sockets beyond an exchange; 0 where they need none, or that was not asked
 */
record Regime(double exchangeNanos, double streamNanos) {
    private static final double SAME_EXCHANGE = 1.2;

    /**
     * Probes of a stream are few and scatter by a tenth or two in one regime; from one regime to another they differ by a factor of
     * two and more.
     */
    private static final double SAME_STREAM = 1.5;

    /** Whether the machine has not changed between the two. */
    boolean sameAs(Regime other) {
        double first = exchangeNanos + streamNanos;
        double second = other.exchangeNanos + other.streamNanos;
        return near(exchangeNanos, other.exchangeNanos, SAME_EXCHANGE) && near(first, second, SAME_STREAM);
    }

    private static boolean near(double one, double other, double factor) {
        return Math.max(one, other) <= factor * Math.min(one, other);
    }

    /** What held between the two: the mean exchange, and of the streams, which are few, the faster one. */
    Regime between(Regime other) {
        return new Regime(
                (exchangeNanos + other.exchangeNanos) / 2, Math.min(streamNanos, other.streamNanos));
    }
}
