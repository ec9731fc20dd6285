package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.fabricmark.bench.cli.argument.ByteSize;
import org.fabricmark.bench.cli.argument.OverRanks;
import org.fabricmark.bench.cli.argument.Percentiles;
import org.fabricmark.bench.cli.console.Columns;
import org.fabricmark.bench.harness.BufferRing;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.Footer;
import org.fabricmark.bench.harness.LastLevelCache;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.fabricmark.transport.RegistrationCounters;

/** Tables for people: a header that says once what every number means, rows as they come, a footer below each table. */
final class TablePrinter implements RowPrinter {
    private static final String RED = "\033[31m";
    private static final String YELLOW = "\033[33m";
    private static final String PLAIN = "\033[0m";
    private static final int MAX_SHARE = 100;
    private static final double MIB = 1 << 20;

    private final PrintWriter out;
    private final boolean color;
    private final OverRanks time;
    private final Optional<Clock> clock;
    private final List<String> header;
    private final int algorithmWidth;
    private final Extent extent;
    private final List<Footer.Row> rows = new ArrayList<>();
    private Columns columns;
    private TableFacts facts;
    private boolean overlap;

    /** Tells the time of day for rows. */
    interface Clock {
        /** A short text of fixed length. */
        String now();
    }

    /**
     * Which columns there are besides those that every table has.
     *
     * @param percentiles of the time of calls
     * @param full whether everything that is stored of a case is shown
     */
    record Extent(Percentiles percentiles, boolean full) {
        /** What is shown when nothing is said. */
        static final Extent DEFAULT = new Extent(Percentiles.DEFAULT, false);
    }

    /**
     * @param out where to
     * @param color whether warnings have colours
     * @param time whose time is shown
     * @param header printed once, before the first table
     * @param algorithmWidth letters of the longest name in the column of algorithms
     * @param extent which columns
     * @param clock for a column with the time of day, if there is to be one
     */
    TablePrinter(PrintWriter out, boolean color, OverRanks time, List<String> header, int algorithmWidth,
            Extent extent, Optional<Clock> clock) {
        this.out = out;
        this.color = color;
        this.time = time;
        this.header = header;
        this.algorithmWidth = algorithmWidth;
        this.extent = extent;
        this.clock = clock;
    }

    /** Adds the columns of overlap, before the first table. */
    TablePrinter withOverlap() {
        overlap = true;
        return this;
    }

    @Override
    public void table(TableFacts next) {
        if (facts == null) {
            header.forEach(out::println);
            if (overlap) {
                OverlapColumns.header().forEach(out::println);
            }
        }
        footer();
        rows.clear();
        facts = next;
        columns = new Columns();
        clock.ifPresent(now -> columns.words("at", now.now().length()));
        columns.numbers("size", "B", 9).numbers("count", "", 9).words("type", 8).words("op", 4);
        if (facts.collective().rooted()) {
            columns.numbers("root", "", 6);
        }
        columns.words("algorithm", algorithmWidth).words("place", 5).numbers("time", "us", 8);
        extent.percentiles().values().forEach(value -> columns.numbers("p" + Percentiles.text(value), "us", 8));
        columns.numbers("algbw", "GB/s", 7).numbers("busbw", "GB/s", 7).numbers("%limit", "", 6);
        if (overlap) {
            OverlapColumns.addTo(columns);
        }
        columns.numbers("wrong", "", 5);
        if (extent.full()) {
            columns.numbers("min", "us", 8).numbers("max", "us", 8).numbers("skew", "us", 8).numbers("first", "us", 8)
                    .numbers("limit", "us", 8).numbers("exchange", "ns", 8).numbers("calls", "", 9)
                    .numbers("batch", "", 5);
        }
        columns.words("", 2);
        out.println();
        out.println("%s over %s, %d %s as %s on %d cores that %s while they wait; %s%s%s".formatted(
                facts.collective().label(), facts.transport(), facts.ranks(), facts.ranks() == 1 ? "rank" : "ranks",
                facts.conditions().launch(),
                facts.cores(),
                facts.waiting(), facts.kernels(),
                facts.conditions().words().isEmpty() ? "" : "; " + String.join(", ", facts.conditions().words()),
                facts.repetition() > 1 ? "; repetition " + facts.repetition() : ""));
        if (facts.oversubscribed()) {
            out.println(colored(YELLOW, "more ranks than cores: rows marked " + Flag.OVERSUBSCRIBED.mark()
                    + " measure the operating system's scheduler too"));
        }
        out.println(columns.names());
        out.println(columns.units());
        out.flush();
    }

