package org.fabricmark.bench.jmh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.fabricmark.bench.primitive.RankPair;
import org.fabricmark.bootstrap.Pinning;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;

/** What states with several ranks share: how these are started and reach each other. JMH's thread is rank 0. */
@State(Scope.Benchmark)
public abstract class RankedState {
    /** The longest wait of a rank for another. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    private static final long MOST_PRACTICE_NANOS = 1_500_000_000;

    /** Options of the transport, {@code name:value}, joined by semicolons, since JMH separates values by commas. */
    @Param("")
    public String transportOptions;

    /** How ranks are started: threads or processes. */
    @Param("threads")
    public String launch;

    /** Starts the ranks; the name of the benchmark's method says what is measured. A combination that cannot run is refused in one line. */
    @Setup(Level.Trial)
    public final void start(BenchmarkParams benchmark) {
        ForkLife.bind(benchmark);
        try {
            open(benchmark.getBenchmark());
            practise(Math.min(MOST_PRACTICE_NANOS, warmUpNanos(benchmark.getWarmup())));
        } catch (IllegalArgumentException e) {
            throw new RefusedCaseException(e.getMessage());
        }
    }

    /** Who wants no warm-up gets no practice either. */
    private static long warmUpNanos(IterationParams warmUp) {
        return warmUp.getCount() * warmUp.getTime().convertTo(TimeUnit.NANOSECONDS);
    }

    /** Makes what stands between iterations as warm as JMH makes what it times, for about {@code nanos}. */
    void practise(long nanos) {
        // states whose iterations have nothing around them
    }

    /** @throws IllegalArgumentException if the parameters do not fit each other */
    abstract void open(String benchmark);

    /** How rank 1 of a pair is started. */
    static RankPair.Start rankOne() {
        return new RankPair.Start(Pinning.ofThisJvm(), TIMEOUT, RankedState::tell);
    }

    /** Prints what a rank in a process of its own has printed. */
    static void tell(int rank, String line) {
        System.err.println("rank " + rank + ": " + line);
    }
}
