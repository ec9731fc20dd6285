package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Readings are made up: what a call takes is known exactly, and no clock is asked. */
class SamplesTest {
    @Test
    void shouldTakeTheSlowestRankOfEachBatch() {
        Samples samples = new Samples(2, 10);
        samples.add(new long[][] {{0, 20_000, 50_000}, {0, 30_000, 50_000}});
        // Batches: 20 and 30 us, then 30 and 20 us; the slowest takes 30 us each time, for 10 calls.
        assertEquals(2, samples.count());
        assertEquals(3.0, samples.medianUs(), 0.01);
        assertEquals(3.0, samples.minUs(), 0.01);
    }

    @Test
    void shouldMeasureACallOfKnownLength() {
        Samples samples = new Samples(1, 1);
        long[] readings = new long[1001];
        for (int i = 0; i < readings.length; i++) {
            readings[i] = 5_000L * i;
        }
        samples.add(new long[][] {readings});
        assertEquals(5.0, samples.medianUs(), 0.01);
        assertEquals(5.0, samples.percentileUs(99), 0.01);
        assertEquals(0, samples.skewUs());
    }

    @Test
    void shouldKeepWhoWasLastAndByHowMuch() {
        Samples samples = new Samples(3, 1);
        samples.add(new long[][] {{0, 100, 200, 300}, {0, 150, 250, 290}, {0, 120, 260, 295}});
        assertArrayEquals(new long[] {1, 1, 1}, samples.lastPlaces());
        assertEquals(0.05, samples.skewUs(), 0.001);
    }

    @Test
    void shouldGoOnAcrossRoundsWithoutCountingTheTimeBetweenThem() {
        Samples samples = new Samples(1, 1);
        samples.add(new long[][] {{0, 1_000}});
        samples.add(new long[][] {{1_000_000, 1_001_000}});
        assertEquals(1.0, samples.maxUs(), 0.001);
        assertEquals(2, samples.count());
    }

    @Test
    void shouldKeepTheMedianOfEachRank() {
        Samples samples = new Samples(2, 2);
        samples.add(new long[][] {{0, 2_000, 4_000}, {0, 4_000, 8_000}});
        assertArrayEquals(new double[] {1.0, 2.0}, samples.rankMediansUs(), 0.01);
    }
}
