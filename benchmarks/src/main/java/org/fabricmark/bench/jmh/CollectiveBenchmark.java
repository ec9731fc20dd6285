package org.fabricmark.bench.jmh;

import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.harness.LedCase;
import org.fabricmark.bootstrap.Pinning;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.transport.TransportSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Collective calls, one invocation each; the method says which collective, the parameters say the rest of the case.
 *
 * <p>JMH's one thread is rank 0. The other ranks run freely and are ended by one more call after each iteration. Data are
 * checked after each iteration, outside of what is timed; wrong data fail the benchmark. Calls that do not synchronise are timed
 * with the barrier that follows them.
 */
public class CollectiveBenchmark extends MeasuredInForks {

    /** The parts that every case has, and its life. */
    @State(Scope.Benchmark)
    public static class Case extends OverTransport {
        private static final long SEED = 42;

        /** Algorithm, or auto; with options as in {@code ring?channels=2}. */
        @Param("auto")
        public String algorithm;

        /** How many ranks. */
        @Param("2")
        public int ranks;

        private BenchmarkCase subject;
        private LedCase calls;

        @Override
        void open(String benchmark) {
            subject = subject(ParameterText.collective(benchmark))
                    .under(Conditions.DEFAULT.withLaunch(launch));
            calls = new LedCase(subject, Pinning.ofThisJvm(), TIMEOUT, SEED,
                    RankedState::tell);
        }

        @Override
        void practise(long nanos) {
            calls.practise(nanos);
        }

        /** The case that the parameters describe. */
        BenchmarkCase subject(Collective collective) {
            return subject(collective, DataType.FLOAT, null, false, 0);
        }

        final BenchmarkCase subject(
                Collective collective, DataType elements, ReduceOp operation, boolean inPlace, long bytes) {
            TransportSpec spec = ParameterText.transport(transport, transportOptions);
            return BenchmarkCase.of(collective, algorithm, spec, ranks, elements, operation, 0, inPlace, bytes);
        }

        final void call() {
            calls.call();
        }

        /** Lets the other ranks go. */
        @Setup(Level.Iteration)
        public void begin() {
            calls.begin();
        }

        /** Makes the closing call and checks the data. */
        @TearDown(Level.Iteration)
        public void end() {
            LedCase.Surroundings surroundings = calls.end();
            Collective collective = subject.collective();
            CallFigures.put(collective.movesData() ? subject.bytes() : 0, collective.busFactor(subject.ranks()),
                    surroundings, calls.wrong());
        }

        /** Ends the ranks. */
        @TearDown(Level.Trial)
        public void stop() {
            if (calls != null) {
                calls.close();
                calls = null;
            }
        }
    }

    /** A case that moves data. */
    @State(Scope.Benchmark)
    public static class DataCase extends Case {
        /** Message size as nccl-tests counts it. */
        @Param({"8", "65536", "4194304"})
        public long bytes;

        /** Element type. */
        @Param("float")
        public String type;

        /** Whether input and output are the same buffer. */
        @Param("false")
        public boolean inPlace;

        @Override
        BenchmarkCase subject(Collective collective) {
            return subject(collective, ParameterText.type(type), null, inPlace, bytes);
        }
    }

    /** A case that also reduces. */
    @State(Scope.Benchmark)
    public static class ReduceCase extends DataCase {
        /** Operation. */
        @Param("sum")
        public String op;

        @Override
        BenchmarkCase subject(Collective collective) {
            return subject(collective, ParameterText.type(type), ParameterText.op(op), inPlace, bytes);
        }
    }

    /** Every rank ends with the reduction of all inputs. */
    @Benchmark
    public void allReduce(ReduceCase each) {
        each.call();
    }

    /** Every rank ends with all inputs. */
    @Benchmark
    public void allGather(DataCase each) {
        each.call();
    }

    /** Every rank ends with its block of the reduction of all inputs. */
    @Benchmark
    public void reduceScatter(ReduceCase each) {
        each.call();
    }

    /** Rank 0 ends with the reduction of all inputs. Includes a barrier. */
    @Benchmark
    public void reduce(ReduceCase each) {
        each.call();
    }

    /** Every rank ends with a block from each. */
    @Benchmark
    public void allToAll(DataCase each) {
        each.call();
    }

    /** Every rank ends with the input of the rank before it. Includes a barrier from 3 ranks on. */
    @Benchmark
    public void sendRecv(DataCase each) {
        each.call();
    }

    /** Every rank ends with rank 0's input. Includes a barrier. */
    @Benchmark
    public void broadcast(DataCase each) {
        each.call();
    }

    /** No rank leaves before all have entered. */
    @Benchmark
    public void barrier(Case each) {
        each.call();
    }
}
