package org.fabricmark.results.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.Primitives;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;

/** Primitives against each other: their units, which way is better, and what they are never mixed with. */
class PrimitiveComparisonTest {
    private static StoredRun run(String name, CaseResult... cells) {
        return StoredRun.of(name, Run.of(Instant.EPOCH, List.of(), 0, Environment.UNKNOWN, Optional.empty(),
                List.of(cells)));
    }

    private static CaseResult collective(double us) {
        CaseKey key = CaseKey.builder("all-reduce").algorithm("ring").transport("rdma").inPlace(false).bytes(8).build();
        return CaseResult.builder(key, 2, 5, 1).timeUs(us).wrong(0).build();
    }

    private static StoredRun run(String name, double factor) {
        return run(name, Primitives.latency(8, 1 * factor).build(), Primitives.latency(16, 2 * factor).build(),
                Primitives.stream("write-bw", Measure.BANDWIDTH, 4096, 4 * factor).build(),
                Primitives.stream("rate", Measure.RATE, 8, 0.5 * factor).build(), collective(3));
    }

    private static Grid grid(Comparison comparison, Measure measure) {
        return comparison.grids().stream().filter(grid -> grid.measure(0).equals(Optional.of(measure))).findFirst()
                .orElseThrow();
    }

    @Test
    void shouldShowEachInItsUnitAndDivideWhatIsShown() {
        Comparison comparison = Comparison.of(List.of(run("old", 1), run("new", 2)), Question.ofColumns("run"));
        assertEquals(4, comparison.grids().size(), "a table for each primitive and the collective");
        Place latency = grid(comparison, Measure.LATENCY).at(0, 1);
        assertEquals(2, latency.figure().orElseThrow());
        assertEquals(2, latency.figureRatio().orElseThrow().value());
        Place bandwidth = grid(comparison, Measure.BANDWIDTH).at(0, 1);
        assertEquals(4.096 / 8, bandwidth.figure().orElseThrow(), 1e-12);
        assertEquals(0.5, bandwidth.figureRatio().orElseThrow().value(), "half the bandwidth");
        assertEquals(2, bandwidth.ratio().orElseThrow().value(), "of times, twice as slow");
        assertEquals(1, grid(comparison, Measure.RATE).at(0, 1).figure().orElseThrow(), "a message each microsecond");
    }

    @Test
    void shouldNotTakeAMeanOverDifferentMeasures() {
        Comparison comparison = Comparison.of(List.of(run("old", 1), run("new", 2)), Question.ofColumns("run"));
        assertEquals(List.of(Measure.CALL, Measure.LATENCY, Measure.BANDWIDTH, Measure.RATE),
                comparison.means().stream().map(ColumnMean::measure).toList());
        assertEquals(List.of(1.0, 2.0, 0.5, 0.5), comparison.means().stream()
                .map(mean -> Math.rint(mean.figureRatio().orElseThrow() * 1e9) / 1e9).toList());
        assertEquals(List.of(1, 2, 1, 1), comparison.means().stream().map(ColumnMean::rows).toList());
    }

    @Test
    void shouldNotDivideALatencyByABandwidth() {
        Comparison comparison = Comparison.of(List.of(run("run", 1)), Question.ofColumns("primitive"));
        assertTrue(comparison.hasDifferentMeasures());
        assertTrue(comparison.ratios().isEmpty(), comparison.ratios().toString());
        assertTrue(comparison.remarks().stream().anyMatch(remark -> remark.text().startsWith("columns measure")));
    }

    @Test
    void shouldPutPrimitivesThatMeasureTheSameSideBySide() {
        StoredRun run = run("run", Primitives.stream("write-bw", Measure.BANDWIDTH, 4096, 4).build(),
                Primitives.stream("send-bw", Measure.BANDWIDTH, 4096, 8).build());
        Comparison comparison = Comparison.of(List.of(run), Question.ofColumns("primitive"));
        assertEquals(1, comparison.grids().size());
        assertEquals(2, comparison.grids().getFirst().at(0, 1).figureRatio().orElseThrow().value(),
                "send-bw is the base, and write-bw has twice its bandwidth");
    }

    @Test
    void shouldDivideNothingByWhatIsWrong() {
        Comparison comparison = Comparison.of(List.of(run("old", Primitives.latency(8, 1).build()),
                run("new", Primitives.wrong(8, 0.001))), Question.ofColumns("run"));
        Place place = comparison.grids().getFirst().at(0, 1);
        assertTrue(place.isWrong());
        assertEquals(OptionalDouble.empty(), place.figure());
        assertEquals(Optional.empty(), place.ratio());
    }

    @Test
    void shouldKnowNoGuidelineNoWinnerAndNoRegretOfPrimitives() {
        Findings findings = Findings.of(List.of(run("run", Primitives.latency(8, 9).build(),
                Primitives.latency(16, 1).build(), Primitives.stream("put-bw", Measure.BANDWIDTH, 8, 1).build())));
        assertEquals(new Findings(List.of(), List.of(), List.of(), List.of()), findings);
    }
}
