package org.fabricmark.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.format.JsonFormat;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;

/** One object, when everything was measured. */
final class JsonPrinter implements RowPrinter {
    private final PrintWriter out;

    JsonPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void table(TableFacts facts) {
        // the object comes at the end
    }

    @Override
    public void row(CaseResult result, CaseNotes notes) {
        // the object comes at the end
    }

    @Override
    public void end(Run run) throws IOException {
        JsonFormat.write(run, out);
    }
}
