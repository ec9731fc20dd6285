package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Primitives that are measured, saved, compared and reported. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SavedPrimitivesTest {
    @TempDir
    private Path folder;

    private String save(String name, String more) {
        String out = folder.resolve(name).toString();
        CommandRun run =
                CommandRun.ofLine("perf -n 64 -w 16 --budget 2s --quiet --out " + out + " --primitive " + more);
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertEquals("  saved in " + out, run.lastLine());
        return out;
    }

    @Test
    void shouldKeepWhatIsAskedOfTheQueuesInTheCaseAndWhatIsInForceInTheResult() throws IOException {
        String out = save("run", "write-lat,write-bw,read-lat,rate,put-lat --transport rdma --sizes 8,16K");
        StoredRun run = RunFolder.read(Path.of(out));
        List<String> names = run.run().cases().stream().map(CaseResult::key).filter(key -> key.bytes() == 8)
                .map(CaseKey::canonicalName).toList();
        assertEquals(List.of("primitive=write-lat transport=rdma bytes=8 inline=220 cq_mod=1",
                "primitive=write-imm-lat transport=rdma bytes=8 inline=220 cq_mod=1",
                "primitive=write-bw transport=rdma bytes=8 tx_depth=128 qps=1 inline=0 cq_mod=auto post_list=1",
                "primitive=read-lat transport=rdma bytes=8",
                "primitive=rate transport=rdma bytes=8 tx_depth=128 qps=1 inline=0 cq_mod=auto post_list=1",
                "primitive=put-rate transport=rdma bytes=8", "primitive=put-lat transport=rdma bytes=8").stream()
                .sorted().toList(), names.stream().sorted().toList());
        for (CaseResult cell : run.run().cases()) {
            assertTrue(cell.limitUs().isEmpty(), "no limit that would be none: " + cell);
            assertFalse(run.launches(cell).isEmpty(), cell.toString());
            assertEquals(0, cell.wrong().orElseThrow());
        }
        CaseResult stream = run.run().cases().stream()
                .filter(cell -> cell.key().primitive().name().equals("write-bw") && cell.key().bytes() == 16384)
                .findFirst().orElseThrow();
        assertEquals(Measure.BANDWIDTH, stream.measure());
        assertEquals(1, stream.primitive().orElseThrow().signalEvery().orElseThrow(), "above 8K each is signalled");
        assertEquals(stream.algbwGBs().orElseThrow(), stream.figure().orElseThrow(), 1e-6);
        assertEquals("copy", stream.primitive().orElseThrow().reference());
    }

    @Test
    void shouldCompareRunsOfPrimitivesInTheirOwnUnits() {
        String old = save("old", "put-lat,put-bw --transport shm --sizes 8,64K");
        String now = save("new", "put-lat,put-bw --transport shm --sizes 8,64K");
        CommandRun run = CommandRun.ofLine("compare " + old + " " + now);
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertTrue(run.out().contains("put-lat transport=shm ranks=2"), run.out());
        assertTrue(run.out().contains("old us"), run.out());
        assertTrue(run.out().contains("old GB/s"), run.out());
        assertTrue(run.out().contains("GB/s: higher is better, so a ratio below 1 is slower"), run.out());
        assertFalse(run.out().contains("guidelines"), run.out());
        assertEquals(ExitCode.GOOD, CommandRun.ofLine("compare " + now + " --row bytes --col primitive").code());
    }

    private String write(String name, Measure measure, double us, long wrong) throws IOException {
        CaseKey key =
                CaseKey.ofPrimitive(measure == Measure.LATENCY ? "put-lat" : "put-bw").transport("shm").bytes(4000)
                        .build();
        CaseResultBuilder result = new CaseResultBuilder().key(key).calls(10).batch(1).timeUs(us).wrong(wrong);
        result.primitive().measure(measure).averageUs(us).deviationUs(0);
        Path path = folder.resolve(name);
        RunFolder.prepare(path).save(Run.of(Instant.EPOCH, List.of(name), 0, Environment.UNKNOWN, Optional.empty(),
                List.of(result.build())), SampleSource.NONE);
        return path.toString();
    }

    @ParameterizedTest
    @CsvSource({"BANDWIDTH, 2.00, 1.33, run=slow 0.667 of the GB/s (", "LATENCY, 2.00, 3.00, run=slow 1.50 ("})
    void shouldFailWhereAFigureIsWorseAndNotWhereItIsBetter(
            Measure measure, String good, String bad, String said) throws IOException {
        String slow = write("slow", measure, 3, 0);
        String fast = write("fast", measure, 2, 0);
        CommandRun worse = CommandRun.ofLine("compare " + fast + " " + slow + " --any-machine --fail-above 10%");
        assertEquals(ExitCode.REGRESSED, worse.code(), worse.err());
        assertTrue(worse.err().contains(said), worse.err());
        assertTrue(worse.out().contains(good) && worse.out().contains(bad), worse.out());
        CommandRun better = CommandRun.ofLine("compare " + slow + " " + fast + " --any-machine --fail-above 10%");
        assertEquals(ExitCode.GOOD, better.code(), better.err());
    }

    @Test
    void shouldShowAWrongRowAsWrong() throws IOException {
        String right = write("right", Measure.BANDWIDTH, 3, 0);
        String wrong = write("wrong", Measure.BANDWIDTH, 1, 7);
        CommandRun run = CommandRun.ofLine("compare " + right + " " + wrong + " --any-machine");
        assertTrue(run.out().contains("WRONG"), run.out());
        CommandRun.ofLine("report " + wrong + " --export bencher");
        assertEquals("{ }\n", Files.readString(Path.of(wrong, "bmf.json")));
        assertTrue(Files.readString(Path.of(wrong, "report.html")).contains("Wrong data in 1 of 1 cell"));
    }

    @Test
    void shouldReportThem() throws IOException {
        String out = save("run", "put-lat,put-bw,put-rate --transport shm --sizes 8,64K");
        CommandRun run = CommandRun.ofLine("report " + out + " --export github-action-benchmark,bencher,openmetrics");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        String page = Files.readString(Path.of(out, "report.html"));
        assertTrue(page.contains("put-bw over shm, 2 ranks as threads"), "a table of its own");
        assertFalse(page.contains("put-bw, 2 ranks as threads, float"), "no element type");
        List<String> cells = Files.readAllLines(Path.of(out, "cells.csv"));
        assertTrue(cells.getFirst().endsWith(",figure,unit"), cells.getFirst());
        assertEquals(7, cells.size());
        assertTrue(cells.stream().anyMatch(line -> line.endsWith(",GB/s") && line.contains("put-bw")));
        assertTrue(cells.stream().anyMatch(line -> line.endsWith(",Mpps") && line.contains("put-rate")));
        assertTrue(Files.readString(Path.of(out, "metrics.prom")).contains(
                "fabricmark_primitive_seconds{primitive=\"put-lat\",transport=\"shm\""));
        assertTrue(
                Files.readString(Path.of(out, "bmf.json")).contains("\"primitive=put-bw transport=shm bytes=65536\""));
    }
}
