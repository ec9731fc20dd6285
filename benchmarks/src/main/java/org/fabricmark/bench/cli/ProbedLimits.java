package org.fabricmark.bench.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Machine;
import org.fabricmark.results.model.MachineLimits;
import org.fabricmark.results.model.MachineLimits.SocketTime;
import org.fabricmark.results.model.MachineLimitsBuilder;
import org.fabricmark.transport.Medium;
import org.fabricmark.transport.Transports;

/** What a sweep learns of its machine by the way: the shortest exchange that was probed beside its cases, for each medium. */
final class ProbedLimits {
    private static final double NANOS_IN_MICRO = 1e3;

    private ProbedLimits() {}

    /** The limits that the probes beside {@code results} found; empty if there were none. */
    static Optional<Machine> of(List<BenchmarkCase> cases, List<CaseResult> results) {
        Map<CaseKey, Medium> media = new HashMap<>();
        cases.forEach(each -> media.put(each.key(), Transports.of(each.transport()).medium(each.transport())));
        MachineLimitsBuilder limits = MachineLimits.builder();
        OptionalDouble lineNs = shortestNs(Medium.MEMORY, media, results);
        OptionalDouble tcpNs = shortestNs(Medium.TCP, media, results);
        lineNs.ifPresent(limits::exchangeNs);
        tcpNs.ifPresent(ns -> limits.tcpExchangeUs(
                new SocketTime(OptionalDouble.empty(), OptionalDouble.of(ns / NANOS_IN_MICRO))));
        return lineNs.isPresent() || tcpNs.isPresent()
                ? Optional.of(new Machine(limits.build(), Optional.empty()))
                : Optional.empty();
    }

    private static OptionalDouble shortestNs(Medium medium, Map<CaseKey, Medium> media, List<CaseResult> results) {
        return results.stream().filter(result -> media.get(result.key()) == medium)
                .flatMapToDouble(result -> result.exchangeNs().stream()).min();
    }
}
