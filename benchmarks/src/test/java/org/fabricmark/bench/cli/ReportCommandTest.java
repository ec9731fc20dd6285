package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    Path folder;

    private String saved(String name, CaseResult... cells) {
        return saved(name, Environment.UNKNOWN, cells);
    }

    private String saved(String name, Environment environment, CaseResult... cells) {
        Path path = folder.resolve(name);
        RunFolder.prepare(path).save(Run.of(Instant.EPOCH, List.of("perf"), 1, environment, Optional.empty(),
                List.of(cells)));
        return path.toString();
    }

    private static Environment on(String processor) {
        return new Environment(Environment.Hardware.of(Optional.of(processor), OptionalInt.of(2), OptionalInt.empty(),
                Collections.emptySortedMap(), OptionalLong.empty()), null, null, null);
    }

    private static CaseResult cell(double us) {
        CaseKey key = CaseKey.builder("all-reduce").algorithm("ring").transport("shm").inPlace(false).bytes(8).build();
        return CaseResult.builder(key, 2, 100, 1).timeUs(us).wrong(0).build();
    }

    @Test
    void shouldWriteIntoTheFolderOfTheFirstRunAndNameTheFiles() throws IOException {
        String first = saved("first", cell(1.2345));
        String second = saved("second", cell(2.469));
        CommandRun run = CommandRun.of("report", first, second, "--export", "openmetrics,bencher");
        assertAll(() -> assertEquals("", run.err()),
                () -> assertEquals(List.of("report.html", "summary.md", "cells.csv", "metrics.prom", "bmf.json"),
                        run.lines().stream().map(line -> Path.of(line).getFileName().toString()).toList()),
                () -> assertTrue(run.lines().stream().allMatch(line -> line.startsWith(first)), run.out()),
                () -> assertEquals(ExitCode.GOOD, run.code()));
        String html = Files.readString(Path.of(first, "report.html"));
        assertTrue(html.contains("<td>" + Figures.of(1.2345) + "</td>"), "the first run's time is missing");
        assertTrue(html.contains("<td>2.00</td>"), "the ratio is missing");
        assertEquals(2, Files.readString(Path.of(first, "cells.csv")).lines().filter(line -> line.contains(",ring,"))
                .count());
    }

    @Test
    void shouldReplaceAnOlderReport() throws IOException {
        String run = saved("run", cell(1));
        Path page = Files.writeString(Path.of(run, "report.html"), "old");
        assertEquals(ExitCode.GOOD, CommandRun.of("report", run).code());
        assertTrue(Files.readString(page).startsWith("<!doctype html>"));
    }

    @Test
    void shouldRefuseARunWithoutCases() {
        CommandRun run = CommandRun.of("report", saved("empty"));
        assertAll(() -> assertTrue(run.err().strip().endsWith("has no cases: nothing to report"), run.err()),
                () -> assertEquals(ExitCode.MISUSED, run.code()));
    }

    @Test
    void shouldRefuseRunsOfDifferentMachinesUnlessAsked() {
        String first = saved("first", on("X1"), cell(1));
        String second = saved("second", on("X2"), cell(1));
        CommandRun refused = CommandRun.of("report", first, second);
        assertAll(
                () -> assertEquals("fabricmark report: '" + first + "' and '" + second
                        + "' were measured on different machines: cpuModel (X1 / X2); --any-machine shows them all the same"
                        + System.lineSeparator(), refused.err()),
                () -> assertEquals("", refused.out()),
                () -> assertEquals(ExitCode.NOT_COMPARABLE, refused.code()),
                () -> assertEquals(ExitCode.GOOD, CommandRun.of("report", first, second, "--any-machine").code()),
                () -> assertEquals(ExitCode.GOOD, CommandRun.of("report", first, saved("unknown", cell(1))).code()));
    }
}
