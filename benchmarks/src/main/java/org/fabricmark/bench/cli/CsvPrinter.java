package org.fabricmark.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.format.CsvFormat;
import org.fabricmark.results.format.CsvWriter;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;

/** One header line, then a line for each case as it finishes. */
final class CsvPrinter implements RowPrinter {
    private final CsvWriter lines;

    CsvPrinter(PrintWriter out) throws IOException {
        lines = CsvFormat.writer(out);
    }

    @Override
    public void table(TableFacts facts) {
        // the lines of all tables form one list
    }

    @Override
    public void row(CaseResult result, CaseNotes notes) throws IOException {
        lines.write(result);
    }

    @Override
    public void end(Run run, SampleSource samples) {
        // every line is written
    }
}
