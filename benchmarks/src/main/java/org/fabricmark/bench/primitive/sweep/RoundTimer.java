package org.fabricmark.bench.primitive.sweep;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.fabricmark.bench.harness.BatchSeries;
import org.fabricmark.bench.harness.SteadyState;
import org.fabricmark.results.format.HistogramText;
import org.fabricmark.results.model.Contention;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Series;

/**
 * Times the rounds of one row: warm-up until the compiler is quiet and the median steady, then batches between two readings of the
 * clock, all in one stretch. A batch is one round, or where that is shorter than {@value #SINGLE_NANOS} ns, as many as take about
 * {@value #BATCH_NANOS} ns, so that the clock is no part of what is measured.
 *
 * <p>Thread rule: rank 0's thread. Allocates nothing between two readings.
 */
final class RoundTimer {
    private static final int DIGITS = 3;
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long SINGLE_NANOS = 2_000;
    private static final long BATCH_NANOS = 10_000;
    private static final long WARMUP_ROUND_NANOS = 10_000_000;
    private static final double WARMUP_SHARE = 0.4;
    private static final int LEAST_BATCHES = 5;

    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    private final Effort effort;
    private final Histogram batches = new Histogram(LONGEST_NANOS, DIGITS);
    private final BatchSeries inOrder = BatchSeries.ofOne();
    private Measurable subject;
    private long roundsPerBatch;

    RoundTimer(Effort effort) {
        this.effort = effort;
    }

    /**
     * What a row has given.
     *
     * @param launch the batches that the times were computed from
     * @param wrong bytes or results that are wrong
     */
    record Timed(Times times, Launch launch, long wrong) {}

    /**
     * Measures.
     *
     * @param nanos how long it should take
     * @param leastWarmupNanos how long warming up takes even when everything looks steady
     */
    Timed measure(Measurable rounds, long nanos, long leastWarmupNanos) {
        subject = rounds;
        subject.begin();
        long start = System.nanoTime();
        roundsPerBatch = effort.batch().isPresent() ? rounds(effort.batch().getAsInt()) : 1;
        if (effort.warmup().isPresent()) {
            warmUp(rounds(effort.warmup().getAsInt()));
        } else {
            warmUp(start + Math.max(leastWarmupNanos, (long) (nanos * WARMUP_SHARE)), start + leastWarmupNanos);
        }
        Times times = timed(start + nanos, nanos);
        return new Timed(times, launch(times.batch()), subject.end());
    }

    /** Exact where every batch is in the series. */
    private Launch launch(long operations) {
        Series series = inOrder.slowest();
        Distribution all = series.size() == batches.getTotalCount() ? Distribution.of(series)
                : HistogramText.distribution(batches);
        return new Launch(0, operations, inOrder.stride(), series, all, Distribution.EMPTY, List.of(),
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Contention.UNKNOWN);
    }

    private long rounds(int operations) {
        return Math.ceilDiv((long) operations, subject.operations());
    }

    private void warmUp(long rounds) {
        long start = System.nanoTime();
        for (long i = 0; i < rounds; i++) {
            subject.round();
        }
        if (rounds > 0) {
            chooseBatch((System.nanoTime() - start) / rounds);
        }
    }

    private void warmUp(long until, long earliest) {
        SteadyState steady = new SteadyState();
        long now = System.nanoTime();
        while (now < until && !(steady.reached() && now >= earliest)) {
            batches.reset();
            batch(Long.MAX_VALUE, now + WARMUP_ROUND_NANOS);
            long median = batches.getValueAtPercentile(50) / roundsPerBatch;
            steady.add(median, compileMillis());
            chooseBatch(median);
            now = System.nanoTime();
        }
    }

    private void chooseBatch(long roundNanos) {
        if (effort.batch().isEmpty()) {
            roundsPerBatch =
                    roundNanos >= SINGLE_NANOS ? 1 : Math.max(1, Math.ceilDiv(BATCH_NANOS, Math.max(1, roundNanos)));
        }
    }

    private Times timed(long until, long nanos) {
        batches.reset();
        inOrder.clear();
        long operations = roundsPerBatch * subject.operations();
        boolean open = effort.operations().isEmpty();
        long most = open ? Long.MAX_VALUE : Math.ceilDiv((long) effort.operations().getAsInt(), operations);
        long begin = System.nanoTime();
        // When warming up has used up the time, half of it is still measured.
        long end = batch(most, open ? Math.max(until, begin + nanos / 2) : Long.MAX_VALUE);
        return Times.of(batches, operations, end - begin);
    }

    /** Batches until there are {@code most}, or the time is up. @return the last reading of the clock */
    private long batch(long most, long until) {
        long last = System.nanoTime();
        for (long count = 0; count < most && (last < until || count < LEAST_BATCHES); count++) {
            for (long i = 0; i < roundsPerBatch; i++) {
                subject.round();
            }
            long now = System.nanoTime();
            batches.recordValue(Math.min(LONGEST_NANOS, now - last));
            inOrder.add(now - last);
            last = now;
        }
        return last;
    }

    private static long compileMillis() {
        return COMPILER == null || !COMPILER.isCompilationTimeMonitoringSupported() ? 0
                : COMPILER.getTotalCompilationTime();
    }
}
