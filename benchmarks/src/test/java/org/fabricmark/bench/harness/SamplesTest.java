package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.fabricmark.results.model.Contention;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Series;
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

    /** A fault that flips a bit of data flips one of the readings at times. */
    @Test
    void shouldLeaveOutReadingsThatCannotBeTimes() {
        for (int bit = 42; bit < Long.SIZE; bit++) {
            Samples samples = new Samples(2, 1);
            samples.add(new long[][] {{0, 1_000, 2_000, 3_000}, {0, 1_000, 2_000 ^ 1L << bit, 3_000}});
            assertEquals(1, samples.count(), "batches that do not touch the reading with bit " + bit);
            assertEquals(1.0, samples.maxUs(), 0.001);
        }
    }

    @Test
    void shouldKeepTheMedianOfEachRank() {
        Samples samples = new Samples(2, 2);
        samples.add(new long[][] {{0, 2_000, 4_000}, {0, 4_000, 8_000}});
        assertArrayEquals(new double[] {1.0, 2.0}, samples.rankMediansUs(), 0.01);
    }

    @Test
    void shouldTakeEachIsolatedCallFromARanksOwnEntryToItsExit() {
        Samples samples = new Samples(2, 1);
        samples.addCalls(new long[][] {{0, 3000, 10_000, 12_000}, {1000, 3500, 9000, 13_000}}, false);
        // The calls take rank 0 3 and 2 us, rank 1 2.5 and 4 us.
        assertEquals(2, samples.count());
        assertEquals(3.0, samples.minUs(), 0.01);
        assertEquals(4.0, samples.maxUs(), 0.01);
        assertArrayEquals(new long[] {0, 2}, samples.lastPlaces());
        assertArrayEquals(new double[] {2.5, 3.25}, samples.rankMeansUs(), 0.01);
        assertEquals(0.5, samples.skewUs(), 0.01);
    }

    @Test
    void shouldTakeCallsOfRanksThatComeLateFromTheLastEntryToTheLastExit() {
        Samples samples = new Samples(2, 1);
        samples.addCalls(new long[][] {{0, 8000, 10_000, 17_500}, {5000, 8500, 15_000, 18_000}}, true);
        assertEquals(3.0, samples.minUs(), 0.01);
        assertEquals(3.5, samples.maxUs(), 0.01);
        // What a rank itself spends includes its wait for the late one.
        assertArrayEquals(new double[] {7.75, 3.25}, samples.rankMeansUs(), 0.01);
    }

    @Test
    void shouldAnswerAnyPercentileThatHasEnoughSamples() {
        Samples samples = new Samples(2, 1);
        long[] fast = new long[1001];
        long[] slow = new long[1001];
        for (int i = 1; i < fast.length; i++) {
            fast[i] = fast[i - 1] + 1000;
            slow[i] = slow[i - 1] + (i <= 990 ? 2000 : 10_000);
        }
        samples.add(new long[][] {fast, slow});
        assertEquals(2.0, samples.slowest().percentile(50).orElseThrow(), 0.01);
        assertEquals(2.0, samples.slowest().percentile(99).orElseThrow(), 0.01);
        assertEquals(10.0, samples.slowest().percentile(99.9).orElseThrow(), 0.01);
        assertEquals(1.5, samples.average().percentile(50).orElseThrow(), 0.01);
        assertEquals(5.5, samples.average().percentile(99.9).orElseThrow(), 0.01);
        assertTrue(samples.slowest().percentile(99.99).isEmpty(), "needs 10000 samples");
        assertEquals(1000, Distribution.samplesFor(99.9));
        assertEquals(100, Distribution.samplesFor(50));
        assertEquals(100, Distribution.samplesFor(99));
    }

    @Test
    void shouldKeepBatchesInTimeOrderForEachRank() {
        Samples samples = new Samples(2, 10);
        samples.add(new long[][] {{0, 20_000, 50_000}, {0, 30_000, 55_000}});
        Launch launch = samples.launch(50, 0, 7, Contention.UNKNOWN);
        assertEquals(Series.of(30_000, 30_000), launch.batchNs());
        assertEquals(Series.of(20_000, 30_000), launch.ranks().get(0).batchNs());
        assertEquals(Series.of(30_000, 25_000), launch.ranks().get(1).batchNs());
        assertEquals(2, launch.ranks().get(1).lastPlaces());
        assertEquals(3.0, launch.medianUs());
        assertEquals(OptionalDouble.of(50), launch.exchangeBeforeNs());
        assertEquals(OptionalDouble.empty(), launch.exchangeAfterNs());
    }

    @Test
    void shouldThinOutWhatIsTooMuchToKeepAndCountAllOfIt() {
        Samples samples = new Samples(1, 1);
        long[] readings = new long[5001];
        for (int i = 1; i < readings.length; i++) {
            readings[i] = readings[i - 1] + i;
        }
        samples.add(new long[][] {readings});
        Launch launch = samples.launch(0, 0, 7, Contention.UNKNOWN);
        assertEquals(5000, launch.times().samples());
        assertEquals(8, launch.stride());
        assertEquals(625, launch.batchNs().size());
        for (int i = 0; i < launch.batchNs().size(); i++) {
            assertEquals(1 + 8 * i, launch.batchNs().get(i));
        }
    }
}
