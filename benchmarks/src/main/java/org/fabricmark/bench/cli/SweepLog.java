package org.fabricmark.bench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fabricmark.bench.cli.console.Progress;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.SweepListener;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.model.CaseResult;

/**
 * Keeps what a sweep measures, prints it as it comes, and shows how far it is.
 *
 * <p>Thread rule: that of {@link SweepListener}; the counts may be read by any thread.
 */
final class SweepLog implements SweepListener {
    private final RowPrinter printer;
    private final Progress progress;
    private final Consumer<String> remarks;
    private final List<CaseResult> results = new ArrayList<>();
    private volatile int expected;
    private volatile int finished;

    /** @param remarks hears, on any thread, what ranks print that are processes */
    SweepLog(RowPrinter printer, Progress progress, Consumer<String> remarks) {
        this.remarks = remarks;
        this.printer = printer;
        this.progress = progress;
    }

    @Override
    public void started(int cases) {
        expected = cases;
    }

    @Override
    public void tableStarted(TableFacts facts) {
        progress.clear();
        try {
            printer.table(facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void caseFinished(CaseResult result, CaseNotes notes) {
        progress.clear();
        results.add(result);
        finished = results.size();
        try {
            printer.row(result, notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void progress(String what) {
        progress.update("measured " + counts() + ": " + what);
    }

    @Override
    public void rankSaid(int rank, String line) {
        remarks.accept("rank " + rank + ": " + line);
    }

    /** How many cases are done, of how many where that is known. */
    String counts() {
        return finished + (expected == 0 ? "" : " of " + expected) + " cases";
    }

    /** All results; to be asked for when the sweep has ended. */
    List<CaseResult> results() {
        return List.copyOf(results);
    }
}
