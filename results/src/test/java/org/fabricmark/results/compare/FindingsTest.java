package org.fabricmark.results.compare;

import static org.fabricmark.results.compare.Runs.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Filter;
import org.junit.jupiter.api.Test;

/** Crossovers, winners, the cost of auto, and guidelines. */
class FindingsTest {
    private static Comparison compare(Runs runs) {
        return Comparison.of(List.of(runs.run()), Question.ofColumns("transport"));
    }

    /** A cell whose launches lie within some per cent of its time. */
    private static void add(Runs runs, CaseKey.Builder key, double timeUs, double spread) {
        runs.launches(key, timeUs * (1 - spread), timeUs * (1 - spread / 2), timeUs, timeUs * (1 + spread / 2),
                timeUs * (1 + spread));
    }

    private static CaseKey.Builder shared(String collective, String algorithm, long bytes, String op) {
        return CaseKey.builder(collective).algorithm(algorithm).transport("shm").inPlace(false).bytes(bytes).op(op);
    }

    @Test
    void shouldFindWhereTwoLinesCrossOnLogarithmicAxes() {
        Runs runs = Runs.named("run");
        for (long size = 1; size <= 4096; size *= 16) {
            runs.cell(key("a", "ring", size), 10).cell(key("b", "ring", size), Math.sqrt(size) * 2.5);
        }
        Crossover crossover = compare(runs).grids().getFirst().crossovers().getFirst();
        assertEquals(16, crossover.bytes(), 1e-9);
        assertEquals("b", crossover.below().toString());
        assertEquals("a", crossover.above().toString());
        assertEquals(OptionalDouble.empty(), crossover.lowBytes());
    }

    @Test
    void shouldGiveACrossoverTheIntervalInWhichNobodyIsCertainlyFaster() {
        Runs runs = Runs.named("run");
        for (long size = 1; size <= 1 << 20; size *= 4) {
            add(runs, key("a", "ring", size), 10, 0.02);
            add(runs, key("b", "ring", size), size / 100.0, 0.02);
        }
        List<Crossover> crossovers = compare(runs).grids().getFirst().crossovers();
        assertEquals(1, crossovers.size());
        Crossover crossover = crossovers.getFirst();
        assertEquals(1000, crossover.bytes(), 1e-6);
        assertTrue(crossover.lowBytes().orElseThrow() < 1000 && crossover.lowBytes().orElseThrow() > 950,
                crossover::toString);
        assertTrue(crossover.highBytes().orElseThrow() > 1000 && crossover.highBytes().orElseThrow() < 1050,
                crossover::toString);
    }

    @Test
    void shouldNotTakeATieForACrossover() {
        Runs runs = Runs.named("run");
        double[] factors = {0.5, 1.01, 0.99, 1.01, 0.5};
        for (int i = 0; i < factors.length; i++) {
            add(runs, key("a", "ring", 8L << i), 10, 0.1);
            add(runs, key("b", "ring", 8L << i), 10 * factors[i], 0.1);
        }
        assertEquals(List.of(), compare(runs).grids().getFirst().crossovers());
    }

    @Test
    void shouldKeepSweepsOfOtherConditionsApart() {
        Runs runs = Runs.named("run");
        for (int ranks = 2; ranks <= 3; ranks++) {
            runs.cell(key("a", "ring", 8).ranks(ranks), 10).cell(key("b", "ring", 8).ranks(ranks), 5)
                    .cell(key("a", "ring", 32).ranks(ranks), 10).cell(key("b", "ring", 32).ranks(ranks), 20);
        }
        Comparison comparison = Comparison.of(List.of(runs.run()), new Question(List.of("ranks", "bytes"),
                List.of("transport"), Optional.empty(), Filter.ALL, List.of(),
                Optional.empty()));
        List<Crossover> crossovers = comparison.grids().getFirst().crossovers();
        assertEquals(List.of("ranks=2", "ranks=3"), crossovers.stream().map(each -> each.row().assignments()).toList());
        assertEquals(16, crossovers.getFirst().bytes(), 1e-9);
    }

    @Test
    void shouldMapWhoIsFastestBySizeAndRanks() {
        Runs runs = Runs.named("run");
        add(runs, key("shm", "ring", 8), 10, 0.01);
        add(runs, key("shm", "two-shot", 8), 15, 0.01);
        add(runs, key("shm", "auto", 8), 9, 0.01);
        add(runs, key("shm", "ring", 8).ranks(3), 10, 0.2);
        add(runs, key("shm", "two-shot", 8).ranks(3), 9.9, 0.2);
        runs.cell(key("shm", "ring", 16), 5).cell(key("shm", "two-shot", 16), 1, more -> more.wrong(1));
        List<WinnerMap> maps = compare(runs).maps();
        assertEquals(1, maps.size());
        WinnerMap map = maps.getFirst();
        assertEquals(List.of(8L, 16L), map.sizes());
        assertEquals(List.of(2, 3), map.ranks());
        Winner clear = map.winners().get(0).get(0).orElseThrow();
        assertEquals("ring over shm", Winner.name(clear.fastest()));
        assertEquals(1.5, clear.lead().orElseThrow().value(), 1e-9);
        assertTrue(clear.isDecided());
        Winner tie = map.winners().get(0).get(1).orElseThrow();
        assertEquals("two-shot", tie.fastest().key().algorithm());
        assertFalse(tie.isDecided());
        Winner alone = map.winners().get(1).get(0).orElseThrow();
        assertEquals("ring", alone.fastest().key().algorithm());
        assertEquals(Optional.empty(), alone.second());
        assertEquals(Optional.empty(), map.winners().get(1).get(1));
    }

