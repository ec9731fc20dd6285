package org.fabricmark.results.foreign;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.TransportSpec;

/**
 * Our benchmarks of primitives in JMH's words: the method is the primitive, in camel case, the parameters are parts of the case
 * under the names that Java gives them.
 */
final class JmhPrimitives {
    private static final String OF_VERBS = ".VerbsBenchmark.";
    private static final String OF_TRANSPORTS = ".PrimitiveBenchmark.";
    private static final String VERBS = "rdma";

    /** Methods that are called otherwise than the primitive, which has the name that {@code perf} knows. */
    private static final Map<String, String> NAMES = Map.of("put-latency", "put-lat", "put-bandwidth", "put-bw",
            "notify-round-trip", "notify", "message-rate", "put-rate");

    /** What is always of one word, and has no parameter that says so. */
    private static final List<String> OF_A_WORD = List.of("fetch-and-add", "compare-and-swap", "rate", "post-and-poll");

    private static final List<String> GATHERING = List.of("write", "send", "rate");

    private static final long WORD = Long.BYTES;

    private JmhPrimitives() {}

    /** Whether {@code benchmark} is one of a primitive. */
    static boolean isPrimitive(String benchmark) {
        return benchmark.contains(OF_VERBS) || benchmark.contains(OF_TRANSPORTS);
    }

    /** The case of a benchmark with these parameters and options of its transport. */
    static CaseKey.Builder key(String benchmark, Map<String, String> parameters, Map<String, String> options) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1).replaceAll("([a-z])([A-Z])", "$1-$2")
                .toLowerCase(Locale.ROOT);
        String name = NAMES.getOrDefault(method, method);
        CaseKey.Builder key = CaseKey.ofPrimitive(name)
                .transport(TransportSpec.of(parameters.getOrDefault("transport", VERBS), options).text())
                .bytes(OF_A_WORD.stream().anyMatch(name::startsWith) ? WORD : 0);
        parameters.forEach((parameter, value) -> {
            switch (parameter) {
                case "bytes" -> key.put(CasePart.BYTES, value);
                case "launch" -> key.launch(value);
                case "depth" -> key.put(CasePart.TX_DEPTH, value);
                case "queuePairs" -> key.put(CasePart.QPS, value);
                case "inline" -> {
                    if (GATHERING.stream().anyMatch(name::startsWith)) { // others have the parameter, and no use for it
                        key.put(CasePart.INLINE, value);
                    }
                }
                case "signalEvery" -> key.put(CasePart.CQ_MOD, value);
                default -> {
                    // the transport, said already, or what a newer build has
                }
            }
        });
        if (parameters.containsKey("depth")) {
            key.put(CasePart.POST_LIST, "1");
        }
        return key;
    }

    /** A result without its times by launch, which are means. */
    static CaseResultBuilder result(CaseKey key, long samples, double us, List<Launch> launches) {
        String name = key.primitive().name();
        Measure measure = name.endsWith("rate") ? Measure.RATE
                : name.endsWith("-bw") ? Measure.BANDWIDTH : Measure.LATENCY;
        CaseResultBuilder result = new CaseResultBuilder().key(key).calls(samples).batch(1).timeUs(us)
                .conventions(Conventions.STREAM);
        if (measure.higherIsBetter() && us > 0) {
            result.algbwGBs(Measure.BANDWIDTH.figure(us, key.bytes()));
        }
        double deviation = Math.sqrt(launches.stream().flatMapToDouble(launch -> launch.batchNs().stream())
                .map(nanos -> nanos / 1e3 - us).map(each -> each * each).average().orElse(0));
        result.primitive().measure(measure).averageUs(us).deviationUs(deviation);
        return result;
    }
}
