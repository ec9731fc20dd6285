package org.fabricmark.results.stats;

import java.util.Arrays;

/**
 * The distribution of a rank statistic when there is no difference, exactly: probabilities of 0, 1, 2, ... Both of them are
 * symmetric.
 *
 * @param probabilities of each value, which sum to 1
 */
record NullDistribution(double[] probabilities) {
    /** The sum of the ranks of {@code n} differences that are positive: each rank is in it or not, with equal probability. */
    static NullDistribution signedRank(int n) {
        double[] ways = {1};
        for (int rank = 1; rank <= n; rank++) {
            double[] more = new double[ways.length + rank];
            for (int sum = 0; sum < ways.length; sum++) {
                more[sum] += ways[sum] / 2;
                more[sum + rank] += ways[sum] / 2;
            }
            ways = more;
        }
        return new NullDistribution(ways);
    }

    /**
     * How many of the {@code m * n} pairs have the larger value in the second sample. All orders of the m + n values are
     * equally probable; the largest of them is of the first sample with probability m / (m + n), and then adds nothing, or of
     * the second, and then adds m.
     */
    static NullDistribution mannWhitney(int m, int n) {
        double[][] shorter = new double[n + 1][];
        for (int second = 0; second <= n; second++) {
            shorter[second] = new double[] {1};
        }
        for (int first = 1; first <= m; first++) {
            double[][] now = new double[n + 1][];
            now[0] = new double[] {1};
            for (int second = 1; second <= n; second++) {
                double[] sums = new double[first * second + 1];
                double share = first / (double) (first + second);
                add(sums, shorter[second], 0, share);
                add(sums, now[second - 1], first, 1 - share);
                now[second] = sums;
            }
            shorter = now;
        }
        return new NullDistribution(shorter[n]);
    }

    private static void add(double[] sums, double[] of, int shift, double share) {
        for (int i = 0; i < of.length; i++) {
            sums[i + shift] += share * of[i];
        }
    }

    /** The probability of {@code value} or less. */
    double upTo(int value) {
        return Arrays.stream(probabilities, 0, Math.clamp(value + 1L, 0, probabilities.length)).sum();
    }

    /** The largest value that, with all below it, has at most this probability; -1 if not even 0 has. */
    int quantileBelow(double probability) {
        double sum = 0;
        for (int value = 0; value < probabilities.length; value++) {
            sum += probabilities[value];
            if (sum > probability * (1 + 1e-12)) {
                return value - 1;
            }
        }
        return probabilities.length - 1;
    }
}
