package org.fabricmark.results.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

import org.fabricmark.results.format.RunFormatException;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Root;
import org.fabricmark.results.model.Series;
import org.fabricmark.results.model.TransportSpec;
import tools.jackson.databind.JsonNode;

/**
 * The JSON file of JMH, of our benchmarks and of any others. A fork is a launch, an iteration a batch. Our benchmarks
 * of collectives and of primitives name the parts of a case as parameters; of any other benchmark the method's name stands for the
 * collective and the parameters for options of the transport {@code jvm}, so that they can be told apart and grouped.
 */
final class JmhJson implements ForeignFormat {
    private static final String OURS = "org.fabricmark.";
    private static final Map<String, Double> NANOS = Map.of("ns", 1.0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9);

    @Override
    public String tool() {
        return Origin.JMH;
    }

    @Override
    public boolean recognises(ForeignText text) {
        return text.text().stripLeading().startsWith("[") && text.text().contains("\"primaryMetric\"");
    }

    @Override
    public ForeignResults read(ForeignText text, Given given) {
        JsonNode array = ForeignJson.tree(text);
        List<ForeignCell> cells = new ArrayList<>();
        Optional<String> version = Optional.empty();
        Environment environment = Environment.UNKNOWN;
        for (JsonNode object : array) {
            String place = text.source() + " result " + (cells.size() + 1);
            if (object.has("x-fabricmark")) {
                throw text.failure("is a run of this suite already: name its folder to compare or report");
            }
            version = Optional.ofNullable(object.path("jmhVersion").stringValue(null));
            environment = environment(object);
            try {
                cells.add(cell(object, place, given));
            } catch (IllegalArgumentException impossible) {
                throw new RunFormatException(place + ": " + impossible.getMessage(), impossible);
            }
        }
        return new ForeignResults(new Origin(Origin.JMH, version), environment, cells, List.of());
    }

    private static Environment environment(JsonNode object) {
        List<String> flags = new ArrayList<>();
        if (object.path("forks").asInt(0) > 0) { // else they are what a fork would have had
            object.path("jvmArgs").forEach(flag -> flags.add(flag.asString("")));
        }
        return new Environment(Environment.Hardware.UNKNOWN, Environment.Software.of(Optional.empty(), Optional.empty(),
                Optional.ofNullable(object.path("vmName").stringValue(null)),
                Optional.ofNullable(object.path("vmVersion").stringValue(null)), flags), Environment.State.UNKNOWN,
                Environment.Suite.UNKNOWN);
    }

    private static ForeignCell cell(JsonNode object, String place, Given given) {
        String benchmark = object.path("benchmark").asString("");
        Map<String, String> parameters = new TreeMap<>();
        object.path("params").properties().forEach(each -> parameters.put(each.getKey(), each.getValue().asString("")));
        boolean primitive = benchmark.startsWith(OURS) && JmhPrimitives.isPrimitive(benchmark);
        boolean collective = !primitive && benchmark.startsWith(OURS) && parameters.containsKey("transport");
        CaseKey.Builder builder = primitive ? JmhPrimitives.key(benchmark, parameters, options(parameters))
                : collective ? ours(benchmark, parameters) : any(benchmark, parameters, object);
        CaseKey key = CellConversion.key(builder, given);
        JsonNode metric = object.path("primaryMetric");
        List<Launch> launches = launches(metric);
        double us = launches.stream().mapToDouble(Launch::meanUs).average()
                .orElseThrow(() -> new IllegalArgumentException("'" + benchmark + "' has no samples"));
        long calls = launches.stream().mapToLong(launch -> launch.times().samples()).sum();
        CaseResultBuilder result = primitive ? JmhPrimitives.result(key, calls, us, launches)
                : collective ? CellConversion.result(key, calls, us)
                        : CaseResult.builder(key, 0, calls, 1).timeUs(us);
        if (!primitive) {
            result.algorithmSelected(key.algorithm().equals(CaseKey.AUTO) ? "unknown" : key.algorithm())
                    .conventions(new Conventions("mean", "rank0", "nccl"));
        }
        JsonNode more = object.path("secondaryMetrics");
        median(more.path("skew")).ifPresent(result::skewUs);
        median(more.path("exchange")).ifPresent(result::exchangeNs);
        median(more.path("line")).ifPresent(result::lineNs);
        JsonNode wrong = more.path("wrong").path("score");
        if (wrong.isNumber()) {
            result.wrong(wrong.longValue());
        }
        return new ForeignCell(place, result.build(), launches);
    }

