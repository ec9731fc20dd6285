package org.fabricmark.bench.jmh;

import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.primitive.LedPrimitive;
import org.fabricmark.bench.primitive.Primitive;
import org.fabricmark.bench.primitive.PrimitiveCase;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a transport does for one put or one signal between two ranks, below engine and collectives. JMH's thread is rank 0. Data are
 * checked after each iteration.
 */
public class PrimitiveBenchmark extends MeasuredInForks {

    /** Two ranks, and the wire between them. */
    @State(Scope.Benchmark)
    public static class Pair extends OverTransport {

        private PrimitiveCase subject;
        private LedPrimitive rounds;

        @Override
        void open(String benchmark) {
            subject = new PrimitiveCase(
                    primitive(benchmark),
                    ParameterText.transport(transport, transportOptions),
                    Conditions.DEFAULT.withLaunch(launch).launch().equals(Conditions.PROCESSES),
                    bytes());
            rounds = new LedPrimitive(subject, rankOne());
        }

        private static Primitive primitive(String benchmark) {
            String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
            return Primitive.valueOf(method.replaceAll("([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT));
        }

        int bytes() {
            return 0;
        }

        final void round() {
            rounds.round();
        }

        /** Lets rank 1 go. */
        @Setup(Level.Iteration)
        public void begin() {
            rounds.begin();
        }

        /** Makes the closing round and checks the data. */
        @TearDown(Level.Iteration)
        public void end() {
            long wrong = rounds.end();
            CallFigures.put(subject.primitive() == Primitive.PUT_BANDWIDTH ? subject.bytes() : 0, wrong);
        }

        /** Ends rank 1. */
        @TearDown(Level.Trial)
        public void stop() {
            if (rounds != null) {
                rounds.close();
                rounds = null;
            }
        }
    }

    /** Small puts. */
    @State(Scope.Benchmark)
    public static class SmallPuts extends Pair {
        /** Bytes of one put. */
        @Param("8")
        public int bytes;

        @Override
        int bytes() {
            return bytes;
        }
    }

    /** Large puts. */
    @State(Scope.Benchmark)
    public static class LargePuts extends Pair {
        /** Bytes of one put. */
        @Param({"65536", "1048576"})
        public int bytes;

        @Override
        int bytes() {
            return bytes;
        }
    }

    /** From a put with its signal until the peer sees both: half of there and back. */
    @Benchmark
    @OperationsPerInvocation(2)
    public void putLatency(SmallPuts pair) {
        pair.round();
    }

    /** One put of a stream of puts; {@code bandwidth} is its rate. */
    @Benchmark
    @OperationsPerInvocation(Primitive.STREAM)
    public void putBandwidth(LargePuts pair) {
        pair.round();
    }

    /** A signal there and one back. */
    @Benchmark
    public void notifyRoundTrip(Pair pair) {
        pair.round();
    }

    /** One put with a signal, of a stream of them. */
    @Benchmark
    @OperationsPerInvocation(Primitive.BURST)
    public void messageRate(SmallPuts pair) {
        pair.round();
    }
}
