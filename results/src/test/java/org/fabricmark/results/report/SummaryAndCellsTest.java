package org.fabricmark.results.report;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;

import org.fabricmark.results.format.CsvFormat;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;

class SummaryAndCellsTest {
    private static final int HALF_OF_A_STEP = 512 * 1024;

    @Test
    void shouldSummariseTheNumbersOfThePage() {
        StoredRun run = SyntheticRuns.of("a_b", 200, 1, 1);
        String summary = Report.of(List.of(run)).summary();
        CaseResult first = run.run().cases().getFirst();
        assertAll(
                () -> assertTrue(summary.startsWith("# Fabricmark report: a\\_b\n\n**200 cells: all data right.**\n")),
                () -> assertTrue(summary.contains("| 8 | " + Figures.of(first.timeUs()) + " | ")),
                () -> assertEquals(2, summary.split("<details>", -1).length - 1));
    }

    @Test
    void shouldStayBelowWhatAServiceShows() {
        Run many = SyntheticRuns.of("a", 25_000, 1, 1).run();
        String summary = Report.of(List.of(StoredRun.of("a", many))).summary();
        assertTrue(summary.length() < HALF_OF_A_STEP, summary.length() + " characters");
        assertTrue(summary.contains(" more: see cells.csv or report.html."),
                "it does not say that something is left out");
    }

    @Test
    void shouldEscapeWhatIsMarkup() {
        assertEquals("a \\| b \\*c\\* \\[d\\](e) &lt;f&gt; &amp;g; \\`h\\` i", MarkdownSummary.escaped(
                "a | b *c* [d](e) <f> &g; `h`\ni"));
    }

    @Test
    void shouldWriteCellsThatAreReadBackAsTheyWere() throws IOException {
        StoredRun one = SyntheticRuns.of("a,\"b\"", 30, 1, 1);
        StoredRun two = SyntheticRuns.of("c", 30, 2, 1.1);
        String csv = Report.of(List.of(one, two)).cells();
        assertTrue(csv.startsWith("run,run_id,started_at,commit,branch," + CsvFormat.HEADER + "\n\"a,\"\"b\"\"\","));
        List<CaseResult> read = CsvFormat.read(new StringReader(csv), "cells");
        assertEquals(60, read.size());
        assertEquals(one.run().cases().getFirst().key(), read.getFirst().key());
        assertEquals(two.run().cases().getLast().timeUs(), read.getLast().timeUs(), 1e-6 * read.getLast().timeUs());
    }
}