    /** Over the iterations of all forks. Their mean, which JMH prints, follows a single one in which a rank had lost its core. */
    private static OptionalDouble median(JsonNode metric) {
        List<Double> values = new ArrayList<>();
        metric.path("rawData").forEach(fork -> fork.forEach(each -> values.add(number(each))));
        return Distribution.of(Series.of(values.stream().mapToDouble(Double::doubleValue).toArray())).quantile(1.0 / 2);
    }

    /** A benchmark of ours: the method is the collective, in camel case, the parameters are parts of the case. */
    private static CaseKey.Builder ours(String benchmark, Map<String, String> parameters) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        CaseKey.Builder key = CaseKey
                .builder(method.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT));
        key.transport(TransportSpec.of(parameters.get("transport"), options(parameters)).text()).inPlace(false);
        parameters.forEach((name, value) -> {
            switch (name) {
                case "inPlace" -> key.inPlace(Boolean.parseBoolean(value));
                case "root" -> key.root(Root.parse(value));
                case "transport", "transportOptions" -> {
                    // said already
                }
                default -> CasePart.named(name).ifPresent(part -> key.put(part, value));
            }
        });
        return key;
    }

    private static Map<String, String> options(Map<String, String> parameters) {
        Map<String, String> options = new TreeMap<>();
        for (String option : parameters.getOrDefault("transportOptions", "").split("[,;]")) {
            int colon = option.indexOf(':');
            if (colon > 0) {
                options.put(option.substring(0, colon), option.substring(colon + 1));
            }
        }
        return options;
    }

    /** Any other benchmark. */
    private static CaseKey.Builder any(String benchmark, Map<String, String> parameters, JsonNode object) {
        String[] names = benchmark.split("\\.");
        String name = names.length < 2 ? benchmark : names[names.length - 2] + "." + names[names.length - 1];
        Map<String, String> options = new TreeMap<>();
        parameters.forEach((parameter, value) -> options.put(word(parameter), value.isEmpty() ? "-" : word(value)));
        return CaseKey.builder(name).transport(TransportSpec.of("jvm", options).text())
                .ranks(Math.max(1, object.path("threads").asInt(1))).type("none").inPlace(false).bytes(0);
    }

    /** A text without what separates parts of a name. */
    private static String word(String text) {
        return text.replaceAll("[\\s?&=\\p{Cntrl}]+", "_");
    }

    private static List<Launch> launches(JsonNode metric) {
        String unit = metric.path("scoreUnit").asString("");
        int slash = unit.indexOf('/');
        boolean time = unit.endsWith("/op");
        Double factor = slash < 0 ? null : NANOS.get(time ? unit.substring(0, slash) : unit.substring(slash + 1));
        if (factor == null || !time && !unit.startsWith("ops/")) {
            throw new IllegalArgumentException("unit '" + unit + "' is neither a time for an operation nor a rate");
        }
        List<Launch> launches = new ArrayList<>();
        if (metric.has("rawDataHistogram")) {
            for (JsonNode fork : metric.path("rawDataHistogram")) {
                launches.add(Launch.of(launches.size(), 1, histogram(fork, factor)));
            }
            return launches;
        }
        for (JsonNode fork : metric.path("rawData")) {
            double[] nanos = new double[fork.size()];
            for (int i = 0; i < nanos.length; i++) {
                double value = number(fork.get(i));
                nanos[i] = time ? value * factor : factor / value;
            }
            launches.add(Launch.of(launches.size(), 1, Series.of(nanos)));
        }
        return launches;
    }

    /** Mode {@code sample}: pairs of value and count, of each iteration; the iterations' means are its batches. */
    private static Series histogram(JsonNode fork, double factor) {
        List<Double> means = new ArrayList<>();
        for (JsonNode iteration : fork) {
            double sum = 0;
            double count = 0;
            for (JsonNode pair : iteration) {
                sum += number(pair.path(0)) * number(pair.path(1));
                count += number(pair.path(1));
            }
            means.add(sum / count * factor);
        }
        return Series.of(means.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double number(JsonNode value) {
        if (!value.isNumber()) {
            throw new IllegalArgumentException("'" + value.asString("") + "' among the samples is not a number");
        }
        return Numbers.parseReal("a sample", value.asString());
    }
}
