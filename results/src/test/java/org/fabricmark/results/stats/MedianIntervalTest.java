package org.fabricmark.results.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedianIntervalTest {
    /** Ranks and confidence by SciPy 1.17.1's binomial distribution. */
    @ParameterizedTest
    @CsvSource({"6,1,6,0.96875", "7,1,7,0.984375", "10,2,9,0.978515625", "25,8,18,0.9567147493362427",
        "101,41,61,0.9539559330706572", "1000,469,532,0.9537088026395019"})
    void shouldTakeTheRanksOfTheBinomialDistribution(long n, long low, long high, double confidence) {
        MedianInterval interval = MedianInterval.of(n, 0.95);
        assertEquals(low, interval.lowRank());
        assertEquals(high, interval.highRank());
        assertEquals(confidence, interval.confidence(), 1e-12);
    }

    @Test
    void shouldTakeSmallestAndLargestOfTooFewValuesAndSayWhatThatIsWorth() {
        assertEquals(new MedianInterval(1, 3, 0.75), MedianInterval.of(3, 0.95));
        assertEquals(new MedianInterval(1, 1, 0), MedianInterval.of(1, 0.95));
        assertThrows(IllegalArgumentException.class, () -> MedianInterval.of(0, 0.95));
    }

    @Test
    void shouldStayCloseToTheExactRanksForMillionsOfValues() {
        MedianInterval interval = MedianInterval.of(4_000_000, 0.95);
        assertEquals(2_000_000 - 1_960, interval.lowRank(), 3);
        assertEquals(4_000_001, interval.lowRank() + interval.highRank());
    }

    @Test
    void shouldAdjustAsHolmDoes() {
        assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02},
                Holm.adjusted(0.01, 0.04, 0.03, 0.005), 1e-15);
        assertArrayEquals(new double[] {1, 1}, Holm.adjusted(0.9, 0.6));
        assertEquals(0, Holm.adjusted().length);
    }

    @Test
    void shouldAverageRatiosByTheirLogarithms() {
        assertEquals(1, GeometricMean.of(2, 0.5), 1e-15);
        assertEquals(3, GeometricMean.of(3), 1e-15);
        assertThrows(IllegalArgumentException.class, GeometricMean::of);
        assertThrows(IllegalArgumentException.class, () -> GeometricMean.of(1, 0));
        assertThrows(IllegalArgumentException.class, () -> GeometricMean.of(Double.NaN));
    }

    @Test
    void shouldRefuseAnEstimateOutsideOfItsInterval() {
        assertThrows(IllegalArgumentException.class, () -> new Estimate(2, 0, 1, 0.95));
        assertThrows(IllegalArgumentException.class, () -> new Estimate(Double.NaN, 0, 1, 0.95));
        assertThrows(IllegalArgumentException.class, () -> new Estimate(0, 0, 1, 95));
        assertTrue(new Estimate(0, -1, 1, 0.95).around(2).high() == 2);
    }
}
