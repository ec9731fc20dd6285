package org.fabricmark.results.model;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LaunchTest {
    @Test
    void shouldGiveTimesOfACallFromTimesOfBatches() {
        Launch launch = Launch.of(0, 10, Series.of(3000, 1000, 2000, 6000));
        assertEquals(0.2, launch.medianUs(), 1e-12);
        assertEquals(0.3, launch.meanUs(), 1e-12);
        assertEquals(4, launch.times().samples());
    }

    @Test
    void shouldCountWhoWasLast() {
        Launch launch = Launch.of(0, 1, Series.of(5, 7, 9)).withRankNs(Series.of(5, 6, 7), Series.of(4, 7, 9));
        assertEquals(List.of(1L, 2L), launch.ranks().stream().map(RankTimes::lastPlaces).toList());
    }

    @Test
    void shouldRefuseALaunchWithoutSamples() {
        assertEquals("launch 3 has no samples", refusal(() -> Launch.of(3, 1, Series.EMPTY)));
    }

    @Test
    void shouldRefuseTimesOfARankThatAreNotThoseOfTheBatches() {
        Launch launch = Launch.of(0, 1, Series.of(5, 7));
        assertEquals("launch 0: the times of rank 1 are out of place or are not those of the batches",
                refusal(() -> launch.withRankNs(Series.of(5, 6), Series.of(1))));
    }

    @Test
    void shouldRefuseNumbersThatAreNone() {
        assertEquals("'NaN' is not a finite number", refusal(() -> Series.of(1, Double.NaN)));
        assertEquals("launch 0 has a time below 0: -1.0", refusal(() -> Launch.of(0, 1, Series.of(1, -1))));
    }

    @Test
    void shouldGiveAnyQuantileOfADistribution() {
        Distribution times = Distribution.of(Series.of(4, 1, 2, 2));
        assertEquals(3, times.size());
        assertEquals(2, times.count(1));
        assertEquals(1, times.quantile(0).orElseThrow());
        assertEquals(2, times.quantile(0.75).orElseThrow());
        assertEquals(4, times.quantile(1).orElseThrow());
        assertEquals(2.25, times.mean().orElseThrow());
        assertTrue(times.percentile(99).isEmpty());
    }

    @Test
    void shouldRefuseADistributionThatFalls() {
        assertEquals("value 1.0 with 3 samples up to it is out of order",
                refusal(() -> Distribution.of(new double[] {2, 1}, new long[] {1, 3})));
        assertEquals("value 3.0 with 1 samples up to it is out of order",
                refusal(() -> Distribution.of(new double[] {2, 3}, new long[] {1, 1})));
    }

    private static String refusal(Runnable made) {
        return assertThrows(IllegalArgumentException.class, made::run).getMessage();
    }
}
