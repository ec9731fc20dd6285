package org.fabricmark.bench.harness;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bootstrap.Pinning;

/**
 * What a sweep is to measure, and how much time it may take.
 *
 * @param cases the lines of all tables, in table order
 * @param budget time for everything, shared over the cases; a case takes at least a few calls, whatever they take
 * @param iterations timed batches of each case; empty: as many as fit the budget
 * @param warmupIterations calls before them; empty: until the median is steady and the compiler is quiet
 * @param batch calls between two clock readings; empty: so many that the clock stays below 1 %
 * @param check whether result data are verified
 * @param timeout longest wait for a peer before every rank gives up
 * @param seed order of the tables, and data
 * @param repeat how often the whole sweep runs; 0: until stopped
 * @param pinning which core each rank stays on
 * @param overlap whether the part of each call that a rank can compute in is measured too
 */
public record SweepRequest(
        List<BenchmarkCase> cases,
        Duration budget,
        OptionalInt iterations,
        OptionalInt warmupIterations,
        OptionalInt batch,
        boolean check,
        Duration timeout,
        long seed,
        int repeat,
        Pinning pinning,
        boolean overlap) {

    /** Nobody is pinned, and overlap is not measured. */
    public SweepRequest(
            List<BenchmarkCase> cases,
            Duration budget,
            OptionalInt iterations,
            OptionalInt warmupIterations,
            OptionalInt batch,
            boolean check,
            Duration timeout,
            long seed,
            int repeat) {
        this(cases, budget, iterations, warmupIterations, batch, check, timeout, seed, repeat, Pinning.NONE, false);
    }

    /** Copies the list and refuses numbers that cannot be. */
    public SweepRequest {
        cases = List.copyOf(cases);
        Objects.requireNonNull(pinning, "pinning");
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("no case is left to measure");
        }
        requirePositive("budget", budget);
        requirePositive("timeout", timeout);
        requireAtLeast("iters", iterations, 1);
        requireAtLeast("warmup-iters", warmupIterations, 0);
        requireAtLeast("batch", batch, 1);
        if (batch.orElse(1) > 1 && cases.stream().anyMatch(each -> each.conditions().isolated())) {
            throw new IllegalArgumentException(
                    "batch '" + batch.getAsInt() + "': isolated calls are timed one by one");
        }
        if (repeat < 0) {
            throw new IllegalArgumentException("repeat '" + repeat + "' is below 0");
        }
    }

    /** One run of {@code cases} with everything automatic and checked. */
    public static SweepRequest of(List<BenchmarkCase> cases, Duration budget, long seed) {
        return new SweepRequest(
                cases,
                budget,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                true,
                Duration.ofSeconds(30),
                seed,
                1);
    }

    SweepRequest withCases(List<BenchmarkCase> others) {
        return new SweepRequest(
                others, budget, iterations, warmupIterations, batch, check, timeout, seed, repeat, pinning, overlap);
    }

    /** The same with ranks that stay on their cores. */
    public SweepRequest withPinning(Pinning value) {
        return new SweepRequest(
                cases, budget, iterations, warmupIterations, batch, check, timeout, seed, repeat, value, overlap);
    }

    /** The same, measuring overlap or not. */
    public SweepRequest withOverlap(boolean value) {
        return new SweepRequest(
                cases, budget, iterations, warmupIterations, batch, check, timeout, seed, repeat, pinning, value);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " '" + value + "' is not above 0");
        }
    }

    private static void requireAtLeast(String name, OptionalInt value, int least) {
        if (value.isPresent() && value.getAsInt() < least) {
            throw new IllegalArgumentException(name + " '" + value.getAsInt() + "' is below " + least);
        }
    }
}