    @Test
    void shouldSayWhatLeavingTheChoiceCosts() {
        Runs runs = Runs.named("run").cell(key("shm", "auto", 8), 12).cell(key("shm", "ring", 8), 10)
                .cell(key("shm", "two-shot", 8), 8).cell(key("shm", "one-shot", 8), 1, more -> more.wrong(1))
                .cell(key("shm", "auto", 16), 10).cell(key("shm", "ring", 16), 10).cell(key("shm", "auto", 32), 10);
        List<Regret> regrets = compare(runs).regrets();
        assertEquals(2, regrets.size());
        assertEquals(1.5, regrets.getFirst().ratio().value(), 1e-12);
        assertEquals("two-shot", regrets.getFirst().best().key().algorithm());
        assertFalse(regrets.getFirst().choseBest());
        assertTrue(regrets.getLast().choseBest());
    }

    @Test
    void shouldFindWhatIsSlowerThanAWayAroundIt() {
        Runs runs = Runs.named("run");
        add(runs, shared("all-reduce", "ring", 1024, "sum"), 30, 0.01);
        add(runs, shared("all-reduce", "two-shot", 1024, "sum"), 25, 0.01);
        add(runs, shared("reduce-scatter", "ring", 1024, "sum"), 8, 0.01);
        add(runs, shared("all-gather", "ring", 1024, "none"), 7, 0.01);
        add(runs, shared("reduce", "binomial", 1024, "sum"), 20, 0.01);
        add(runs, shared("broadcast", "binomial", 1024, "none"), 10, 0.01);
        List<Violation> violations = compare(runs).violations();
        assertEquals(List.of("all-reduce is not slower than reduce-scatter and all-gather"),
                violations.stream().map(Violation::guideline).toList());
        assertEquals("two-shot", violations.getFirst().slow().key().algorithm());
        assertEquals(25.0 / 15, violations.getFirst().ratio().value(), 1e-9);
    }

    @Test
    void shouldHoldARootedCollectiveAgainstOneWithoutARoot() {
        Runs runs = Runs.named("run");
        add(runs, shared("reduce", "binomial", 1024, "max"), 20, 0.01);
        add(runs, shared("all-reduce", "ring", 1024, "max"), 10, 0.01);
        add(runs, shared("all-reduce", "ring", 1024, "sum"), 5, 0.01);
        Violation violation = compare(runs).violations().getFirst();
        assertEquals("reduce is not slower than all-reduce", violation.guideline());
        assertEquals(2, violation.ratio().value(), 1e-9);
    }

    @Test
    void shouldWarnWhereMoreDataTakeLessTimeOrSocketsBeatSharedMemory() {
        Runs runs = Runs.named("run");
        add(runs, key("shm", "ring", 8), 20, 0.01);
        add(runs, key("shm", "ring", 16), 10, 0.01);
        add(runs, key("netty", "ring", 8), 15, 0.01);
        List<Violation> violations = compare(runs).violations();
        assertEquals(List.of("time does not fall with size", "shared memory is not slower than sockets"),
                violations.stream().map(Violation::guideline).toList());
        assertEquals(List.of("16 bytes", "netty"), violations.stream().map(Violation::bound).toList());
    }

    @Test
    void shouldNotWarnOfWhatLiesWithinDoubtOrTolerance() {
        Runs runs = Runs.named("run");
        add(runs, key("shm", "ring", 8), 10.4, 0.001);
        add(runs, key("shm", "ring", 16), 10, 0.001);
        add(runs, key("netty", "ring", 8), 9, 0.9);
        runs.cell(key("netty", "ring", 16), 1);
        assertEquals(List.of(), compare(runs).violations());
    }

    @Test
    void shouldNotCompareRunsWithEachOtherByGuidelines() {
        Runs one = Runs.named("one");
        add(one, key("shm", "ring", 8), 20, 0.01);
        Runs other = Runs.named("other");
        add(other, key("netty", "ring", 8), 10, 0.01);
        List<StoredRun> runs = List.of(one.run(), other.run());
        assertEquals(List.of(), Comparison.of(runs, Question.ofColumns("run")).violations());
    }
}
