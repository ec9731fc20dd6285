package org.fabricmark.results.compare;

import static org.fabricmark.results.compare.Runs.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Filter;
import org.fabricmark.results.select.Key;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Question BY_RUN = Question.ofColumns("run");
    private static final Question BY_TRANSPORT = Question.ofColumns("transport");

    private static Question tables(Question question, String... tables) {
        return new Question(question.rows(), question.columns(), Optional.of(List.of(tables)), question.filter(),
                question.best(), question.base());
    }

    private static Question best(Question question, String... best) {
        return new Question(question.rows(), question.columns(), question.tables(), question.filter(),
                List.of(best), question.base());
    }

    private static List<String> tablesOf(Comparison comparison) {
        return comparison.grids().stream().map(grid -> grid.table().assignments()).toList();
    }

    private static List<String> remarks(Comparison comparison, Remark.Kind kind) {
        return comparison.remarks().stream().filter(remark -> remark.kind() == kind).map(Remark::text).toList();
    }

    @Test
    void shouldPutRunsSideBySideAndMakeTablesOfWhatVaries() {
        StoredRun old = Runs.named("old").cell(key("shm", "ring", 8), 1).cell(key("shm", "ring", 16), 2)
                .cell(key("netty", "ring", 8), 10).run();
        StoredRun now = Runs.named("new").cell(key("shm", "ring", 8), 2).cell(key("shm", "ring", 16), 2)
                .cell(key("netty", "ring", 8), 5).run();
        Comparison comparison = Comparison.of(List.of(old, now), BY_RUN);
        assertEquals(List.of("transport=netty", "transport=shm"), tablesOf(comparison));
        Grid grid = comparison.grids().get(1);
        assertEquals("[8, 16]", grid.rows().toString());
        assertEquals("[old, new]", grid.columns().toString());
        assertEquals(2, grid.at(0, 1).ratio().orElseThrow().value());
        assertEquals(Optional.empty(), grid.at(0, 0).ratio());
        assertEquals(Math.sqrt(2), grid.means().getFirst().ratio().orElseThrow(), 1e-12);
        assertEquals(1, comparison.means().getFirst().ratio().orElseThrow(), 1e-12);
        assertEquals(3, comparison.means().getFirst().rows());
    }

    @Test
    void shouldAverageOnlyOverWhatBothHaveAndCountIt() {
        StoredRun old = Runs.named("old").cell(key("shm", "ring", 8), 1).cell(key("shm", "ring", 16), 2)
                .cell(key("shm", "ring", 32), 3).run();
        StoredRun now = Runs.named("new").cell(key("shm", "ring", 8), 2).cell(key("shm", "ring", 64), 2)
                .cell(key("shm", "ring", 32), 0.001, more -> more.wrong(7)).run();
        Comparison comparison = Comparison.of(List.of(old, now), BY_RUN);
        Grid grid = comparison.grids().getFirst();
        assertEquals(new ColumnMean(grid.columns().get(1), Measure.CALL, OptionalDouble.of(2), 1, 3),
                rounded(grid.means().getFirst()));
        assertTrue(grid.at(3, 0).isAbsent());
        assertTrue(grid.at(2, 1).isWrong());
        assertEquals(OptionalDouble.empty(), grid.at(2, 1).timeUs());
        assertEquals(Optional.empty(), grid.at(2, 1).ratio());
        assertEquals(List.of("1 cell with wrong data: no time of theirs is shown or divided by"),
                remarks(comparison, Remark.Kind.WRONG));
        assertEquals(List.of("2 places without a cell: no ratio there, and not in any mean"),
                remarks(comparison, Remark.Kind.ABSENT));
    }

    private static ColumnMean rounded(ColumnMean mean) {
        return new ColumnMean(mean.column(), mean.measure(),
                OptionalDouble.of(Math.rint(mean.ratio().orElseThrow() * 1e9) / 1e9),
                mean.rows(), mean.leftOut());
    }

    @Test
    void shouldNeverMixCadenceMemoryAndBuffers() {
        StoredRun run = Runs.named("run").cell(key("shm", "ring", 8), 1).cell(key("netty", "ring", 8), 2)
                .cell(key("shm", "ring", 8).cadence("isolated"), 3).cell(key("netty", "ring", 8).cadence("isolated"), 9)
                .cell(key("shm", "ring", 8).memory("private"), 3).cell(key("shm", "ring", 8).buffers("cold"), 3)
                .run();
        Comparison comparison = Comparison.of(List.of(run), tables(BY_TRANSPORT));
        assertEquals(List.of("memory=private cadence=streaming buffers=same",
                "memory=window cadence=isolated buffers=same", "memory=window cadence=streaming buffers=cold",
                "memory=window cadence=streaming buffers=same"), tablesOf(comparison));
        assertEquals(List.of("cadence", "buffers", "memory").stream().sorted().toList(),
                comparison.layout().added().stream().sorted().toList());
        assertEquals(3, remarks(comparison, Remark.Kind.LABELS).size());
        assertTrue(comparison.grids().stream().flatMap(grid -> grid.places().stream()).flatMap(List::stream)
                .allMatch(place -> place.cells().size() <= 1));
    }

    @Test
    void shouldReportWhatIsHiddenAndAverageOverWhatBothColumnsHave() {
        StoredRun run = Runs.named("run").cell(key("a", "ring", 8), 1).cell(key("b", "ring", 8), 2)
                .cell(key("a", "ring", 8).inPlace(true), 1).cell(key("b", "ring", 8).inPlace(true), 8)
                .cell(key("a", "two-shot", 8), 1).run();
        Comparison comparison = Comparison.of(List.of(run), tables(BY_TRANSPORT, "algorithm"));
        assertEquals(List.of("in_place varies within places (no, yes): times and ratios there are geometric means,"
                + " without an interval"), remarks(comparison, Remark.Kind.LABELS));
        Place place = comparison.grids().getFirst().at(0, 1);
        assertEquals(2, place.cells().size());
        assertEquals(4, place.ratio().orElseThrow().value(), 1e-12);
        assertEquals(4, place.timeUs().orElseThrow(), 1e-12);
        assertEquals(Optional.empty(), place.ratio().orElseThrow().interval());
    }

    @Test
    void shouldCompareAlgorithmsThatGoWithTheColumnAndSaySo() {
        StoredRun ours = Runs.named("ours").cell(key("shm", "ring", 8), 1).run();
        StoredRun theirs = Runs.named("theirs").cell(key("mpi", "auto", 8).launch("processes"), 3, more -> more
                .conventions(new Conventions("mean", "average", "nccl"))).run();
        Comparison comparison = Comparison.of(List.of(ours, theirs), BY_RUN);
        assertEquals(3, comparison.grids().getFirst().at(0, 1).ratio().orElseThrow().value());
        assertEquals(List.of("algorithm differs with the column: ring in ours, auto in theirs",
                "transport differs with the column: shm in ours, mpi in theirs",
                "launch differs with the column: threads in ours, processes in theirs"),
                remarks(comparison, Remark.Kind.LABELS));
        assertEquals(List.of("times of ours are the median of the slowest rank, those of theirs the mean averaged over"
                + " the ranks: their ratio is not of one quantity"), remarks(comparison, Remark.Kind.CONVENTIONS));
    }

    @Test
    void shouldNotCompareWhatComputesSomethingElse() {
        StoredRun one = Runs.named("one").cell(key("shm", "ring", 8), 1).run();
        StoredRun other = Runs.named("other").cell(key("shm", "ring", 8).type("double"), 3).run();
        assertEquals(List.of(), Comparison.of(List.of(one, other), BY_RUN).ratios());
        assertEquals(List.of(), Comparison.of(List.of(one, other), tables(BY_RUN)).ratios());
    }

    @Test
    void shouldLetTheFastestRightCellStandForAll() {
        StoredRun run = Runs.named("run").cell(key("a", "ring", 8), 4).cell(key("a", "two-shot", 8), 2)
                .cell(key("a", "auto", 8), 1).cell(key("a", "one-shot", 8), 0.5, more -> more.wrong(1))
                .cell(key("b", "ring", 8), 5).cell(key("b", "two-shot", 8), 6).run();
        Grid grid = Comparison.of(List.of(run), best(BY_TRANSPORT, "algorithm")).grids().getFirst();
        assertEquals("two-shot", grid.at(0, 0).cells().getFirst().key().algorithm());
        assertEquals("ring", grid.at(0, 1).cells().getFirst().key().algorithm());
        assertEquals(2.5, grid.at(0, 1).ratio().orElseThrow().value());
    }

    @Test
    void shouldTakeAnyColumnForTheBase() {
        StoredRun run = Runs.named("run").cell(key("a", "ring", 8), 4).cell(key("b", "ring", 8), 2).run();
        Question question = new Question(List.of("bytes"), List.of("transport"), Optional.empty(), Filter.ALL,
                List.of(), Optional.of(List.of("b")));
        Grid grid = Comparison.of(List.of(run), question).grids().getFirst();
        assertEquals("[b, a]", grid.columns().toString());
        assertEquals(2, grid.at(0, 1).ratio().orElseThrow().value());
        Question unknown = new Question(List.of("bytes"), List.of("transport"), Optional.empty(), Filter.ALL,
                List.of(), Optional.of(List.of("c")));
        assertEquals("no column 'c' to be the base; there are: a, b", assertThrows(IllegalArgumentException.class,
                () -> Comparison.of(List.of(run), unknown)).getMessage());
    }

    @Test
    void shouldSayThatNothingPassesTheFilter() {
        StoredRun run = Runs.named("run").cell(key("a", "ring", 8), 4).run();
        Question question = new Question(List.of("bytes"), List.of("transport"), Optional.empty(),
                Filter.parse("ranks:3"), List.of(), Optional.empty());
        assertEquals("no cell passes the filter", assertThrows(IllegalArgumentException.class,
                () -> Comparison.of(List.of(run), question)).getMessage());
    }

    @Test
    void shouldMakeRowsColumnsAndTablesOfAnyLabel() {
        StoredRun run = Runs.named("run").cell(key("netty?io=nio", "ring", 8), 4)
                .cell(key("netty?io=epoll", "ring", 8), 2).cell(key("netty?io=nio", "ring", 8).ranks(3), 5).run();
        Comparison comparison = Comparison.of(List.of(run), new Question(List.of("ranks", "bytes"),
                List.of("transport.io"), Optional.of(List.of("transport.name", "tool")), Filter.ALL, List.of(),
                Optional.empty()));
        assertEquals(List.of("transport.name=netty tool=fabricmark"), tablesOf(comparison));
        Grid grid = comparison.grids().getFirst();
        assertEquals("[epoll, nio]", grid.columns().toString());
        assertEquals("[2,8, 3,8]", grid.rows().toString());
        assertEquals(2, grid.at(0, 1).ratio().orElseThrow().value());
        assertTrue(grid.at(1, 0).isAbsent());
    }

    @Test
    void shouldCorrectForLookingAtManyCells() {
        Runs old = Runs.named("old");
        Runs now = Runs.named("new");
        for (int size = 8; size < 8 << 20; size *= 2) {
            double factor = size == 8 ? 2 : 1;
            old.launches(key("shm", "ring", size), 10, 11, 12, 13, 14, 15);
            now.launches(key("shm", "ring", size), 10.1 * factor, 11.1 * factor, 12.1 * factor, 13.1 * factor,
                    14.1 * factor, 15.1 * factor);
        }
        Family family = Comparison.of(List.of(old.run(), now.run()), BY_RUN).family();
        assertEquals(20, family.tests());
        assertEquals(1, family.alone());
        assertEquals(1, family.differing());
    }

    @Test
    void shouldNameTheFactsInWhichMachinesDiffer() {
        Environment.Hardware small = Environment.Hardware.of(Optional.of("A \"fast\" processor"), OptionalInt.of(8),
                OptionalInt.empty(), new TreeMap<>(), OptionalLong.empty());
        Environment other = new Environment(small, Samples.ENVIRONMENT.software(), Samples.ENVIRONMENT.state(),
                Samples.ENVIRONMENT.suite());
        StoredRun here = Runs.named("here").in(Samples.ENVIRONMENT).cell(key("shm", "ring", 8), 1).run();
        StoredRun there = Runs.named("there").in(other).cell(key("shm", "ring", 8), 1).run();
        assertEquals(Optional.of("'here' and 'there' were measured on different machines: cores (2 / 8)"),
                Machines.difference(List.of(here, there)));
        StoredRun unknown = Runs.named("unknown").cell(key("shm", "ring", 8), 1).run();
        assertEquals(Optional.empty(), Machines.difference(List.of(here, unknown)));
        List<String> said = remarks(Comparison.of(List.of(here, unknown), BY_RUN), Remark.Kind.SURROUNDINGS);
        assertTrue(said.getFirst().startsWith("whether 'here' and 'unknown' are of one machine is not sure"),
                said::toString);
        assertFalse(said.toString().contains("steal"), said::toString);
    }

    @Test
    void shouldWriteEverythingAsCsvAndJson() {
        StoredRun run = Runs.named("run").launches(key("a", "ring", 8), 4, 4, 4).cell(key("b", "ring", 8), 2)
                .cell(key("b", "ring", 16), 1, more -> more.wrong(3)).run();
        Comparison comparison = Comparison.of(List.of(run), best(BY_TRANSPORT, "algorithm"));
        assertEquals("""
                bytes,transport,best_algorithm,base,cells,wrong,time_us,ratio,low,high,confidence,basis,p,same_regime,figure,unit
                8,a,ring,a,1,0,4,,,,,,,,4,us
                8,b,ring,a,1,0,2,0.5,,,,none,,yes,2,us
                16,b,ring,a,1,3,,,,,,,,,,us
                """, ComparisonCsv.text(comparison));
        String json = ComparisonJson.text(comparison);
        assertTrue(json.contains("\"timeUs\" : null") && json.contains("\"wrong\" : true"), json);
        assertTrue(json.contains("\"value\" : 0.5"), json);
        assertEquals(new Key(List.of(), List.of()), comparison.grids().getFirst().table());
    }
}
