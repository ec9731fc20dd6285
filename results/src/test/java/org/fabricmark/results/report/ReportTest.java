package org.fabricmark.results.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final int MIB = 1 << 20;
    private static final String EVIL = "</script><script>alert(1)</script><img/src=x/onerror=alert(2)>";

    @TempDir
    Path folder;

    private static StoredRun run(String name, CaseResult... cells) {
        return StoredRun.of(name, Run.of(Instant.EPOCH, List.of("perf", "--out", "x", "--ranks", "2"), 7,
                Samples.ENVIRONMENT, Optional.of(Samples.MACHINE), List.of(cells)));
    }

    private static CaseResult cell(long bytes, double us) {
        CaseKey key = CaseKey.builder("all-reduce").algorithm("ring").transport("shm").inPlace(false).bytes(bytes)
                .build();
        return CaseResult.builder(key, bytes / 4, 100, 1).timeUs(us).busbwGBs(bytes / us / 1e3).wrong(0).build();
    }

    /** What the page is without its script, style and data. */
    private static String markup(String html) {
        return html.replaceAll("(?s)<script.*?</script>|<style>.*?</style>", "");
    }

    private static String content(String html, String open, String close) {
        int from = html.indexOf(open) + open.length();
        return html.substring(from, html.indexOf(close, from));
    }

    private static String digest(String text) throws NoSuchAlgorithmException {
        return "sha256-" + Base64.getEncoder().encodeToString(
                MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldAllowExactlyTheScriptAndTheStyleThatAreInThePage() throws NoSuchAlgorithmException {
        String html = Report.of(List.of(run("a", cell(8, 1)))).html();
        String policy = content(html, "Content-Security-Policy\" content=\"", "\">").replace("&#39;", "'");
        assertEquals("default-src 'none'; script-src '" + digest(content(html, "<script>", "</script>"))
                + "'; style-src '" + digest(content(html, "<style>", "</style>"))
                + "'; base-uri 'none'; form-action 'none'", policy);
    }

    @Test
    void shouldStandAloneBelowOneMegabyteWithTwoHundredCells() {
        String html = Report.of(List.of(SyntheticRuns.of("a", 200, 1, 1))).html();
        assertTrue(html.getBytes(StandardCharsets.UTF_8).length < MIB, html.length() + " characters");
        String markup = markup(html);
        Matcher reference =
                Pattern.compile("\\s(?:src|href|action|srcset|poster|data)=\"(?!#)[^\"]*\"").matcher(markup);
        assertFalse(reference.find(), () -> "refers to " + reference.group());
        assertFalse(Pattern.compile("<[^>]*\\s(?:on\\w+|style)=").matcher(markup).find(), "inline handler or style");
        assertTrue(html.contains("Copyright (c) 2022 Leon Sorokin"), "the licence of the plots is not there");
    }

    @Test
    void shouldShowTextsFromFilesAsText() {
        CaseKey key = CaseKey.builder("all-reduce").algorithm("<b>ring</b>").transport("<i>shm</i>").inPlace(false)
                .bytes(8).build();
        CaseResult cell = CaseResult.builder(key, 2, 1, 1).timeUs(1).wrong(0).build();
        StoredRun run = StoredRun.of(EVIL, Run.of(Instant.EPOCH, List.of(EVIL), 1, Samples.ENVIRONMENT,
                Optional.empty(), List.of(cell)));
        Report report = Report.of(List.of(run, run(EVIL, cell(8, 1))));
        String html = report.html();
        assertAll(() -> assertFalse(html.contains("<script>alert(1)"), "a script was let through"),
                () -> assertFalse(markup(html).contains("<img"), "an image was let through"),
                () -> assertFalse(markup(html).contains("<b>ring"), "markup was let through"),
                () -> assertTrue(html.contains("&lt;b&gt;ring&lt;/b&gt;"), "the label is not shown"),
                () -> assertEquals(List.of(), report.summary().lines()
                        .filter(line -> !line.startsWith("    ")) // lines of code are no markup, whatever is in them
                        .filter(line -> line.replace("<details>", "").replace("</details>", "")
                                .replace("<summary>", "").replace("</summary>", "").contains("<"))
                        .toList()));
    }

    @Test
    void shouldSayFirstWhetherDataAreRight() {
        CaseResult right = cell(8, 1);
        CaseResult wrong = CaseResult.builder(cell(16, 1).key(), 4, 1, 1).timeUs(0.001).wrong(3).build();
        CaseResult unchecked = CaseResult.builder(cell(32, 1).key(), 8, 1, 1).timeUs(1).build();
        assertAll(
                () -> assertEquals("1 cell: all data right.", Verdict.of(List.of(run("a", right))).line()),
                () -> assertEquals("2 cells: no data found wrong, but those of 1 cell were not checked.",
                        Verdict.of(List.of(run("a", right, unchecked))).line()),
                () -> assertEquals("Wrong data in 1 of 2 cells, first in collective=all-reduce algorithm=ring"
                        + " transport=shm in_place=no bytes=16: times of wrong results are no measurements, and are not"
                        + " drawn.", Verdict.of(List.of(run("a", right, wrong))).line()));
    }

    @Test
    void shouldNeverDrawAWrongResultNorDivideByIt() {
        CaseResult wrong = CaseResult.builder(cell(16, 1).key(), 4, 1, 1).timeUs(0.001).busbwGBs(99).wrong(3).build();
        List<StoredRun> runs = List.of(run("a", cell(8, 1), wrong), run("b", cell(8, 2), cell(16, 3)));
        String html = Report.of(runs).html();
        String data = content(html, "id=\"data\">", "</script>");
        assertTrue(data.contains("\"time\":[1,null]"), data);
        assertFalse(data.contains("99"), data);
        assertTrue(html.contains("<tr class=\"wrong\">"), "the row is not marked");
        assertFalse(markup(html).contains("<td>3000</td>"), "a ratio to a wrong time");
        assertTrue(markup(html).contains("<td>2.00</td>"), "the ratio of right times is missing");
    }

    @Test
    void shouldSayWhatDiffersBetweenRuns() {
        Environment other = new Environment(
                Environment.Hardware.of(Optional.of("Another processor"), Samples.ENVIRONMENT.hardware().cores(),
                        Samples.ENVIRONMENT.hardware().threads(), Samples.ENVIRONMENT.hardware().cacheBytes(),
                        OptionalLong.of(24_684_096L << 10)),
                Samples.ENVIRONMENT.software(), Samples.ENVIRONMENT.state(), Samples.ENVIRONMENT.suite());
        StoredRun elsewhere = StoredRun.of("b", Run.of(Instant.EPOCH, List.of(), 7, other, Optional.empty(),
                List.of(cell(8, 1))));
        Table facts = Surroundings.of(List.of(run("a", cell(8, 1)), elsewhere));
        assertEquals(List.of("hardware: cpuModel", "hardware: memoryBytes"), Surroundings.differing(facts));
        assertTrue(facts.rows().stream().anyMatch(row -> row.texts().equals(
                List.of("hardware: memoryBytes", "8G", "23.5 GiB (24684096K)"))), facts.toString());
    }

    @Test
    void shouldShowTheExchangesAndDrawTheLimits() {
        CaseKey key = cell(8, 1).key();
        CaseResult small = CaseResult.builder(key, 2, 100, 1).timeUs(2).busbwGBs(0.004).limitUs(0.05).wrong(0).build();
        CaseResult large =
                CaseResult.builder(key.toBuilder().bytes(1024).build(), 256, 100, 1).timeUs(4).busbwGBs(0.256)
                        .limitUs(0.5).wrong(0).build();
        Report report = Report.of(List.of(run("a", small, large)));
        List<List<String>> facts =
                Surroundings.of(List.of(run("a", small, large))).rows().stream().map(Table.Row::texts)
                        .toList();
        assertTrue(facts.contains(List.of("exchange of a line (ns)", "51.0")), facts.toString());
        assertTrue(facts.contains(List.of("exchange over TCP (µs)", "9.00")), facts.toString());
        String data = content(report.html(), "<script type=\"application/json\" id=\"data\">", "</script>");
        assertTrue(data.contains("\"limits\":[{\"name\":\"limit over shm\",\"time\":[0.05,0.5],\"bus\":[0.16,2.048]}]"),
                data);
    }

    @Test
    void shouldReportAnImportedTableWithoutSamples() {
        StoredRun imported = StoredRun.of("osu", Run.of(Instant.EPOCH, Origin.of(Origin.OSU), List.of(), 0,
                Environment.UNKNOWN, Optional.empty(), List.of(cell(8, 1), cell(16, 2))));
        String html = Report.of(List.of(imported)).html();
        assertTrue(html.contains("No samples are stored of the run"), "it does not say that samples are missing");
        assertTrue(html.contains("# imported: measured by osu"), "it does not say who measured");
    }

    @Test
    void shouldWriteTheSameFilesAgainAndLeaveNothingElse() throws IOException {
        Report report = Report.of(List.of(run("a", cell(8, 1))));
        List<Path> first = report.write(folder, List.of(Export.values()));
        List<String> texts = first.stream().map(ReportTest::read).toList();
        assertEquals(first, report.write(folder, List.of(Export.values())));
        assertEquals(texts, first.stream().map(ReportTest::read).toList());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of("bmf.json", "cells.csv", "github-action-benchmark.json", "metrics.prom", "report.html",
                    "summary.md"), files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void shouldRefuseAReportOnNothing() {
        assertThrows(IllegalArgumentException.class, () -> Report.of(List.of()));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new AssertionError(file + " cannot be read", failure);
        }
    }
}
