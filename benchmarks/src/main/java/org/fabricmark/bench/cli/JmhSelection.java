package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.collective.Collective;
import org.fabricmark.transport.TransportSpec;

/**
 * Cases in JMH's words. JMH runs every combination of the values of its parameters, and not every combination is a case: so cases
 * become several selections, each of which is a product of values, and all combinations of which are asked for.
 *
 * @param collectives the benchmark methods
 * @param values of each parameter, by its name
 */
record JmhSelection(Set<Collective> collectives, Map<String, Set<String>> values) {
    /**
     * Selections that together are exactly {@code cases}, each once. Products grow by one parameter after the other: cases that
     * differ in one of them only, and are otherwise given the same values, become one.
     */
    static List<JmhSelection> of(List<BenchmarkCase> cases) {
        List<JmhSelection> selections = cases.stream().map(JmhSelection::of).distinct().toList();
        List<String> parameters =
                selections.stream().flatMap(each -> each.values.keySet().stream()).distinct().toList();
        for (String parameter : parameters) {
            selections = merged(selections, parameter);
        }
        Map<Map<String, Set<String>>, Set<Collective>> methods = new LinkedHashMap<>();
        selections.forEach(each -> methods.computeIfAbsent(each.values, _ -> new LinkedHashSet<>())
                .addAll(each.collectives));
        return methods.entrySet().stream().map(each -> new JmhSelection(each.getValue(), each.getKey())).toList();
    }

    private static JmhSelection of(BenchmarkCase each) {
        Map<String, Set<String>> values = new LinkedHashMap<>();
        TransportSpec transport = each.transport();
        put(values, "transport", transport.name());
        put(values, "transportOptions", transport.given().entrySet().stream()
                .map(option -> option.getKey() + ":" + option.getValue()).collect(Collectors.joining(";")));
        put(values, "launch", each.conditions().launch());
        put(values, "ranks", each.ranks());
        if (each.collective().movesData()) {
            put(values, "bytes", each.bytes());
            put(values, "inPlace", each.inPlace());
            put(values, "type", each.type().label());
        }
        if (each.op() != null) {
            put(values, "op", each.op().label());
        }
        put(values, "algorithm", each.requested());
        return new JmhSelection(Set.of(each.collective()), values);
    }

    private static void put(Map<String, Set<String>> values, String parameter, Object value) {
        values.put(parameter, Set.of(value.toString()));
    }

    private static List<JmhSelection> merged(List<JmhSelection> selections, String parameter) {
        Map<JmhSelection, Set<String>> rest = new LinkedHashMap<>();
        for (JmhSelection each : selections) {
            Map<String, Set<String>> others = new LinkedHashMap<>(each.values);
            Set<String> own = others.replace(parameter, Set.of());
            Set<String> all = rest.computeIfAbsent(
                    new JmhSelection(each.collectives, others), _ -> new LinkedHashSet<>());
            if (own != null) {
                all.addAll(own);
            }
        }
        List<JmhSelection> merged = new ArrayList<>();
        rest.forEach((key, own) -> {
            Map<String, Set<String>> values = new LinkedHashMap<>(key.values);
            values.replace(parameter, own);
            merged.add(new JmhSelection(key.collectives, values));
        });
        return merged;
    }

    /** As JMH's command line. */
    List<String> arguments() {
        String methods = collectives.stream().map(JmhSelection::method).collect(Collectors.joining("|"));
        return Stream.concat(Stream.of("CollectiveBenchmark\\.(" + methods + ")$"), values.entrySet().stream()
                .flatMap(each -> Stream.of("-p", each.getKey() + "=" + String.join(",", each.getValue())))).toList();
    }

    /** {@code all-reduce} is measured by {@code allReduce}. */
    private static String method(Collective collective) {
        Pattern letter = Pattern.compile("-([a-z])");
        return letter.matcher(collective.label()).replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }
}
