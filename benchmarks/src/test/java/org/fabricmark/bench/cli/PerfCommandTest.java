package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Collective;
import org.fabricmark.results.format.CsvFormat;
import org.fabricmark.results.format.JsonFormat;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Short sweeps over shared memory: what is printed and saved, not how fast it is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PerfCommandTest {
    private static CommandRun perf(String more) {
        String transport = more.contains("--transport") ? "" : "--transport shm ";
        return CommandRun.ofLine("perf --iters 3 --warmup-iters 2 --batch 1 --budget 2s " + transport + more);
    }

    private static List<CaseResult> csv(CommandRun run) throws IOException {
        return CsvFormat.read(new StringReader(run.out()), "stdout");
    }

    @Test
    void shouldPrintATableForEachCollectiveAndNumberOfRanks() {
        CommandRun run = perf("--sizes 8,100 --ranks 1-2 --out none");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertEquals(
                List.of("all-gather over shm, 1 rank", "all-gather over shm, 2 ranks", "all-reduce over shm, 1 rank",
                        "all-reduce over shm, 2 ranks"),
                run.lines().stream().filter(line -> line.contains(" over shm, "))
                        .map(line -> line.replaceAll(" as threads.*", "")).sorted().toList());
        assertEquals(4, run.lines().stream().filter(line -> line.startsWith("  smallest size")).count(), run.out());
        assertEquals("", run.err());
    }

    @Test
    void shouldMeasureOverEveryTransportThatWorks() throws IOException {
        CommandRun run = perf("--sizes 8,64K --collective all-reduce --in-place no --transport all --format csv"
                + " --out none");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        List<CaseResult> results = csv(run);
        assertEquals(
                List.of("netty", "shm"),
                results.stream().map(each -> each.key().transport().toString()).distinct().sorted().toList());
        assertTrue(results.stream().allMatch(each -> each.limitUs().isPresent()), run.out());
    }

    @Test
    void shouldPrintOneLineForEachCaseOfTheMatrixAsCsv() throws IOException {
        CommandRun run = perf("--sizes 8,1K --collective all-reduce --algorithm all --in-place no -d float,int64"
                + " --format csv --out none");
        List<CaseResult> results = csv(run);
        int algorithms = Algorithms.of(Collective.ALL_REDUCE).size();
        assertEquals(2 * 2 * algorithms, results.size(), run.out());
        assertEquals(Algorithms.of(Collective.ALL_REDUCE).stream().map(Algorithm::name).toList(),
                results.stream().limit(algorithms).map(CaseResult::algorithmSelected).toList());
        assertTrue(results.stream().allMatch(result -> result.wrong().orElse(-1) == 0), run.out());
        assertEquals("", run.err());
    }

    @Test
    void shouldRoundSizesUpAndMeasureEachOnce() throws IOException {
        List<CaseResult> results =
                csv(perf("--sizes 1,2,3,4,5 --collective all-gather --in-place no --format csv --out none"));
        assertEquals(List.of(8L), results.stream().map(result -> result.key().bytes()).toList());
    }

    @Test
    void shouldMeasureABarrierOnce() throws IOException {
        List<CaseResult> results = csv(perf("--collective barrier --ranks 2,3 --format csv --out none"));
        assertEquals(List.of(2, 3), results.stream().map(result -> result.key().ranks()).toList());
    }

    @Test
    void shouldPrintOneObjectAsJson() throws IOException {
        CommandRun run = perf("--sizes 8 --collective broadcast --root all --seed 42 --format json --out none");
        Run parsed = JsonFormat.read(new StringReader(run.out()), "stdout");
        assertEquals(4, parsed.cases().size(), run.out());
        assertEquals(42, parsed.seed());
        assertEquals("perf", parsed.arguments().getFirst());
        assertEquals("", run.err());
    }

    @Test
    void shouldPrintOverlapWhenAsked() throws IOException {
        CommandRun run = perf("--overlap --sizes 8 --collective all-reduce --ranks 1 --out none");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertTrue(run.lines().stream().anyMatch(line -> line.startsWith("overlap part of a call")), run.out());
        assertTrue(run.lines().stream().anyMatch(line -> line.matches(".* pure +compute +total +overlap .*")),
                run.out());
        assertEquals(2, run.lines().stream().filter(line -> line.matches(".*( +-){4} +0")).count(), run.out());
        Run parsed = JsonFormat.read(new StringReader(
                perf("--overlap --sizes 8 --collective all-reduce --format json --out none").out()), "stdout");
        boolean cores = Runtime.getRuntime().availableProcessors() > 1;
        assertTrue(parsed.cases().stream().allMatch(each -> each.overlap().isPresent() == cores));
    }

    @Test
    void shouldSaveTheRunAndSayWhere(@TempDir Path folder) throws IOException {
        Path runFolder = folder.resolve("run");
        CommandRun run = perf("--sizes 8 --collective all-reduce --out " + runFolder);
        assertEquals("  saved in " + runFolder, run.lastLine());
        assertEquals(2, JsonFormat.read(runFolder.resolve("run.json")).cases().size());
        assertEquals(2, CsvFormat.read(runFolder.resolve("run.csv")).size());
    }

    @Test
    void shouldSayWhereOnStandardErrorWhenStdoutHoldsCsv(@TempDir Path folder) {
        Path runFolder = folder.resolve("run");
        CommandRun run = perf("--sizes 8 --collective all-reduce --format csv --out " + runFolder);
        assertEquals("fabricmark perf: saved in " + runFolder, run.err().strip());
        assertEquals(3, run.lines().size(), run.out());
    }

    @Test
    void shouldLeaveNoFileInSharedMemory() throws IOException {
        assertEquals(ExitCode.GOOD, perf("--sizes 64K --ranks 3 --out none").code());
        Path sharedMemory = Path.of("/dev/shm");
        if (Files.isDirectory(sharedMemory)) {
            String mine = "-" + ProcessHandle.current().pid() + "-";
            try (Stream<Path> files = Files.list(sharedMemory)) {
                assertFalse(files.anyMatch(file -> file.getFileName().toString().contains(mine)));
            }
        }
    }

    @Test
    void shouldSayThatABarrierIsTimedWhenCallsDoNotSynchronise() {
        CommandRun run = perf("--sizes 8 --collective broadcast --in-place no --out none");
        assertTrue(run.lines().stream().anyMatch(line -> line.startsWith("  barrier ")), run.out());
    }

    @Test
    void shouldFailWithOneLineForEachCaseOfWrongData() {
        CaseKey.Builder key = CaseKey.builder("all-reduce").transport("shm").inPlace(false);
        List<CaseResult> results = LongStream.range(0, 3)
                .mapToObj(wrong -> CaseResult.builder(key.bytes(8 * wrong).build(), 2 * wrong, 10, 1)
                        .algorithmSelected("ring").timeUs(1).wrong(wrong).build())
                .toList();
        StringWriter err = new StringWriter();
        CommandLine perf = Main.commandLine().getSubcommands().get("perf").setErr(new PrintWriter(err));
        PerfCommand command = perf.getCommand();
        assertEquals(ExitCode.FAILED, command.reportWrongData(results));
        assertEquals(List.of(
                "fabricmark perf: wrong data: 1 elements of collective=all-reduce transport=shm in_place=no bytes=8",
                "fabricmark perf: wrong data: 2 elements of collective=all-reduce transport=shm in_place=no bytes=16"),
                err.toString().lines().toList());
        assertEquals(ExitCode.GOOD, command.reportWrongData(results.subList(0, 1)));
    }

    @Test
    void shouldRepeatTheWholeSweep() throws IOException {
        List<CaseResult> results =
                csv(perf("--sizes 8,16 --collective all-reduce --in-place yes -N 2 --format csv --out none"));
        assertEquals(4, results.size());
    }
}
