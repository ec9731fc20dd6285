package org.fabricmark.bench.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Passes on what JMH prints (but for {@link IncubatorLine}), and remembers which benchmarks have failed: JMH itself prints that, goes on, and even keeps what was
 * measured before the failure, as if it were all. A benchmark whose data were wrong has failed too. Beginning and end of a run are left to {@link JmhRun}, for which several of JMH's
 * are one.
 *
 * <p>That an iteration failed is told only by what JMH prints: {@value #FAILURE}, and then why.
 */
final class RunRecord implements OutputFormat {
    private static final String FAILURE = "<failure>";
    private static final String NO_REASON = "the JVM of the benchmark ended; what it said is above";

    private final OutputFormat text;
    private final IncubatorLine ofForks;
    private final List<FailedBenchmark> failed = new ArrayList<>();
    private BenchmarkParams current;
    private boolean failing;
    private long wrong;
    private String reason;

    /**
     * A benchmark that has failed.
     *
     * @param reason in one line
     * @param wrong whether it has been measured to its end, but its data are wrong: the result says so, by {@link CallFigures#WRONG}
     */
    record FailedBenchmark(BenchmarkParams benchmark, String reason, boolean wrong) {
        @Override
        public String toString() {
            StringBuilder words = new StringBuilder(
                    benchmark.getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"));
            for (String key : benchmark.getParamsKeys()) {
                if (!benchmark.getParam(key).isEmpty()) {
                    words.append(' ').append(key).append('=').append(benchmark.getParam(key));
                }
            }
            return words.append(": ").append(reason).toString();
        }
    }

    RunRecord(OutputFormat text) {
        this.text = text;
        this.ofForks = new IncubatorLine(text::write);
    }

    /** Whether the benchmark that runs has failed. */
    boolean isFailing() {
        return failing;
    }

    /** The benchmarks that failed so far. */
    List<FailedBenchmark> failed() {
        settle(false);
        return List.copyOf(failed);
    }

    /** Whether these are the parameters of a benchmark that JMH has only a part of, which is not a result. */
    boolean isIncomplete(BenchmarkParams benchmark) {
        return failed.stream().anyMatch(each -> !each.wrong && each.benchmark.compareTo(benchmark) == 0);
    }

    /** Whether these are the parameters of a benchmark that failed, with or without a result. */
    boolean hasFailed(BenchmarkParams benchmark) {
        return failed.stream().anyMatch(each -> each.benchmark.compareTo(benchmark) == 0);
    }

    private void settle(boolean ended) {
        if (current != null && (failing || !ended)) {
            failed.add(new FailedBenchmark(current, reason == null ? NO_REASON : reason, false));
        } else if (current != null && wrong > 0) {
            failed.add(new FailedBenchmark(current, "wrong data: " + wrong
                    + (wrong == 1 ? " element differs" : " elements differ"), true));
        }
        wrong = 0;
        current = null;
        failing = false;
        reason = null;
    }

    private void listen(String said) {
        if (said.contains(FAILURE)) {
            failing = true;
        } else if (failing && reason == null && !said.isBlank()) {
            reason = said.strip().lines().findFirst().orElseThrow();
        }
    }

    @Override
    public void startBenchmark(BenchmarkParams benchmark) {
        settle(false);
        current = benchmark;
        text.startBenchmark(benchmark);
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        text.endBenchmark(failing || wrong > 0 ? null : result);
        settle(result != null);
    }

    @Override
    public void startRun() {
        // JmhRun says it, once
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        // JmhRun prints all results
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams iteration, int number) {
        text.iteration(benchmark, iteration, number);
    }

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams iteration, int number, IterationResult result) {
        Result<?> seen = result.getSecondaryResults().get(CallFigures.WRONG);
        wrong = Math.max(wrong, seen == null ? 0 : Math.round(seen.getScore()));
        text.iterationResult(benchmark, iteration, number, result);
    }

    @Override
    public void print(String words) {
        listen(words);
        text.print(words);
    }

    @Override
    public void println(String line) {
        listen(line);
        ofForks.release();
        text.println(line);
        ofForks.lineEnded();
    }

    @Override
    public void flush() {
        ofForks.release();
        text.flush();
    }

    @Override
    public void close() {
        // JmhRun may have more to say
    }

    @Override
    public void verbosePrintln(String line) {
        text.verbosePrintln(line);
    }

    @Override
    public void write(int character) {
        ofForks.write(character);
    }

    @Override
    public void write(byte[] bytes) {
        for (byte each : bytes) {
            ofForks.write(each);
        }
    }
}
