package org.fabricmark.results.stats;

import java.util.Arrays;

/**
 * By how much two systems differ: the estimator of Hodges and Lehmann, with the interval of the differences that the exact
 * rank test does not reject. Nothing is assumed of the noise but that it is the same on both sides; an outlier counts as one
 * value. Work with logarithms to get ratios.
 */
public final class HodgesLehmann {
    private HodgesLehmann() {}

    /**
     * The centre of differences of pairs (a block of an A/B measurement is one), by the signed-rank test: the median of the
     * Walsh averages (d<sub>i</sub> + d<sub>j</sub>) / 2, i ≤ j. A confidence of 95 % needs 6 pairs, of 99 % 8.
     *
     * @param differences second minus first of each pair; at least one
     * @param confidence what is wanted, for example 0.95
     */
    public static Estimate ofPairs(double[] differences, double confidence) {
        int n = differences.length;
        double[] averages = new double[n * (n + 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                averages[count++] = (differences[i] + differences[j]) / 2;
            }
        }
        return inverted(averages, NullDistribution.signedRank(n), confidence);
    }

    /**
     * How far the second sample is shifted against the first, by the test of Mann and Whitney: the median of all
     * differences between a value there and a value here. A confidence of 95 % needs 4 and 4 values, or 3 and 5.
     *
     * @param first at least one value
     * @param second at least one value
     * @param confidence what is wanted, for example 0.95
     */
    public static Estimate ofShift(double[] first, double[] second, double confidence) {
        double[] differences = new double[first.length * second.length];
        int count = 0;
        for (double there : second) {
            for (double here : first) {
                differences[count++] = there - here;
            }
        }
        return inverted(differences, NullDistribution.mannWhitney(first.length, second.length), confidence);
    }

    /** The interval from the (k+1)-th smallest to the (k+1)-th largest, k as large as the confidence allows, else 0. */
    private static Estimate inverted(double[] differences, NullDistribution statistic, double confidence) {
        if (differences.length == 0) {
            throw new IllegalArgumentException("no values: nothing can be estimated");
        }
        Arrays.sort(differences);
        int last = differences.length - 1;
        int outside = Math.max(0, Math.min(statistic.quantileBelow((1 - confidence) / 2), last / 2));
        double median = (differences[last / 2] + differences[(last + 1) / 2]) / 2;
        return new Estimate(median, differences[outside], differences[last - outside],
                Math.max(0, 1 - 2 * statistic.upTo(outside)));
    }
}
