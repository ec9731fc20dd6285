package org.fabricmark.results.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Which of n ordered values enclose the median of where they come from, whatever their distribution. A confidence of 95 %
 * needs 6 values.
 *
 * @param lowRank the lower one, from 1
 * @param highRank the upper one, up to n
 * @param confidence what they really have
 */
public record MedianInterval(long lowRank, long highRank, double confidence) {
    private static final double HALF = 0.5;
    /** Above it, ranks are far more exact by the normal approximation than they are needed. */
    private static final int EXACT = 1_000_000;

    /**
     * The narrowest pair of ranks that is symmetric and has the confidence, or the smallest and the largest value.
     *
     * @param n how many values, at least 1
     * @param confidence what is wanted, for example 0.95
     */
    public static MedianInterval of(long n, double confidence) {
        if (n < 1) {
            throw new IllegalArgumentException("no values: the median cannot be estimated");
        }
        int exact = (int) Math.min(n, EXACT);
        BinomialDistribution below = BinomialDistribution.of(exact, HALF);
        // the median lies below the k-th value only if fewer than k values lie below the median
        int outside = below.inverseCumulativeProbability((1 - confidence) / 2);
        while (outside > 0 && below.cumulativeProbability(outside - 1) > (1 - confidence) / 2) {
            outside--;
        }
        if (exact < n) {
            double deviations = (exact / 2.0 - outside) / Math.sqrt(exact);
            long low = Math.max(1, (long) Math.floor(n / 2.0 - deviations * Math.sqrt(n)));
            return new MedianInterval(low, n + 1 - low, confidence);
        }
        int low = Math.max(1, outside);
        return new MedianInterval(low, n + 1 - low, Math.max(0, 1 - 2 * below.cumulativeProbability(low - 1)));
    }
}
