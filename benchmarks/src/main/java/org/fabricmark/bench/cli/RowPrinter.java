package org.fabricmark.bench.cli;

import java.io.IOException;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;

/** Writes results to stdout in one form. Calls come one after the other: tables, and the rows of each; then the end. */
interface RowPrinter {
    /** A table begins; the one before, if any, is complete. */
    void table(TableFacts facts) throws IOException;

    /** A row of the table. */
    void row(CaseResult result, CaseNotes notes) throws IOException;

    /** Everything was measured. Samples are there for forms that show them. */
    void end(Run run, SampleSource samples) throws IOException;
}
