package org.fabricmark.results.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Expected numbers were computed with SciPy 1.17.1 and by enumeration in Python. */
class HodgesLehmannTest {
    private static final double[] DIFFERENCES = {0.031, -0.012, 0.044, 0.008, 0.027, -0.003, 0.051, 0.019};
    private static final double[] FIRST = {10.1, 10.4, 9.9, 10.9, 10.2};
    private static final double[] SECOND = {10.6, 11.2, 10.8, 11.5};

    private static void assertEstimate(double value, double low, double high, double confidence, Estimate actual) {
        assertArrayEquals(new double[] {value, low, high, confidence},
                new double[] {actual.value(), actual.low(), actual.high(), actual.confidence()}, 1e-12);
    }

    @Test
    void shouldGiveTheExactIntervalOfPairs() {
        assertEstimate(0.02, -0.002, 0.041, 0.9609375, HodgesLehmann.ofPairs(DIFFERENCES, 0.95));
        assertEstimate(0.02, -0.012, 0.051, 0.9921875, HodgesLehmann.ofPairs(DIFFERENCES, 0.99));
    }

    @Test
    void shouldGiveTheExactIntervalOfTwoSamples() {
        assertEstimate(0.7, -0.1, 1.4, 0.96825396825396825, HodgesLehmann.ofShift(FIRST, SECOND, 0.95));
    }

    @Test
    void shouldNotClaimAConfidenceThatTooFewValuesCannotGive() {
        assertEstimate(0.02, 0.01, 0.03, 0.75, HodgesLehmann.ofPairs(new double[] {0.01, 0.02, 0.03}, 0.95));
        assertEstimate(3, 1, 5, 1 - 2.0 / 20,
                HodgesLehmann.ofShift(new double[] {1, 2, 3}, new double[] {4, 5, 6}, 0.95));
        assertEstimate(1, 1, 1, 0, HodgesLehmann.ofPairs(new double[] {1}, 0.95));
        assertThrows(IllegalArgumentException.class, () -> HodgesLehmann.ofPairs(new double[0], 0.95));
    }

    @Test
    void shouldAgreeWithSciPyOnTheProbabilityOfADifference() {
        assertEquals(0.0546875, RankTest.ofPairs(DIFFERENCES), 1e-12);
        assertEquals(0.06349206349206349, RankTest.ofSamples(FIRST, SECOND), 1e-12);
        assertEquals(1, RankTest.ofPairs(0, 0, 0));
        assertEquals(1, RankTest.ofSamples(new double[] {2, 2}, new double[] {2, 2}));
    }

    @Test
    void shouldCountTheSignedRanksAsAnEnumerationDoes() {
        int n = 9;
        double[] counted = new double[n * (n + 1) / 2 + 1];
        for (int signs = 0; signs < 1 << n; signs++) {
            int sum = 0;
            for (int rank = 1; rank <= n; rank++) {
                sum += (signs >> (rank - 1) & 1) * rank;
            }
            counted[sum] += 1.0 / (1 << n);
        }
        assertArrayEquals(counted, NullDistribution.signedRank(n).probabilities(), 1e-15);
    }

    @Test
    void shouldCountTheOrdersOfTwoSamplesAsAnEnumerationDoes() {
        int first = 4;
        int second = 5;
        double[] counted = new double[first * second + 1];
        int orders = 0;
        for (int places = 0; places < 1 << (first + second); places++) {
            if (Integer.bitCount(places) == second) {
                int larger = 0;
                for (int place = 0; place < first + second; place++) {
                    larger += (places >> place & 1) * (place - Integer.bitCount(places & (1 << place) - 1));
                }
                counted[larger]++;
                orders++;
            }
        }
        for (int i = 0; i < counted.length; i++) {
            counted[i] /= orders;
        }
        assertArrayEquals(counted, NullDistribution.mannWhitney(first, second).probabilities(), 1e-15);
    }

    @Test
    void shouldHoldTheTrueShiftAsOftenAsItClaims() {
        long seed = 20_261_126;
        Random random = new Random(seed);
        int trials = 4_000;
        int pairs = 0;
        int shifts = 0;
        for (int trial = 0; trial < trials; trial++) {
            double[] d = DoubleStream.generate(() -> 0.05 + noise(random)).limit(9).toArray();
            pairs += HodgesLehmann.ofPairs(d, 0.95).excludes(0.05) ? 0 : 1;
            double[] a = DoubleStream.generate(() -> Math.abs(noise(random))).limit(6).toArray();
            double[] b = DoubleStream.generate(() -> 0.05 + Math.abs(noise(random))).limit(5).toArray();
            shifts += HodgesLehmann.ofShift(a, b, 0.95).excludes(0.05) ? 0 : 1;
        }
        double threeSigma = 3 * Math.sqrt(0.95 * 0.05 / trials);
        assertTrue(pairs >= (0.95 - threeSigma) * trials, pairs + " of " + trials + ", seed " + seed);
        assertTrue(shifts >= (0.95 - threeSigma) * trials, shifts + " of " + trials + ", seed " + seed);
    }

    /** Normal, and now and then a spike to either side: an interval by normal theory would be too wide or too narrow. */
    private static double noise(Random random) {
        return random.nextGaussian() * (random.nextInt(20) == 0 ? 0.2 : 0.02);
    }
}
