package org.fabricmark.bench.cli;

import java.time.Duration;
import java.util.List;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cli.argument.Amount;
import org.fabricmark.bench.cli.argument.Durations;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.WholeNumber;
import org.fabricmark.bench.harness.SweepRequest;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** How much is measured, and for how long. */
final class EffortOptions {
    private static final long DEFAULT_SEED = 1;

    @Option(names = {"-n", "--iters"}, paramLabel = "COUNT", converter = Amount.FromOne.class, defaultValue = "auto",
            description = "Timed iterations; auto: to a stable median within the budget. Default: ${DEFAULT-VALUE}.")
    private Amount iterations;

    @Option(names = {"-w", "--warmup-iters"}, paramLabel = "COUNT", converter = Amount.FromZero.class,
            defaultValue = "auto", description = "Iterations before them. Default: ${DEFAULT-VALUE}.")
    private Amount warmup;

    @Option(names = "--budget", paramLabel = "TIME", converter = Durations.class, defaultValue = "90s",
            description = "Time for the whole sweep, shared over its cases. Default: ${DEFAULT-VALUE}.")
    private Duration budget;

    @Option(names = {"-m", "--batch"}, paramLabel = "COUNT", converter = Amount.FromOne.class, defaultValue = "auto",
            description = "Calls between two clock readings; auto keeps the clock below 1 %%. Default: ${DEFAULT-VALUE}.")
    private Amount batch;

    @Option(names = {"-c", "--check"}, paramLabel = "0|1", converter = ZeroOne.class, defaultValue = "1",
            description = "Verify result data with a pattern that changes from call to call; 0 off."
                    + " Default: ${DEFAULT-VALUE}.")
    private int check;

    @Option(names = {"-N", "--repeat"}, paramLabel = "COUNT", converter = Amount.Repeat.class, defaultValue = "1",
            description = "Repeat the whole sweep; 0 until stopped. Default: ${DEFAULT-VALUE}.")
    private int repeat;

    @Option(names = {"-T", "--timeout"}, paramLabel = "TIME", converter = Durations.class, defaultValue = "30s",
            description = "Longest wait for a peer before every rank gives up. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(names = "--seed", paramLabel = "NUMBER", converter = WholeNumber.Any.class,
            description = "For data and order. Default: " + DEFAULT_SEED + ".")
    private Long seed;

    int repeat() {
        return repeat;
    }

    Duration timeout() {
        return timeout;
    }

    Amount iterations() {
        return iterations;
    }

    Amount warmup() {
        return warmup;
    }

    Amount batch() {
        return batch;
    }

    /** The time that cases share. */
    Duration budget() {
        return budget;
    }

    boolean check() {
        return check == 1;
    }

    long seed() {
        return seed == null ? DEFAULT_SEED : seed;
    }

    SweepRequest request(List<BenchmarkCase> cases, boolean overlap) {
        return new SweepRequest(cases, budget, iterations.number(), warmup.number(), batch.number(), check == 1,
                timeout,
                seed(), repeat)
                .withOverlap(overlap);
    }

    /** {@code 0} or {@code 1}. */
    static final class ZeroOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return switch (text) {
                case "0" -> 0;
                case "1" -> 1;
                default -> throw Misuse.ofValue("1 on, or 0 off");
            };
        }
    }
}
