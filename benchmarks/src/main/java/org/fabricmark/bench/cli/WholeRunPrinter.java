package org.fabricmark.bench.cli;

import java.io.IOException;
import java.io.Writer;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;

/** Forms of JSON that are one value and so come when everything was measured. */
final class WholeRunPrinter implements RowPrinter {
    /** Writes all of a run. */
    @FunctionalInterface
    interface Form {
        void write(Run run, SampleSource samples, Writer out) throws IOException;
    }

    private final Writer out;
    private final Form form;

    WholeRunPrinter(Writer out, Form form) {
        this.out = out;
        this.form = form;
    }

    @Override
    public void table(TableFacts facts) {
        // all tables come at the end
    }

    @Override
    public void row(CaseResult result, CaseNotes notes) {
        // all rows come at the end
    }

    @Override
    public void end(Run run, SampleSource samples) throws IOException {
        form.write(run, samples, out);
        out.flush();
    }
}
