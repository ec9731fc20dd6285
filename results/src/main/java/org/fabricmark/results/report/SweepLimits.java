package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.model.CaseResult;

/** What the machine's own limits allow at best in a sweep: one line of a picture for each transport. */
final class SweepLimits {
    private SweepLimits() {}

    /** The cells with the shortest limit over each transport, by size. */
    static Map<String, List<Optional<CaseResult>>> byTransport(Sweep sweep) {
        Map<String, List<Sweep.Line>> byTransport = new LinkedHashMap<>();
        sweep.lines().forEach(line -> byTransport.computeIfAbsent(line.transport(), first -> new ArrayList<>())
                .add(line));
        Map<String, List<Optional<CaseResult>>> limits = new LinkedHashMap<>();
        byTransport.forEach((transport, lines) -> {
            List<Optional<CaseResult>> best = sweep.sizes().stream().map(size -> lines.stream()
                    .flatMap(line -> line.at(size).stream()).filter(cell -> cell.limitUs().isPresent())
                    .min((one, other) -> Double.compare(one.limitUs().getAsDouble(), other.limitUs().getAsDouble())))
                    .toList();
            if (best.stream().anyMatch(Optional::isPresent)) {
                limits.put(transport, best);
            }
        });
        return limits;
    }

    /** The bus bandwidth of a call that takes as long as its limit. */
    static OptionalDouble busBandwidth(CaseResult cell) {
        double limit = cell.limitUs().orElse(0);
        return limit > 0 && cell.busbwGBs().isPresent()
                ? OptionalDouble.of(cell.busbwGBs().getAsDouble() * cell.timeUs() / limit)
                : OptionalDouble.empty();
    }
}
