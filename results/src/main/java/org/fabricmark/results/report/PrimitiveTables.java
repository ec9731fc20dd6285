package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.PrimitiveFigures;
import org.fabricmark.results.report.Table.Head;
import org.fabricmark.results.report.Table.Row;

/**
 * A table of one primitive over one transport, a row for each size, in the words of perftest: latencies have times, streams
 * have bandwidth and messages a second, and neither has a limit.
 */
final class PrimitiveTables {
    private static final String US = "µs";

    private final List<Map<CaseKey, CaseResult>> runs;
    private final Measure measure;

    private PrimitiveTables(List<Map<CaseKey, CaseResult>> runs, Measure measure) {
        this.runs = runs;
        this.measure = measure;
    }

    /**
     * The table.
     *
     * @param group what all rows have in common
     * @param members its cases
     * @param runs results by case, of each run
     */
    static Table table(CaseKey group, List<CaseKey> members, List<Map<CaseKey, CaseResult>> runs) {
        Measure measure = runs.stream().map(run -> run.get(members.getFirst())).filter(cell -> cell != null).findFirst()
                .orElseThrow().measure();
        PrimitiveTables tables = new PrimitiveTables(runs, measure);
        List<Head> heads = new ArrayList<>(List.of(Head.numbers("size", "B")));
        if (runs.size() == 1) {
            heads.addAll(tables.fullHeads());
        } else {
            for (int run = 0; run < runs.size(); run++) {
                heads.addAll(tables.sideHeads(run));
            }
        }
        return new Table(CaseWords.ofTable(group), heads, members.stream()
                .sorted(Comparator.comparingLong(CaseKey::bytes)).map(tables::row).toList());
    }

    private List<Head> fullHeads() {
        List<Head> heads = new ArrayList<>();
        if (measure == Measure.LATENCY) {
            heads.addAll(List.of(Head.numbers("t_typical", US), Head.numbers("t_avg", US), Head.numbers("t_stdev", US),
                    Head.numbers("99%", US), Head.numbers("99.9%", US), Head.numbers("t_min", US),
                    Head.numbers("t_max", US), Head.numbers("x reference", "")));
        } else {
            heads.addAll(List.of(Head.numbers("BW average", "GB/s"), Head.numbers("BW peak", "GB/s"),
                    Head.numbers("MsgRate", "Mpps"), Head.numbers("a message", US),
                    Head.numbers("% of reference", "")));
        }
        heads.addAll(List.of(Head.words("reference"), Head.numbers("reference", US), Head.words("inline"),
                Head.numbers("cq-mod", ""), Head.numbers("iterations", ""), Head.numbers("batch", ""),
                Head.numbers("exchange", "ns"), Head.numbers("wrong", ""), Head.words("")));
        return heads;
    }

    private List<Head> sideHeads(int run) {
        String letter = RunNames.letter(run);
        String unit = measure == Measure.LATENCY ? US : measure.unit();
        List<Head> heads = new ArrayList<>();
        heads.add(Head.numbers(letter + " " + name(), unit).beginningRun());
        heads.add(Head.numbers(letter + " wrong", ""));
        heads.add(Head.words(""));
        if (run > 0) {
            heads.add(Head.numbers(letter + "/" + RunNames.letter(0) + " " + name(), ""));
        }
        return heads;
    }

    private String name() {
        return switch (measure) {
            case CALL, LATENCY -> "time";
            case BANDWIDTH -> "BW";
            case RATE -> "MsgRate";
        };
    }

    private Row row(CaseKey key) {
        List<Optional<CaseResult>> found = runs.stream().map(each -> Optional.ofNullable(each.get(key))).toList();
        List<String> texts = new ArrayList<>(List.of(Long.toString(key.bytes())));
        if (runs.size() == 1) {
            texts.addAll(full(found.getFirst().orElseThrow()));
        } else {
            for (int run = 0; run < runs.size(); run++) {
                Optional<CaseResult> cell = found.get(run);
                texts.addAll(cell.map(known -> List.of(Figures.of(known.figure()), CellTables.wrong(known),
                        CellTables.marks(known))).orElse(List.of(Figures.ABSENT, Figures.ABSENT, "")));
                if (run > 0) {
                    texts.add(CellTables.ratio(cell, found.getFirst()));
                }
            }
        }
        boolean wrong = found.stream().flatMap(Optional::stream).anyMatch(CaseResult::isWrong);
        return new Row(texts, wrong ? Row.WRONG : Row.PLAIN);
    }

    private List<String> full(CaseResult cell) {
        PrimitiveFigures figures = cell.primitive().orElseThrow();
        List<String> texts = new ArrayList<>();
        if (measure == Measure.LATENCY) {
            texts.addAll(List.of(Figures.of(cell.timeUs()), Figures.of(figures.averageUs()),
                    Figures.of(figures.deviationUs()), Figures.of(cell.p99Us()), Figures.of(figures.p999Us()),
                    Figures.of(cell.minUs()), Figures.of(cell.maxUs()), Figures.of(times(cell, figures))));
        } else {
            texts.addAll(List.of(Figures.of(cell.algbwGBs()), Figures.of(peak(cell)),
                    Figures.of(Measure.RATE.figure(cell.timeUs(), 1)), Figures.of(cell.timeUs()),
                    Figures.percent(share(cell, figures))));
        }
        texts.addAll(List.of(figures.reference(), Figures.of(figures.referenceUs()),
                figures.inlined().orElse(Figures.ABSENT),
                figures.signalEvery().isPresent() ? Long.toString(figures.signalEvery().getAsLong()) : Figures.ABSENT,
                Long.toString(cell.calls()), Long.toString(cell.batch()), Figures.of(cell.exchangeNs()),
                CellTables.wrong(cell), CellTables.marks(cell)));
        return texts;
    }

    private static OptionalDouble times(CaseResult cell, PrimitiveFigures figures) {
        double reference = figures.referenceUs().orElse(0);
        return reference > 0 ? OptionalDouble.of(cell.timeUs() / reference) : OptionalDouble.empty();
    }

    private static OptionalDouble share(CaseResult cell, PrimitiveFigures figures) {
        return figures.referenceUs().isPresent() && cell.timeUs() > 0
                ? OptionalDouble.of(figures.referenceUs().getAsDouble() / cell.timeUs())
                : OptionalDouble.empty();
    }

    private static OptionalDouble peak(CaseResult cell) {
        double shortest = cell.minUs().orElse(0);
        return shortest > 0 ? OptionalDouble.of(Measure.BANDWIDTH.figure(shortest, cell.key().bytes()))
                : OptionalDouble.empty();
    }
}
