package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

import org.fabricmark.bench.cli.comparison.Part;
import org.fabricmark.bench.cli.comparison.SectionText;
import org.fabricmark.bench.cli.comparison.Sections;
import org.fabricmark.results.compare.Comparison;
import org.fabricmark.results.compare.Question;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.fabricmark.results.model.Series;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    Path folder;

    private static CaseKey.Builder key(String transport, String algorithm, long bytes) {
        return CaseKey.builder("all-reduce").algorithm(algorithm).transport(transport).inPlace(false).bytes(bytes);
    }

    private static CaseResult cell(CaseKey.Builder key, double us) {
        return CaseResult.builder(key.build(), 2, 100, 1).timeUs(us).wrong(0).build();
    }

    private static CaseResult wrong(CaseKey.Builder key) {
        return CaseResult.builder(key.build(), 2, 100, 1).timeUs(0.001).wrong(5).build();
    }

    /** Two runs have different ids if they have different names. */
    private String saved(String name, CaseResult... cells) {
        return saved(name, Environment.UNKNOWN, Map.of(), cells);
    }

    private String saved(String name, Environment environment, Map<CaseKey, List<Launch>> samples,
            CaseResult... cells) {
        Path path = folder.resolve(name);
        RunFolder.prepare(path).save(Run.of(Instant.EPOCH, List.of("perf", name), 1, environment, Optional.empty(),
                List.of(cells)), SampleSource.of(samples));
        return path.toString();
    }

    private static Map<CaseKey, List<Launch>> launches(int count, CaseResult... cells) {
        Map<CaseKey, List<Launch>> samples = new LinkedHashMap<>();
        for (CaseResult cell : cells) {
            samples.put(cell.key(), IntStream.range(0, count).mapToObj(launch -> Launch.of(launch, 1,
                    Series.of(cell.timeUs() * 1000 * (1 + 0.01 * (launch - (count - 1) / 2.0))))).toList());
        }
        return samples;
    }

    private static Environment on(String processor) {
        return new Environment(Environment.Hardware.of(Optional.of(processor), OptionalInt.of(2), OptionalInt.empty(),
                Collections.emptySortedMap(), OptionalLong.empty()), null, null, null);
    }

    private String sweep() {
        List<CaseResult> cells = new ArrayList<>();
        for (long size = 8; size <= 8 << 12; size *= 8) {
            cells.add(cell(key("netty", "ring", size), 10));
            cells.add(cell(key("shm", "ring", size), size / 100.0));
            cells.add(cell(key("shm", "two-shot", size), 2));
        }
        CaseResult[] all = cells.toArray(CaseResult[]::new);
        return saved("sweep", Environment.UNKNOWN, launches(4, all), all);
    }

    @Test
    void shouldPutTwoRunsSideBySide() {
        CaseResult slow = cell(key("shm", "ring", 1024), 10);
        CaseResult fast = cell(key("shm", "ring", 1024), 8);
        String old = saved("old", Environment.UNKNOWN, launches(3, slow), slow, cell(key("shm", "ring", 8), 1));
        String now = saved("new", Environment.UNKNOWN, launches(3, fast), fast, wrong(key("shm", "ring", 8)));
        CommandRun run = CommandRun.of("compare", old, now);
        assertAll(() -> assertEquals("", run.err()), () -> assertEquals(ExitCode.GOOD, run.code()));
        assertEquals("""
                all-reduce algorithm=ring transport=shm ranks=2 in_place=no
                    bytes  old us  new us  ratio  interval
                        8    1.00   WRONG      -
                       1K    10.0    8.00  0.800  [0.784, 0.816] 90%
                  geomean                  0.800  1 of 2 rows

                all tables
                  the ratio over launches does not differ from 1 at 5 %

                crossovers: none

                guidelines: none violated

                remarks
                  1 cell with wrong data: no time of theirs is shown or divided by
                """, run.out());
    }

    @Test
    void shouldShowOneRunByAnyLabelWithCrossovers() {
        CommandRun run = CommandRun.of("compare", sweep(), "--col", "transport", "--filter",
                "bytes:[64..8K] algorithm:ring", "--show", "tables,crossovers");
        assertAll(() -> assertEquals("", run.err()), () -> assertEquals(ExitCode.GOOD, run.code()));
        assertEquals("""
                all-reduce algorithm=ring ranks=2 in_place=no
                    bytes  netty us  shm us  ratio  interval
                       64      10.0   0.640  0.064  [0.062, 0.066]
                      512      10.0    5.12  0.512  [0.497, 0.528]
                       4K      10.0    41.0   4.10  [3.97, 4.22]
                  geomean                    0.512  3 of 3 rows

                all tables
                  3 of 3 ratios over launches differ from 1 at 5 %, looked at one by one; looked at together (Holm) none does: there may be too few launches to show it

                crossovers
                  where  faster below  faster above  bytes
                         shm           netty         1000 [970, 1.01K]
                """, run.out());
    }

    @Test
    void shouldLetTheFastestStandForAllAndNameIt() {
        List<String> lines = CommandRun.of("compare", sweep(), "--col", "transport", "--best", "algorithm", "--show",
                "tables", "--base", "shm").lines();
        assertTrue(lines.get(1).matches(" *bytes +shm us +best algorithm +netty us +best algorithm +ratio +interval"),
                lines.get(1));
        assertTrue(lines.get(2).matches(" *8 +0.080 +ring +10.0 +ring +125 .*"), lines.get(2));
        assertTrue(lines.get(4).matches(" *512 +2.00 +two-shot +10.0 +ring +5.00 .*"), lines.get(4));
    }

    @Test
    void shouldMapWinnersAndMarkWhatIsUndecided() {
        String folder = saved("map", cell(key("shm", "ring", 8), 1), cell(key("shm", "two-shot", 8), 1.5),
                cell(key("shm", "ring", 8).ranks(3), 2));
        CommandRun run = CommandRun.of("compare", folder, "--col", "algorithm", "--show", "winners");
        assertEquals("""
                fastest: all-reduce in_place=no over shm
                  bytes  2 ranks       3 ranks
                      8  ring 1.50x ?  ring alone
                  x: how many times as long the next one takes; ?: its interval includes 1, there is none, or the machine changed
                """, run.out());
    }

    @Test
    void shouldFailAboveAThresholdAndSayThatItIsNoTest() {
        String old = saved("old", cell(key("shm", "ring", 8), 10), cell(key("shm", "ring", 16), 10));
        String now = saved("new", cell(key("shm", "ring", 8), 11), cell(key("shm", "ring", 16), 12));
        CommandRun failed = CommandRun.of("compare", old, now, "--fail-above", "15%", "--show", "tables");
        assertEquals(
                "fabricmark compare: --fail-above 15%: 1 of 2 ratios are above it: bytes=16 run=new 1.20 (a threshold"
                        + " has no error guarantee: noise alone can pass it, or hide a slowdown below it)",
                failed.err().strip());
        assertEquals(ExitCode.REGRESSED, failed.code());
        CommandRun good = CommandRun.of("compare", old, now, "--fail-above", "20.5%");
        assertEquals(ExitCode.GOOD, good.code());
        assertTrue(good.err().contains("no error guarantee"), good.err());
        String bad = saved("bad", cell(key("shm", "ring", 8), 1), wrong(key("shm", "ring", 16)));
        CommandRun wrong = CommandRun.of("compare", old, bad, "--fail-above", "10%");
        assertEquals(ExitCode.FAILED, wrong.code());
        assertTrue(wrong.err().contains("1 places have wrong data"), wrong.err());
    }

    @Test
    void shouldRefuseRunsOfDifferentMachinesUnlessAsked() {
        String first = saved("first", on("X1"), Map.of(), cell(key("shm", "ring", 8), 1));
        String second = saved("second", on("X2"), Map.of(), cell(key("shm", "ring", 8), 1));
        CommandRun refused = CommandRun.of("compare", first, second);
        assertAll(
                () -> assertEquals(
                        "fabricmark compare: 'first' and 'second' were measured on different machines: cpuModel"
                                + " (X1 / X2); --any-machine compares them all the same",
                        refused.err().strip()),
                () -> assertEquals("", refused.out()),
                () -> assertEquals(ExitCode.NOT_COMPARABLE, refused.code()));
        CommandRun asked = CommandRun.of("compare", first, second, "--any-machine");
        assertEquals(ExitCode.GOOD, asked.code());
        assertTrue(asked.out().contains("different machines: cpuModel (X1 / X2)"), asked.out());
    }

    @Test
    void shouldEndWithNotComparableWhereNothingIsInTwoColumns() {
        String first = saved("first", cell(key("shm", "ring", 8), 1));
        String second = saved("second", cell(key("shm", "ring", 16), 1));
        CommandRun run = CommandRun.of("compare", first, second, "--show", "tables");
        assertEquals(ExitCode.NOT_COMPARABLE, run.code());
        assertTrue(run.err().contains("no cell with right data is in two columns"), run.err());
        CommandRun one = CommandRun.of("compare", first, "--col", "transport");
        assertEquals(ExitCode.NOT_COMPARABLE, one.code());
        assertTrue(one.err().contains("only one column"), one.err());
    }

    @Test
    void shouldRefuseCopiesOfOneRunAndQuestionsThatContradictThemselves() {
        String first = saved("first", cell(key("shm", "ring", 8), 1));
        String copy = folder.resolve("copy").toString();
        StoredRun stored = read(first);
        RunFolder.prepare(Path.of(copy)).save(stored.run());
        assertMisused("'first' and 'copy' are copies of one run .*: there is nothing to compare", first, copy);
        assertMisused("RUN '.*' is given twice", first, first);
        assertMisused("one run: which label makes the columns\\? .*", first);
        assertMisused("label 'bytes' is in --row and in --col; it can be in one of them", first, "--col", "bytes");
        assertMisused("no cell passes the filter", first, "--col", "transport", "--filter", "ranks:7");
        assertMisused("no column 'x' to be the base; there are: shm", first, "--col", "transport", "--base", "x");
        assertMisused("--base 'x': columns are transport,algorithm, so it has 2 texts .*", first, "--col",
                "transport,algorithm", "--base", "x");
        assertMisused("--filter 'byts:8': no label 'byts'; known: .*", first, "--filter", "byts:8");
    }

    private static StoredRun read(String folder) {
        return SavedRuns.read(List.of(Path.of(folder))).getFirst();
    }

    private static void assertMisused(String pattern, String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(arguments));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertAll(() -> assertTrue(run.err().strip().matches("fabricmark compare: " + pattern), run.err()),
                () -> assertEquals("", run.out()), () -> assertEquals(ExitCode.MISUSED, run.code()));
    }

    @Test
    void shouldPrintMarkdownThatStaysText() {
        String folder = saved("run", cell(key("a|b", "<i>", 8), 1), cell(key("[x](y)", "<i>", 8), 2));
        List<String> lines = CommandRun.of("compare", folder, "--col", "transport", "--format", "markdown", "--show",
                "tables").lines();
        assertEquals(List.of("**all-reduce algorithm=\\<i\\> ranks=2 in_place=no**", "",
                "| bytes | [x\\](y) us | a\\|b us | ratio | interval |", "|---:|---:|---:|---:|---|",
                "| 8 | 2.00 | 1.00 | 0.500 |  |"), lines);
    }

    @Test
    void shouldPrintCsvAndJsonOnStdoutOnly() {
        String folder = sweep();
        CommandRun csv = CommandRun.of("compare", folder, "--col", "transport", "--format", "csv", "--filter",
                "algorithm:ring", "--fail-above", "1%");
        assertEquals(
                "bytes,transport,base,cells,wrong,time_us,ratio,low,high,confidence,basis,p,same_regime,figure,unit",
                csv.lines().getFirst());
        assertEquals(ExitCode.REGRESSED, csv.code());
        CommandRun json = CommandRun.of("compare", folder, "--col", "transport", "--format", "json");
        assertTrue(json.out().startsWith("{") && json.out().endsWith("}" + System.lineSeparator()), json.out());
        assertTrue(json.out().contains("\"winnerMaps\""), json.out());
    }

    @Test
    void shouldColourWhatIsDecidedAndKeepItsColumns() {
        Comparison comparison = Comparison.of(List.of(read(sweep())), Question.ofColumns("transport"));
        List<String> plain = SectionText.lines(Sections.of(comparison, Set.of(Part.TABLES)), false);
        List<String> coloured = SectionText.lines(Sections.of(comparison, Set.of(Part.TABLES)), true);
        assertTrue(coloured.stream().anyMatch(line -> line.contains("\u001b[32m0.512\u001b[0m")), coloured::toString);
        assertTrue(coloured.stream().anyMatch(line -> line.contains("\u001b[31m4.10\u001b[0m")), coloured::toString);
        assertEquals(plain, coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9]+m", "")).toList());
        assertFalse(plain.toString().contains("\u001b"));
    }
}
