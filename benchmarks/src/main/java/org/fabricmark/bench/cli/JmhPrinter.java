package org.fabricmark.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.format.JmhFile;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;

/** An array as JMH writes it, when everything was measured: the same as in a saved run. */
final class JmhPrinter implements RowPrinter {
    private final PrintWriter out;

    JmhPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void table(TableFacts facts) {
        // the array comes at the end
    }

    @Override
    public void row(CaseResult result, CaseNotes notes) {
        // the array comes at the end
    }

    @Override
    public void end(Run run) throws IOException {
        end(run, SampleSource.NONE);
    }

    @Override
    public void end(Run run, SampleSource samples) throws IOException {
        JmhFile.write(run, samples, out);
        out.flush();
    }
}
