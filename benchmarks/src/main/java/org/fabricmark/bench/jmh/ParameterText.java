package org.fabricmark.bench.jmh;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.transport.TransportSpec;

/** Reads the parameters of JMH benchmarks, in the words of the command line. */
final class ParameterText {
    private ParameterText() {}

    /** The collective of a benchmark: {@code …CollectiveBenchmark.allReduce} is {@code all-reduce}. */
    static Collective collective(String benchmark) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        String label = method.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
        return Collective.named(label)
                .orElseThrow(() -> new IllegalArgumentException("no collective '" + label + "'"));
    }

    /**
     * A transport with options.
     *
     * @param options {@code name:value}, several joined by semicolons; may be empty
     */
    static TransportSpec transport(String name, String options) {
        return TransportSpec.parse(options.isEmpty() ? name
                : name + "?" + Arrays.stream(options.split(";", -1)).map(option -> option.replaceFirst(":", "="))
                        .collect(Collectors.joining("&")));
    }

    static DataType type(String label) {
        return DataType.named(label).orElseThrow(() -> unknown("type", label, DataType.values(), DataType::label));
    }

    static ReduceOp op(String label) {
        return ReduceOp.named(label).orElseThrow(() -> unknown("op", label, ReduceOp.values(), ReduceOp::label));
    }

    private static <T> IllegalArgumentException unknown(String what, String text, T[] all, Function<T, String> label) {
        return new IllegalArgumentException("no " + what + " '" + text + "'; known: "
                + Arrays.stream(all).map(label).collect(Collectors.joining(", ")));
    }
}
