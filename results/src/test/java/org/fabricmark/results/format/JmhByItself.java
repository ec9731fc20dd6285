package org.fabricmark.results.format;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Utils;

/** A file as JMH's own code writes it, of two forks with two iterations each. */
final class JmhByItself {
    private JmhByItself() {}

    static void write(PrintStream out) {
        WorkloadParams parameters = new WorkloadParams();
        parameters.put("bytes", "8", 0);
        IterationParams iterations = new IterationParams(IterationType.MEASUREMENT, 2, TimeValue.seconds(1), 1);
        BenchmarkParams benchmark = new BenchmarkParams("org.fabricmark.all-reduce.ring", "target", false, 2,
                new int[] {2}, List.of(), 2, 0, new IterationParams(IterationType.WARMUP, 2, TimeValue.seconds(1), 1),
                iterations, Mode.AverageTime, parameters, TimeUnit.MICROSECONDS, 1, Utils.getCurrentJvm(), List.of(),
                "25", "vm", "25+1", "1.37", TimeValue.minutes(1));
        RunResult result = new RunResult(benchmark, List.of(fork(benchmark, iterations), fork(benchmark, iterations)));
        ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(result));
        out.flush();
    }

    private static BenchmarkResult fork(BenchmarkParams benchmark, IterationParams iterations) {
        IterationResult one = iteration(benchmark, iterations, 1000);
        IterationResult two = iteration(benchmark, iterations, 1500);
        return new BenchmarkResult(benchmark, List.of(one, two));
    }

    private static IterationResult iteration(BenchmarkParams benchmark, IterationParams iterations, long micros) {
        IterationResult result = new IterationResult(benchmark, iterations, null);
        result.addResult(new AverageTimeResult(ResultRole.PRIMARY, "ring", 1000, TimeUnit.MICROSECONDS.toNanos(micros),
                TimeUnit.MICROSECONDS));
        result.addResult(new ScalarResult("busbw", 1.5, "GB/s", AggregationPolicy.AVG));
        return result;
    }
}
