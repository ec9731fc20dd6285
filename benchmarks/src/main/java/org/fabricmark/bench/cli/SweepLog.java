package org.fabricmark.bench.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fabricmark.bench.cli.console.Progress;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.SweepListener;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Launch;

/**
 * Keeps what a sweep measures, prints it as it comes, and shows how far it is.
 *
 * <p>Thread rule: that of {@link SweepListener}; the counts may be read by any thread.
 */
final class SweepLog implements SweepListener {
    private final RowPrinter printer;
    private final Progress progress;
    private final Consumer<String> remarks;
    private final Optional<Soak> soak;
    private final boolean endless;
    private final List<CaseResult> results = new ArrayList<>();
    private final Optional<KeptLaunches> launches;
    private volatile int expected;
    private volatile int finished;

    /**
     * @param remarks hears, on any thread, what ranks print that are processes, and of wrong data where results are not kept
     * @param soak hears of all results of a sweep that is repeated
     * @param endless whether the sweep goes on until it is stopped: then results are not kept
     * @param launches keeps the samples, if somebody wants them
     */
    SweepLog(RowPrinter printer, Progress progress, Consumer<String> remarks, Optional<Soak> soak, boolean endless,
            Optional<KeptLaunches> launches) {
        this.launches = launches;
        this.soak = soak;
        this.endless = endless;
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
    public void caseFinished(CaseResult result, CaseNotes notes, Launch launch) {
        progress.clear();
        soak.ifPresent(sum -> sum.add(result));
        if (!endless) {
            results.add(result);
            launches.ifPresent(kept -> kept.add(result.key(), launch));
        } else if (result.isWrong()) {
            remarks.accept(wrongData(result));
        }
        finished++; // by one thread after the other
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

    /** What is said of a case with wrong data. */
    static String wrongData(CaseResult result) {
        return "wrong data: " + result.wrong().getAsLong() + " elements of " + result.key().canonicalName();
    }

    /** How many cases are done, of how many where that is known. */
    String counts() {
        return finished + (expected == 0 ? "" : " of " + expected) + " cases";
    }

    /** All results, unless the sweep is endless; to be asked for when the sweep has ended. */
    List<CaseResult> results() {
        return List.copyOf(results);
    }
}
