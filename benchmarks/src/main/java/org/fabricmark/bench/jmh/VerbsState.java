package org.fabricmark.bench.jmh;

import java.util.Locale;
import java.util.OptionalInt;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.primitive.verbs.Fabric;
import org.fabricmark.bench.primitive.verbs.LedVerbs;
import org.fabricmark.bench.primitive.verbs.Queues;
import org.fabricmark.bench.primitive.verbs.VerbsCase;
import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Two ranks with queue pairs between them; the options of the transport are those of {@code rdma} that say whose. The name of a
 * benchmark's method is the primitive's.
 */
@State(Scope.Benchmark)
public abstract class VerbsState extends RankedState {
    private VerbsPrimitive primitive;
    private LedVerbs led;

    @Override
    final void open(String benchmark) {
        primitive = primitive(benchmark);
        led = new LedVerbs(
                new VerbsCase(Fabric.of(ParameterText.transport(Fabric.TRANSPORT, transportOptions)),
                        Conditions.DEFAULT.withLaunch(launch).launch().equals(Conditions.PROCESSES), queues(), bytes()),
                rankOne());
    }

    /** What the rounds are of. */
    VerbsPrimitive primitive(String benchmark) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        return VerbsPrimitive.valueOf(method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }

    int bytes() {
        return VerbsPrimitive.ATOMIC_BYTES;
    }

    Queues queues() {
        return Queues.DEFAULT;
    }

    final LedVerbs led() {
        return led;
    }

    /** Lets rank 1 go. */
    @Setup(Level.Iteration)
    public void begin() {
        led.begin(primitive, bytes());
    }

    /** Makes the closing round and checks the data. */
    @TearDown(Level.Iteration)
    public void end() {
        long wrong = led.end();
        CallFigures.put(primitive.streams() ? bytes() : 0, wrong);
    }

    /** Ends rank 1. */
    @TearDown(Level.Trial)
    public void stop() {
        if (led != null) {
            led.close();
            led = null;
        }
    }

    /** One after the other, data chosen. */
    @State(Scope.Benchmark)
    public static class Messages extends VerbsState {
        /** Of a message. */
        @Param("8")
        public int bytes;

        /** Bytes up to which data travel within the request. */
        @Param("220")
        public int inline;

        /** One request in so many is signalled. */
        @Param("1")
        public int signalEvery;

        @Override
        int bytes() {
            return bytes;
        }

        @Override
        Queues queues() {
            return new Queues(Math.max(Queues.USUAL_DEPTH, signalEvery), 1, OptionalInt.of(inline),
                    OptionalInt.of(signalEvery), 1);
        }
    }

    /** One after the other, each awaited. */
    @State(Scope.Benchmark)
    public static class Reads extends VerbsState {
        /** Of a message. */
        @Param("8")
        public int bytes;

        @Override
        int bytes() {
            return bytes;
        }
    }

    /** One after the other, each awaited, of a word. */
    @State(Scope.Benchmark)
    public static class Atomics extends VerbsState {}

    /** Many at a time, of a word. */
    @State(Scope.Benchmark)
    public static class Words extends VerbsState {
        /** Requests of a queue pair that may be under way. */
        @Param("128")
        public int depth;

        /** Queue pairs that take turns. */
        @Param("1")
        public int queuePairs;

        /** Bytes up to which data travel within the request. */
        @Param("0")
        public int inline;

        /** One request in so many is signalled. */
        @Param("100")
        public int signalEvery;

        @Override
        Queues queues() {
            return new Queues(depth, queuePairs, OptionalInt.of(inline), OptionalInt.of(signalEvery), 1);
        }
    }

    /** Many at a time, data chosen. */
    @State(Scope.Benchmark)
    public static class Streams extends Words {
        /** Of a message. */
        @Param("65536")
        public int bytes;

        @Override
        int bytes() {
            return bytes;
        }
    }

    /** A queue pair with nothing to wait for: all is signalled, one request at a time. */
    @State(Scope.Benchmark)
    public static class Idle extends VerbsState {
        @Override
        VerbsPrimitive primitive(String benchmark) {
            return VerbsPrimitive.RATE;
        }

        @Override
        Queues queues() {
            return new Queues(Queues.USUAL_DEPTH, 1, OptionalInt.empty(), OptionalInt.of(1), 1);
        }
    }
}
