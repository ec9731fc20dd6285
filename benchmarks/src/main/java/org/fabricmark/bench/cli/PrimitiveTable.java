package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cli.console.Columns;
import org.fabricmark.bench.cli.console.Tone;
import org.fabricmark.bench.primitive.sweep.PrimitiveRow;
import org.fabricmark.bench.primitive.sweep.PrimitiveRow.Queueing;
import org.fabricmark.bench.primitive.sweep.PrimitiveTest;
import org.fabricmark.bench.primitive.sweep.Reference;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.Flag;

/** Tables for people who know perftest: its columns by its words, and what else is needed to read them. */
final class PrimitiveTable implements PrimitivePrinter {
    private static final double NANOS = 1e3;
    private static final String MODELLED = "m";

    private final PrintWriter out;
    private final boolean color;
    private final List<String> header;
    private final int transportWidth;
    private Columns columns;
    private PrimitiveTest test;

    /**
     * @param header printed once, before the first table
     * @param transportWidth letters of the longest transport with its options
     */
    PrimitiveTable(PrintWriter out, boolean color, List<String> header, int transportWidth) {
        this.out = out;
        this.color = color;
        this.header = header;
        this.transportWidth = transportWidth;
    }

    @Override
    public void table(PrimitiveTest next) {
        if (test == null) {
            header.forEach(out::println);
        }
        test = next;
        columns = new Columns();
        columns.words("transport", transportWidth).words("launch", 9).numbers("#bytes", "B", 8)
                .numbers("#iterations", "", 11);
        if (test.streams()) {
            columns.numbers("BW peak", "MB/s", 9).numbers("BW average", "MB/s", 10).numbers("BW average", "GB/s", 10)
                    .numbers("MsgRate", "Mpps", 8);
            if (test.reference() == Reference.COPY) {
                columns.numbers("%copy", "", 5);
            }
        } else {
            columns.numbers("t_min", "us", 7).numbers("t_max", "us", 7).numbers("t_typical", "us", 9)
                    .numbers("t_avg", "us", 7).numbers("t_stdev", "us", 7).numbers("99%", "us", 7)
                    .numbers("99.9%", "us", 7).numbers(line(), "", 6);
        }
        if (test.verbs().isPresent()) {
            columns.words("inline", 6).numbers("cq-mod", "", 6);
            if (test.streams()) {
                columns.numbers("tx-depth", "", 8).numbers("qps", "", 4).numbers("post-list", "", 9);
            }
        }
        columns.numbers("batch", "", 6).numbers("wrong", "", 5).words("", 2);
        out.println();
        out.println(test.label() + ": " + test.meaning());
        out.println(columns.names());
        out.println(columns.units());
        out.flush();
    }

    private String line() {
        return test.reference() == Reference.ROUND_TRIP ? "x line rt" : "x line";
    }

    @Override
    public void row(PrimitiveRow row) {
        List<String> cells = new ArrayList<>(List.of(row.transport().toString(),
                row.processes() ? Conditions.PROCESSES : Conditions.THREADS, Long.toString(row.bytes()),
                Long.toString(row.times().operations())));
        if (test.streams()) {
            cells.addAll(List.of(Figures.of(row.peakMBs()), Figures.of(row.averageMBs()), Figures.of(row.averageGBs()),
                    Figures.of(row.rateMpps())));
            if (test.reference() == Reference.COPY) {
                cells.add(Figures.percent(row.ratio()));
            }
        } else {
            cells.addAll(List.of(us(row.times().minNs()), us(row.times().maxNs()), us(row.times().typicalNs()),
                    us(row.times().averageNs()), us(row.times().deviationNs()),
                    row.times().p99Ns().isPresent() ? us(row.times().p99Ns().getAsDouble()) : Figures.ABSENT,
                    row.times().p999Ns().isPresent() ? us(row.times().p999Ns().getAsDouble()) : Figures.ABSENT,
                    Figures.of(row.ratio())));
        }
        row.queueing().ifPresent(queueing -> add(queueing, cells));
        cells.addAll(List.of(Long.toString(row.times().batch()), Long.toString(row.wrong()), marks(row)));
        String line = columns.line(cells);
        out.println(row.wrong() > 0 ? Tone.BAD.paint(line, color) : line);
        out.flush();
    }

    private void add(Queueing queueing, List<String> cells) {
        cells.addAll(List.of(queueing.inline() ? "yes" : "no", Integer.toString(queueing.signalEvery())));
        if (test.streams()) {
            cells.addAll(List.of(Integer.toString(queueing.depth()), Integer.toString(queueing.pairs()),
                    Integer.toString(queueing.postList())));
        }
    }

    private static String marks(PrimitiveRow row) {
        boolean modelled = row.fabric().filter(fabric -> fabric.modelled()).isPresent();
        return (row.changed() ? Flag.MACHINE_CHANGED.mark() : "") + (modelled ? MODELLED : "");
    }

    private static String us(double nanos) {
        return Figures.of(nanos / NANOS);
    }

    @Override
    public void end() {
        out.flush();
    }
}
