package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cli.argument.OverRanks;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;

/**
 * The layout of nccl-tests 2.19: each table is one of its tests. Out of place and in place are the two halves of a row, so a row is
 * printed when both are measured.
 */
final class NcclPrinter implements RowPrinter {
    private static final int TIME_WIDTH = 7;
    private static final int RATE_WIDTH = 6;
    private static final int STAMP_WIDTH = 19;
    private static final String HEADER =
            "# %10s  %12s  %8s  %6s  %6s  %7s  %6s  %6s  %6s  %7s  %6s  %6s  %6s %";

    /** Above the columns of the two halves, which it does not quite meet. */
    private static final String HALVES =
            "#" + " ".repeat(62) + "out-of-place" + " ".repeat(23) + "in-place" + " ".repeat(10);

    /** Names that differ from ours by more than the sign between words. */
    private static final Map<String, String> TESTS = Map.of("all-to-all", "alltoall", "send-recv", "sendrecv");

    private static final Map<String, String> TYPES = Map.of("float16", "half");

    private final PrintWriter out;
    private final Settings settings;
    private final OverRanks time;
    private final Optional<TablePrinter.Clock> clock;
    private TableFacts facts;
    private Half outOfPlace;
    private long wrongHalves;
    private long halves;
    private double busBandwidths;

    /**
     * What the head of a test says besides its facts.
     *
     * @param cases all cases of the run
     * @param device what stands for a device: the processor
     * @param step from one size to the next
     * @param warmup calls before the timed ones, or auto
     * @param iterations timed batches, or auto
     * @param batch calls in a batch, or auto
     * @param check whether data are verified
     * @param process id of this process
     */
    record Settings(List<BenchmarkCase> cases, String device, String step, String warmup, String iterations,
            String batch,
            boolean check, long process) {}

    private record Half(CaseResult result, String text) {}

    NcclPrinter(PrintWriter out, Settings settings, OverRanks time, Optional<TablePrinter.Clock> clock) {
        this.out = out;
        this.settings = settings;
        this.time = time;
        this.clock = clock;
    }

    @Override
    public void table(TableFacts next) {
        endTest();
        facts = next;
        out.println("# nccl-tests version 2.19.6 layout, printed by fabricmark " + Version.current());
        out.println("# Collective test starting: " + test());
        long min = sizes().min().orElse(0);
        long max = sizes().max().orElse(0);
        out.println(("# nThread %d nGpus 1 minBytes %d maxBytes %d step: %s warmup iters: %s iters: %s agg iters: %s"
                + " validation: %d graph: 0 unalign: %d").formatted(processes() ? 1 : facts.ranks(), min, max,
                        settings.step(),
                        settings.warmup(), settings.iterations(), settings.batch(), settings.check() ? 1 : 0,
                        facts.conditions().unaligned() ? 1 : 0));
        out.println("#");
        out.println("# Using devices");
        for (int rank = 0; rank < facts.ranks(); rank++) {
            // Processes are started later, and anew for each group of tables.
            String process = processes() && rank > 0 ? "-" : Long.toString(settings.process());
            out.println("#  Rank %2d Group %2d Pid %6s on %10s device %2d [%s] %s".formatted(rank, 0,
                    process, "localhost", 0, "cpu", settings.device()));
        }
        out.println("#");
        out.println("# " + ForeignTitle.of(facts, algorithms()));
        out.println("# times: " + over() + ForeignTitle.timeNote(facts));
        out.println("#");
        out.println(HALVES);
        header("size", "count", "type", "redop", "root", "time", "algbw", "busbw", "#wrong", "time", "algbw", "busbw",
                "#wrong");
        header("(B)", "(elements)", "", "", "", "(us)", "(GB/s)", "(GB/s)", "", "(us)", "(GB/s)", "(GB/s)", "");
        out.flush();
    }

    private void header(String... names) {
        Object[] cells = new Object[names.length + 1];
        System.arraycopy(names, 0, cells, 0, names.length);
        cells[names.length] = names[0].equals("size") && clock.isPresent() ? "timestamp" : "";
        // C takes a width of 0 for none; Java has no such width.
        out.println((HEADER + (clock.isPresent() ? STAMP_WIDTH + "s" : "s")).formatted(cells));
    }