    @Override
    public void row(CaseResult result, CaseNotes notes) {
        rows.add(new Footer.Row(result, notes));
        CaseKey key = result.key();
        double shown = time.of(notes.rankTimesUs(), result.timeUs());
        List<String> cells = new ArrayList<>();
        clock.ifPresent(now -> cells.add(now.now()));
        cells.addAll(List.of(Long.toString(key.bytes()), Long.toString(result.count()), key.type(), key.op()));
        if (facts.collective().rooted()) {
            cells.add(key.root().text());
        }
        cells.addAll(List.of(algorithm(result), key.inPlace() ? "in" : "out", Figures.of(shown)));
        extent.percentiles().values()
                .forEach(value -> cells.add(Figures.of(notes.times().percentile(value.doubleValue()))));
        cells.addAll(List.of(Figures.of(result.algbwGBs()), Figures.of(result.busbwGBs()), limitShare(result)));
        if (overlap) {
            cells.addAll(OverlapColumns.cells(result.overlap()));
        }
        cells.add(result.wrong().isPresent() ? Long.toString(result.wrong().getAsLong()) : Figures.ABSENT);
        if (extent.full()) {
            cells.addAll(List.of(Figures.of(result.minUs()), Figures.of(result.maxUs()), Figures.of(result.skewUs()),
                    Figures.of(result.firstUs()), Figures.of(result.limitUs()), Figures.of(result.exchangeNs()),
                    Long.toString(result.calls()), Long.toString(result.batch())));
        }
        cells.add(marks(result));
        String line = columns.line(cells);
        out.println(result.isWrong() ? colored(RED, line) : line);
        out.flush();
    }

    private static String algorithm(CaseResult result) {
        return algorithm(result.key().algorithm(), result.algorithmSelected());
    }

    /** What the column of algorithms says of an algorithm that was asked for and one that ran. */
    static String algorithm(String requested, String ran) {
        return requested.equals(CaseKey.AUTO) ? CaseKey.AUTO + ":" + ran : ran;
    }

    /** A share above 100 % means that the machine got faster between probe and case; it is shown as measured. */
    private static String limitShare(CaseResult result) {
        return Figures.percent(result.limitShare());
    }

    private static String marks(CaseResult result) {
        StringBuilder marks = new StringBuilder();
        for (Flag flag : Flag.values()) {
            if (result.flags().has(flag)) {
                marks.append(flag.mark());
            }
        }
        return marks.toString();
    }

    @Override
    public void end(Run run, SampleSource samples) {
        footer();
        out.flush();
    }

    private void footer() {
        if (rows.isEmpty()) {
            return;
        }
        Footer footer = Footer.of(rows);
        line("smallest size", "%d B in %s us (%s)".formatted(footer.smallest().key().bytes(),
                Figures.of(footer.smallest().timeUs()), rowName(footer.smallest())));
        footer.peak().ifPresent(peak -> {
            line("peak busbw", "%s GB/s at %s (%s)".formatted(Figures.of(peak.busbwGBs()),
                    ByteSize.format(peak.key().bytes()), rowName(peak)));
            footer.halfPeakBytes().ifPresent(bytes -> line("half of that", "from " + ByteSize.format(bytes) + " on"));
        });
        footer.slowestRank().ifPresent(rank -> line("slowest rank", "rank %d: last in %.0f %% of the samples"
                .formatted(rank, footer.slowestShare().orElse(0) * MAX_SHARE)));
        if (rows.stream().anyMatch(row -> row.result().limitUs().isPresent())) {
            boolean sockets = rows.stream().map(row -> row.notes().bound()).anyMatch(
                    bound -> bound == CaseNotes.Bound.SOCKET_EXCHANGE || bound == CaseNotes.Bound.SOCKET_STREAM);
            String exchange =
                    (sockets ? CaseNotes.Bound.SOCKET_EXCHANGE : CaseNotes.Bound.EXCHANGE).label();
            String traffic = (sockets ? CaseNotes.Bound.SOCKET_STREAM : CaseNotes.Bound.MEMORY).label();
            line("limit", footer.trafficFrom().isPresent()
                    ? traffic + " from " + ByteSize.format(footer.trafficFrom().getAsLong()) + " on, " + exchange
                            + " below"
                    : exchange + " at every size");
        }
        registrationAndRing();
        if (rows.stream().anyMatch(row -> row.notes().barrierAfterCall())) {
            line("barrier",
                    "after each call and in its time, because the call lets ranks leave before others have entered");
        }
        if (rows.stream().anyMatch(row -> row.result().flags().has(Flag.MACHINE_CHANGED))) {
            line(Flag.MACHINE_CHANGED.mark() + " rows",
                    "the machine changed while they were measured, or kept two ranks on one core");
        }
    }

    private void registrationAndRing() {
        line("registration", "%s MiB of windows on each rank in %s ms, once for all tables of these ranks".formatted(
                Figures.of(facts.registration().bytes() / MIB), Figures.of(facts.registration().micros() / 1e3)));
        RegistrationCounters registered = rows.stream().map(row -> row.notes().registrations())
                .reduce(RegistrationCounters.NONE, RegistrationCounters::plus);
        if (registered.lookups() + registered.refusals() > 0) {
            line("registered", RegistrationText.words(registered,
                    rows.stream().mapToLong(row -> row.notes().registrations().bytes()).max().orElse(0)));
        }
        int most = places().max().orElse(1);
        if (most > 1) {
            line("ring", "from %d to %d buffers".formatted(places().min().orElse(1), most)
                    + (most == BufferRing.MOST_PLACES
                            ? "; where it is %d, they do not fill twice the last-level cache, %s".formatted(most,
                                    ByteSize.format(LastLevelCache.twice()))
                            : ""));
        }
    }

    private IntStream places() {
        return rows.stream().mapToInt(row -> row.notes().places());
    }

    private static String rowName(CaseResult result) {
        return algorithm(result) + (result.key().inPlace() ? ", in place" : ", out of place");
    }

    private void line(String name, String text) {
        out.println("  %-14s %s".formatted(name, text));
    }

    private String colored(String code, String text) {
        return color ? code + text + PLAIN : text;
    }
}
