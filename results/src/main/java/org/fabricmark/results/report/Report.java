package org.fabricmark.results.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import org.fabricmark.results.model.StoredRun;

/**
 * A report on stored runs. It is derived from them and nothing else, so it can always be made again.
 *
 * <p>Several runs are shown side by side; ratios are against the first.
 */
public final class Report {
    /** The page. */
    public static final String HTML = "report.html";
    /** The summary. */
    public static final String SUMMARY = "summary.md";
    /** The table of all cells. */
    public static final String CELLS = "cells.csv";

    private final List<StoredRun> runs;
    private final ReportPage page;

    private Report(List<StoredRun> runs) {
        this.runs = runs;
        page = ReportPage.of(runs);
    }

    /**
     * A report on these runs.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Report of(List<StoredRun> runs) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a report needs a run");
        }
        return new Report(RunNames.withoutPaths(runs));
    }

    /** The page: one HTML document that loads nothing from anywhere. */
    public String html() {
        StringOutput text = new StringOutput();
        JtereportGenerated.render(new OwaspHtmlTemplateOutput(text), null, page);
        return text.toString();
    }

    /** The report in Markdown. */
    public String summary() {
        return MarkdownSummary.text(runs, page);
    }

    /** All cells as comma-separated text. */
    public String cells() {
        return CellsCsv.text(runs);
    }

    /**
     * Writes the report's files into {@code folder} and replaces older ones.
     *
     * @param folder which exists
     * @param exports what to write besides, of the first run
     * @return the files, in the order in which they were written
     * @throws IOException if a file cannot be written; those before it were
     */
    public List<Path> write(Path folder, Collection<Export> exports) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(HTML, html());
        files.put(SUMMARY, summary());
        files.put(CELLS, cells());
        exports.forEach(export -> files.put(export.file(), export.text(runs.getFirst())));
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            DerivedFile.replace(path, file.getValue());
            written.add(path);
        }
        return written;
    }
}