    private boolean processes() {
        return facts.conditions().launch().equals(Conditions.PROCESSES);
    }

    private String test() {
        String label = facts.collective().label();
        return TESTS.getOrDefault(label, label.replace('-', '_')) + "_perf";
    }

    private java.util.stream.LongStream sizes() {
        return settings.cases().stream()
                .filter(each -> each.collective() == facts.collective() && each.ranks() == facts.ranks())
                .mapToLong(BenchmarkCase::bytes);
    }

    private String algorithms() {
        return settings.cases().stream()
                .filter(each -> each.collective() == facts.collective())
                .map(BenchmarkCase::requested)
                .findFirst()
                .orElseThrow();
    }

    private String over() {
        return switch (time) {
            case RANK_0 -> "rank 0 (-a 0)";
            case AVERAGE -> "average over ranks (-a 1)";
            case FASTEST -> "min over ranks (-a 2)";
            case SLOWEST -> "max over ranks (-a 3)";
        };
    }

    @Override
    public void row(CaseResult result, CaseNotes notes) {
        halves++;
        wrongHalves += result.isWrong() ? 1 : 0;
        busBandwidths += rate(result, result.busbwGBs().orElse(0), notes);
        Half half = new Half(result, half(result, notes));
        if (!result.key().inPlace()) {
            endRow();
            outOfPlace = half;
        } else if (outOfPlace != null && sameCase(outOfPlace.result().key(), result.key())) {
            line(outOfPlace.result(), outOfPlace.text(), half.text());
            outOfPlace = null;
        } else {
            endRow();
            line(result, absent(), half.text());
        }
    }

    private static boolean sameCase(CaseKey one, CaseKey other) {
        return one.toBuilder().inPlace(other.inPlace()).build().equals(other);
    }

    /** Bandwidths belong to the time that is shown. */
    private double rate(CaseResult result, double slowest, CaseNotes notes) {
        double shown = time.of(notes.rankTimesUs(), result.timeUs());
        return shown > 0 ? slowest * result.timeUs() / shown : 0;
    }

    private String half(CaseResult result, CaseNotes notes) {
        String wrong = result.wrong().isPresent() ? CNumbers.general(result.wrong().getAsLong()) : "N/A";
        return "  %7s  %6s  %6s  %6s".formatted(
                CNumbers.fitted(time.of(notes.rankTimesUs(), result.timeUs()), TIME_WIDTH),
                CNumbers.fitted(rate(result, result.algbwGBs().orElse(0), notes), RATE_WIDTH),
                CNumbers.fitted(rate(result, result.busbwGBs().orElse(0), notes), RATE_WIDTH),
                wrong);
    }

    private static String absent() {
        return "  %7s  %6s  %6s  %6s".formatted("N/A", "N/A", "N/A", "N/A");
    }

    private void line(CaseResult result, String left, String right) {
        CaseKey key = result.key();
        String type = TYPES.getOrDefault(key.type(), key.type());
        String line = "%12d  %12d  %8s  %6s  %6s".formatted(key.bytes(), result.count(), type, key.op(),
                "%6s".formatted(key.root().text())) + left + right;
        out.println(line + clock.map(now -> "%21s".formatted(now.now())).orElse(""));
        out.flush();
    }

    /** A row whose other half does not exist: not every algorithm takes every call in place. */
    private void endRow() {
        if (outOfPlace != null) {
            line(outOfPlace.result(), outOfPlace.text(), absent());
            outOfPlace = null;
        }
    }

    private void endTest() {
        if (facts == null) {
            return;
        }
        endRow();
        out.println(
                "# %-20s : %d %s".formatted("Out of bounds values", wrongHalves, wrongHalves == 0 ? "OK" : "FAILED"));
        out.println("# %-20s : %s ".formatted("Avg bus bandwidth",
                CNumbers.general(halves == 0 ? 0 : busBandwidths / halves)));
        out.println("#");
        out.println("# Collective test concluded: " + test());
        out.println("#");
        out.println();
        wrongHalves = 0;
        halves = 0;
        busBandwidths = 0;
    }

    @Override
    public void end(Run run, SampleSource samples) {
        endTest();
        out.flush();
    }
}
