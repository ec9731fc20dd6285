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
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.RankTimes;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
                List.of("netty", "rdma", "shm"),
                results.stream().map(each -> each.key().transport().toString()).distinct().sorted().toList());
        assertTrue(results.stream().allMatch(each -> each.limitUs().isPresent()), run.out());
    }

    @Test
    void shouldSayAboveTheTableAndInTheRunThatVerbsAreEmulated(@TempDir Path temp) throws IOException {
        Path folder = temp.resolve("emulated");
        CommandRun run = perf("--sizes 8 --collective all-reduce --in-place no --transport rdma --out " + folder);
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertTrue(run.lines().contains(
                "over    rdma: emulated by loopback: times of software in shared memory, not of a device"), run.out());
        assertEquals(
                "emulated by loopback: times of software in shared memory, not of a device",
                RunFolder.read(folder).run().environment().software().libraries().get("rdma"));
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
        StoredRun stored = RunFolder.read(runFolder);
        assertEquals(2, stored.run().cases().size());
        assertEquals("run", stored.run().arguments().getLast(),
                "of a path, which tells of users, the last name is kept");
        assertTrue(stored.run().machine().orElseThrow().limits().exchangeNs().getAsDouble() <= stored.run().cases()
                .getFirst().exchangeNs().getAsDouble());
        for (CaseResult result : stored.run().cases()) {
            assertTrue(result.limitUs().isPresent(), "what reports draw dashed");
            assertTrue(result.cpuUs().getAsDouble() > 0 && result.allocatedBytes().isPresent());
            Launch launch = stored.launches(result).getFirst();
            assertEquals(result.batch(), launch.batch());
            assertEquals(result.calls(), launch.times().samples() * launch.batch());
            assertEquals(result.timeUs(), launch.medianUs(), 0.01 * result.timeUs());
            assertEquals(2, launch.ranks().size());
            assertEquals(launch.times().samples(),
                    launch.ranks().stream().mapToLong(RankTimes::lastPlaces).sum());
            assertTrue(launch.exchangeBeforeNs().isPresent() && launch.exchangeAfterNs().isPresent());
            assertTrue(launch.contention().gcCount().isPresent());
        }
    }

    @Test
    void shouldPrintWhatItSavesInTheFormOfJmh(@TempDir Path folder) throws IOException {
        Path runFolder = folder.resolve("run");
        CommandRun run = perf("--sizes 8 --collective all-reduce --format jmh --out " + runFolder);
        assertEquals(Files.readString(runFolder.resolve(RunFolder.JMH)), run.out());
        assertTrue(run.out().startsWith("[\n{\"x-fabricmark\":{"), run.out());
    }

    @Test
    void shouldSaveALaunchForEachRepetition(@TempDir Path folder) throws IOException {
        Path runFolder = folder.resolve("run");
        perf("--sizes 8 --collective all-reduce --in-place no -N 3 --out " + runFolder);
        StoredRun stored = RunFolder.read(runFolder);
        assertEquals(1, stored.run().cases().size());
        List<Launch> launches = stored.launches(stored.run().cases().getFirst());
        assertEquals(List.of(0, 1, 2), launches.stream().map(Launch::number).toList());
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

    @Test
    void shouldSumUpWhenItHasRepeated() {
        CommandRun run = perf("--sizes 8 --collective all-reduce -N 3 --out none");
        assertTrue(
                run.lastLine()
                        .matches("  soak {11}3 repetitions, 18 timed calls, 0 wrong elements;"
                                + " after the first and the last: heap [1-9]\\d* MiB and [1-9]\\d* MiB, resident (\\d+ MiB|-) and (\\d+ MiB|-)"),
                run.lastLine());
        CommandRun csv = perf("--sizes 8 --collective all-reduce -N 2 --format csv --out none");
        assertTrue(csv.err().startsWith("fabricmark perf: soak: 2 repetitions, 12 timed calls,"), csv.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--memory private", "--buffers rotate", "--buffers cold", "--cadence isolated",
        "--arrival late:1:5us", "--arrival linear:5us", "--arrival random:5us", "--memory private --buffers rotate",
        "--memory private --buffers cold --arrival late:0:10us"})
    void shouldFindNothingWrongUnderAnyCondition(String conditions) throws IOException {
        List<CaseResult> results =
                csv(perf("--sizes 8,100K --ranks 2-3 --collective all-reduce,all-gather,broadcast,barrier"
                        + " --format csv --out none " + conditions));
        assertEquals(2 * (3 * 2 * 2 + 1), results.size());
        for (CaseResult result : results) {
            assertEquals(0, result.wrong().orElse(-1), result.key().canonicalName());
        }
    }

    @Test
    void shouldFindNothingWrongInBuffersThatMissTheirAlignment() throws IOException {
        for (String transport : List.of("shm", "shm?direct=no")) {
            List<CaseResult> results = csv(CommandRun
                    .ofLine("perf -n 3 -w 2 -m 1 --sizes 40,100K --ranks 3 --algorithm all -d float,int64 --collective"
                            + " all-reduce,all-gather,broadcast --budget 100ms --unalign --format csv --out none --transport "
                            + transport));
            for (CaseResult result : results) {
                assertEquals(0, result.wrong().orElse(-1), result.key().canonicalName());
                assertTrue(result.flags().has(Flag.UNALIGNED));
            }
        }
    }

    @Test
    void shouldMakeAMatrixOfConditionsWithATableForEach() throws IOException {
        List<CaseResult> results = csv(perf("--sizes 8 --collective all-reduce --in-place no --format csv --out none"
                + " --memory window,private --cadence streaming,isolated --buffers same,rotate,cold"));
        // What is cold is isolated, so that of 2 x 2 x 3 combinations two are others under another name.
        assertEquals(10, results.stream().map(result -> result.key().canonicalName()).distinct().count());
        assertEquals(10, results.size());
        assertEquals(List.of("isolated"), results.stream().filter(result -> result.key().buffers().equals("cold"))
                .map(result -> result.key().cadence()).distinct().toList());
        CommandRun tables = perf("--sizes 8 --collective all-reduce --in-place no --out none --memory window,private");
        assertEquals(2, tables.lines().stream().filter(line -> line.startsWith("all-reduce over shm")).count());
        assertTrue(tables.lines().stream().anyMatch(line -> line.endsWith("; private memory")), tables.out());
        assertTrue(tables.out().contains("memory  private: ordinary memory"), tables.out());
        assertTrue(tables.out().contains("\n  registration   "), tables.out());
    }

    @Test
    void shouldTimeIsolatedCallsOneByOne() throws IOException {
        CommandRun run =
                CommandRun.ofLine("perf --sizes 8 --collective all-reduce --in-place no --cadence isolated -n 123"
                        + " -w 7 --format csv --out none");
        CaseResult result = csv(run).getFirst();
        assertEquals(123, result.calls());
        assertEquals(1, result.batch());
        assertTrue(result.p50Us().isPresent());
    }

    @Test
    void shouldSayWhatTheConditionsMean() {
        CommandRun run = perf("--sizes 8 --collective all-reduce --in-place no --out none --buffers same,rotate,cold"
                + " --arrival late:1:5us --unalign --percentiles 50,99.9");
        for (String line : List.of(
                "time    one call of the slowest rank: median over batches of calls; p50 and p99.9 over batches, - where they are"
                        + " fewer than 100, 1000",
                "arrival late:1:5us: after that barrier, rank 1 is busy for 5us; time is from the last rank's entry to the last"
                        + " rank's exit",
                "buffers same: every call uses the same ones",
                "unalign buffers begin one element behind a multiple of 128 B: 4 B (float)")) {
            assertTrue(run.lines().contains(line), () -> line + "\n" + run.out());
        }
        for (String start : List.of("calls   isolated: ", "buffers rotate: ", "buffers cold: ")) {
            assertTrue(run.lines().stream().anyMatch(line -> line.startsWith(start)), () -> start + "\n" + run.out());
        }
        assertFalse(run.out().contains("calls   streaming"), run.out());
    }

    @Test
    void shouldPrintInTheLayoutsOfOtherSuites() {
        CommandRun nccl = perf("--sizes 8,1K --format nccl --out none");
        assertEquals(ExitCode.GOOD, nccl.code(), nccl.err());
        assertEquals(2,
                nccl.lines().stream().filter(line -> line.startsWith("# Collective test concluded: all_")).count());
        assertEquals(4, nccl.lines().stream().filter(line -> line.startsWith("    ")).count(), nccl.out());
        CommandRun osu = perf("--sizes 8,1K --format osu --out none --full --percentiles 50");
        assertEquals(ExitCode.GOOD, osu.code(), osu.err());
        assertEquals(List.of("4", "512"), osu.lines().stream().dropWhile(line -> !line.contains("Allgather"))
                .filter(line -> line.matches("[0-9].*")).limit(2).map(line -> line.split(" ")[0]).toList());
    }
}
