package org.fabricmark.results.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Several results of one case made into one, as a run has it after repeated sweeps: the median of what are typical
 * values, the extreme of what are extremes, the sum of what is counted, every flag.
 */
public final class Repetitions {
    private Repetitions() {}

    /** One result for each case, in the order in which the cases came first. */
    public static List<CaseResult> merge(List<CaseResult> results) {
        Map<CaseKey, List<CaseResult>> byCase = new LinkedHashMap<>();
        for (CaseResult result : results) {
            byCase.computeIfAbsent(result.key(), key -> new ArrayList<>()).add(result);
        }
        return byCase.values().stream().map(same -> same.size() == 1 ? same.getFirst() : one(same)).toList();
    }

    private static CaseResult one(List<CaseResult> same) {
        CaseResult first = same.getFirst();
        OptionalDouble time = median(same, each -> OptionalDouble.of(each.timeUs()));
        Flags flags = new Flags(String.join("", same.stream().map(each -> each.flags().letters()).toList()));
        OptionalLong wrong = same.stream().anyMatch(each -> each.wrong().isPresent())
                ? OptionalLong.of(same.stream().mapToLong(each -> each.wrong().orElse(0)).sum())
                : OptionalLong.empty();
        return new CaseResult(first.key(), first.algorithmSelected(), first.count(),
                same.stream().mapToLong(CaseResult::calls).sum(), first.batch(), time.orElseThrow(),
                present(same, CaseResult::minUs).min(), median(same, CaseResult::p50Us),
                median(same, CaseResult::p99Us),
                present(same, CaseResult::maxUs).max(), median(same, CaseResult::skewUs),
                median(same, CaseResult::firstUs), median(same, CaseResult::algbwGBs),
                median(same, CaseResult::busbwGBs), median(same, CaseResult::limitUs),
                median(same, CaseResult::exchangeNs), flags, wrong, first.overlap(),
                median(same, CaseResult::cpuUs), median(same, CaseResult::allocatedBytes),
                median(same, CaseResult::lineNs), median(same, CaseResult::hitRate), primitive(same),
                first.conventions());
    }

    private static Optional<PrimitiveFigures> primitive(List<CaseResult> same) {
        return same.getFirst().primitive().map(first -> new PrimitiveFigures(first.measure(),
                median(same, each -> figure(each, PrimitiveFigures::averageUs)).orElseThrow(),
                median(same, each -> figure(each, PrimitiveFigures::deviationUs)).orElseThrow(),
                median(same, each -> each.primitive().orElseThrow().p999Us()), first.inlined(), first.signalEvery(),
                first.reference(), median(same, each -> each.primitive().orElseThrow().referenceUs())));
    }

    private static OptionalDouble figure(CaseResult result, ToDoubleFunction<PrimitiveFigures> figure) {
        return OptionalDouble.of(figure.applyAsDouble(result.primitive().orElseThrow()));
    }

    private static DoubleStream present(List<CaseResult> same, Function<CaseResult, OptionalDouble> number) {
        return same.stream().map(number).filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble);
    }

    private static OptionalDouble median(List<CaseResult> same, Function<CaseResult, OptionalDouble> number) {
        double[] sorted = present(same, number).sorted().toArray();
        return sorted.length == 0 ? OptionalDouble.empty()
                : OptionalDouble.of((sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2);
    }
}
