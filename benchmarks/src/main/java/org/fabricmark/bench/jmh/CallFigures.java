package org.fabricmark.bench.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.fabricmark.bench.harness.LedCase;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Secondary results of an iteration, with units of their own, which JMH's counters do not have: {@code algbw} and {@code busbw}
 * in GB/s of calls, {@code bandwidth} of puts, {@code skew} in microseconds, {@code exchange} and {@code line} in nanoseconds, and {@code loop}, the time of a call in our own loop
 * directly after the iteration. To JMH it is a profiler: that is how it takes results from its surroundings.
 *
 * <p>A benchmark {@linkplain #put puts} the figures when an iteration has ended; JMH then makes this collect them, in the same JVM.
 */
public final class CallFigures implements InternalProfiler {
    /** How many elements of results were wrong: in every saved result, 0 in good ones. */
    static final String WRONG = "wrong";

    private static final AtomicReference<Figures> LATEST = new AtomicReference<>();

    /**
     * What a benchmark knows after an iteration.
     *
     * @param bytes that one operation moves, as bandwidth counts them; 0 for none
     * @param busFactor busbw / algbw
     * @param surroundings of the calls; null where there are none
     * @param wrong elements or bytes that are not what they must be, so far; 0 as it should be
     */
    private record Figures(long bytes, double busFactor, LedCase.Surroundings surroundings, long wrong) {}

    /** For JMH. */
    public CallFigures() {
        // nothing to prepare
    }

    /** An iteration of calls has ended. */
    static void put(long bytes, double busFactor, LedCase.Surroundings surroundings, long wrong) {
        LATEST.set(new Figures(bytes, busFactor, surroundings, wrong));
    }

    /** An iteration of puts of {@code bytes} bytes has ended, one after the other; 0 where their rate is not asked for. */
    static void put(long bytes, long wrong) {
        LATEST.set(new Figures(bytes, 1, null, wrong));
    }

    @Override
    public String getDescription() {
        return "Bandwidths, skew and the exchange beside calls";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        LATEST.set(null);
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        Figures figures = LATEST.getAndSet(null);
        List<ScalarResult> results = new ArrayList<>();
        if (figures == null || result.getRawPrimaryResults().isEmpty()) {
            return results; // the iteration has failed
        }
        results.add(new ScalarResult(WRONG, figures.wrong, "elements", AggregationPolicy.MAX));
        double nanos = nanosPerOperation(benchmark, result.getPrimaryResult().getScore());
        if (figures.bytes > 0 && nanos > 0) {
            double rate = figures.bytes / nanos;
            if (figures.surroundings == null) {
                results.add(average("bandwidth", rate, "GB/s"));
            } else {
                results.add(average("algbw", rate, "GB/s"));
                results.add(average("busbw", rate * figures.busFactor, "GB/s"));
            }
        }
        LedCase.Surroundings beside = figures.surroundings;
        if (beside != null && benchmark.getMode() != Mode.SingleShotTime) {
            results.add(average("loop", beside.loopUs(), "us/op"));
            beside.skewUs().ifPresent(skew -> results.add(average("skew", skew, "us")));
            beside.exchangeNanos().ifPresent(exchange -> results.add(average("exchange", exchange, "ns")));
            beside.lineNanos().ifPresent(line -> results.add(average("line", line, "ns")));
        }
        return results;
    }

    private static ScalarResult average(String name, double value, String unit) {
        return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
    }

    /** Throughput counts operations in a unit of time, everything else that unit for one. */
    private static double nanosPerOperation(BenchmarkParams benchmark, double score) {
        double unit = TimeUnit.NANOSECONDS.convert(1, benchmark.getTimeUnit());
        return benchmark.getMode() == Mode.Throughput ? unit / score : unit * score;
    }
}
