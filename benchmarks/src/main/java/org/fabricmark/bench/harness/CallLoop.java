package org.fabricmark.bench.harness;

/**
 * How a rank makes the calls of a case, and when it reads the clock: one way for each cadence.
 *
 * <p>Thread rule: the rank's thread.
 */
sealed interface CallLoop permits RankLoop, IsolatedLoop {
    /** One call that is not timed by itself. */
    void call();

    /** Calls so far. */
    long calls();

    /** The smallest batch of at least {@code atLeast} calls that the loop can time; if it can time only one size, that. */
    int batch(int atLeast);

    /** The most batches between two meetings of the ranks. */
    int mostBatches();

    /**
     * Rank 0: makes calls until {@code untilNanos} by the clock, but at least {@code least} and at most {@code most} batches.
     *
     * @param batch calls in a batch
     * @param readings where the readings of the clock go
     * @return how many
     */
    int lead(long batch, int least, int most, long untilNanos, long[] readings);

    /**
     * Other ranks: makes calls until rank 0 has had enough.
     *
     * @param batch calls in a batch
     * @param readings where the readings of the clock go
     * @return how many
     */
    int follow(long batch, long[] readings);

    /** Adds the batches of a round to {@code samples}: every rank's readings, by rank. */
    void addTo(Samples samples, long[][] readings);
}
