package org.fabricmark.results.model;

/**
 * How much of a call's time a rank can compute in, in the sense of OSU's benchmarks of non-blocking collectives. All times are
 * microseconds for one call of the slowest rank.
 *
 * @param pureUs the call started and awaited, with nothing in between; above 0
 * @param computeUs a computation of about that length by itself
 * @param totalUs the call started, that computation with tests in between, the call awaited
 */
public record Overlap(double pureUs, double computeUs, double totalUs) {
    private static final int PERCENT = 100;

    /** Refuses numbers that a measurement cannot give. */
    public Overlap {
        if (!(pureUs > 0 && computeUs >= 0 && totalUs >= 0
                && pureUs + computeUs + totalUs < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "pure_us '" + pureUs + "' is not above 0, or compute_us '" + computeUs + "' or total_us '" + totalUs
                            + "' is not a finite number of at least 0");
        }
    }

    /** The part of the call's time that the computation hid, in percent: max(0, 100 (1 - (total - compute) / pure)). */
    public double percent() {
        return Math.max(0, PERCENT * (1 - (totalUs - computeUs) / pureUs));
    }
}
