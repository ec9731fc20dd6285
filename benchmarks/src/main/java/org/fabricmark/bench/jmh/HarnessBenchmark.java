package org.fabricmark.bench.jmh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.harness.LedCase;
import org.fabricmark.bootstrap.Pinning;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.transport.TransportSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The harness itself: what it measures when the time is known. */
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HarnessBenchmark extends MeasuredInForks {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long SEED = 42;

    /** An all-reduce of 8 bytes. */
    @State(Scope.Benchmark)
    public static class SmallCall {
        private LedCase calls;

        /** Starts the ranks. */
        @Setup(Level.Trial)
        public void start(BenchmarkParams benchmark) {
            ForkLife.bind(benchmark);
            calls = LedCase.late(
                    BenchmarkCase.of(Collective.ALL_REDUCE, BenchmarkCase.AUTO, TransportSpec.parse("shm"), ranks(),
                            DataType.FLOAT, ReduceOp.SUM, 0, false, 8),
                    Pinning.ofThisJvm(), TIMEOUT, SEED, Duration.ofNanos(lateNanos()));
        }

        int ranks() {
            return 1;
        }

        long lateNanos() {
            return 0;
        }

        /** Lets the other ranks go. */
        @Setup(Level.Iteration)
        public void begin() {
            calls.begin();
        }

        /** Makes the closing call. */
        @TearDown(Level.Iteration)
        public void end() {
            LedCase.Surroundings surroundings = calls.end();
            CallFigures.put(0, 1, surroundings, calls.wrong());
        }

        /** Ends the ranks. */
        @TearDown(Level.Trial)
        public void stop() {
            calls.close();
        }
    }

    /** An all-reduce of 8 bytes between two ranks, of which the other one is late by a known time in each call. */
    @State(Scope.Benchmark)
    public static class LateCall extends SmallCall {
        /** How late, in nanoseconds. */
        @Param({"10000", "1000000"})
        public long lateNanos;

        @Override
        int ranks() {
            return 2;
        }

        @Override
        long lateNanos() {
            return lateNanos;
        }
    }

    /** What JMH's loop costs around nothing. */
    @Benchmark
    public void nothing() {
        // measured is what surrounds this
    }

    /** A call with nobody to wait for: what JMH's loop, ours and the communicator cost. */
    @Benchmark
    public void emptyCall(SmallCall each) {
        each.calls.call();
    }

    /** Must be {@code lateNanos}, and a call. */
    @Benchmark
    public void lateCall(LateCall each) {
        ((SmallCall) each).calls.call();
    }
}
