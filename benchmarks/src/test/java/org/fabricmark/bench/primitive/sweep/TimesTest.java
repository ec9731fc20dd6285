package org.fabricmark.bench.primitive.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Series;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;

/** What perftest calls its figures, from times that are known. */
class TimesTest {
    private static Times of(int batches, long perBatch) {
        Histogram histogram = new Histogram(3);
        long all = 0;
        for (int i = 1; i <= batches; i++) {
            histogram.recordValue(100L * i);
            all += 100L * i;
        }
        return Times.of(histogram, perBatch, all);
    }

    private static PrimitiveRow row(String primitive, long bytes, Times times, OptionalDouble reference) {
        return new PrimitiveRow(PrimitiveTest.named(primitive).getFirst(), TransportSpec.parse("rdma"), false,
                Optional.empty(), Optional.empty(), Optional.empty(), bytes, times,
                Launch.of(0, times.batch(), Series.of(100, 200)), 50, reference, false, 0);
    }

    @Test
    void shouldTakeTheMedianAsTypical() {
        Times times = of(101, 1);
        assertEquals(101, times.operations());
        assertEquals(100, times.minNs());
        assertEquals(5100, times.typicalNs(), 5);
        assertEquals(5100, times.averageNs(), 0.001);
        assertEquals(10_100, times.maxNs(), 10);
        assertEquals(10_000, times.p99Ns().orElseThrow(), 10);
    }

    @Test
    void shouldDivideABatchAmongItsOperations() {
        Times times = of(3, 20);
        assertEquals(60, times.operations());
        assertEquals(5, times.minNs());
        assertEquals(10, times.typicalNs());
        assertEquals(10, times.averageNs());
    }

    @Test
    void shouldLeaveOutPercentilesOfTooFewBatches() {
        assertTrue(of(99, 1).p99Ns().isEmpty());
        assertTrue(of(100, 1).p99Ns().isPresent());
        assertTrue(of(999, 1).p999Ns().isEmpty());
        assertTrue(of(1000, 1).p999Ns().isPresent());
    }

    @Test
    void shouldCountBandwidthAsPerftestDoes() {
        PrimitiveRow row = row("write-bw", 1 << 20, of(3, 1), OptionalDouble.of(150)); // 100, 200 and 300 ns
        assertEquals(1e9 / 100, row.peakMBs(), 1e-6, "MiB a second of the fastest batch");
        assertEquals(1e9 / 200, row.averageMBs(), 1e-6, "MiB a second over all time");
        assertEquals((1 << 20) / 200.0, row.averageGBs(), 1e-9);
        assertEquals(5, row.rateMpps(), 1e-9);
        assertEquals(0.75, row.ratio().orElseThrow(), 1e-9, "share of what the reference reaches");
    }

    @Test
    void shouldHoldLatenciesAgainstTheLine() {
        PrimitiveRow row = row("write-lat", 8, of(3, 1), OptionalDouble.of(50));
        assertEquals(4, row.ratio().orElseThrow(), 0.01, "typical time in times of the line");
    }
}
