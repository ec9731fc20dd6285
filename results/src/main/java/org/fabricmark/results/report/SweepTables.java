package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.report.Table.Head;
import org.fabricmark.results.report.Table.Row;

/** The tables beside the pictures of a sweep: a row for each size, a column for each line. */
final class SweepTables {
    private SweepTables() {}

    static Table times(Sweep sweep) {
        return table(sweep.timeOf().toLowerCase(Locale.ROOT), "µs", sweep, cell -> Figures.of(cell.timeUs()));
    }

    /** Of sweeps that have a second picture. */
    static Table second(Sweep sweep) {
        return table(sweep.second().orElseThrow().toLowerCase(Locale.ROOT), sweep.secondUnit(), sweep,
                cell -> Figures.of(sweep.second(cell)));
    }

    private static Table table(String title, String unit, Sweep sweep, Function<CaseResult, String> figure) {
        List<Head> heads = new ArrayList<>(List.of(Head.numbers("size", "B")));
        sweep.lines().forEach(line -> heads.add(Head.numbers(line.name(), unit)));
        List<Row> rows = new ArrayList<>();
        for (long size : sweep.sizes()) {
            List<String> texts = new ArrayList<>(List.of(Long.toString(size)));
            for (Sweep.Line line : sweep.lines()) {
                Optional<CaseResult> cell = line.at(size);
                texts.add(cell.map(figure).orElse(Figures.ABSENT)
                        + (cell.map(CaseResult::isWrong).orElse(false) ? " wrong" : ""));
            }
            rows.add(new Row(texts, Row.PLAIN));
        }
        return new Table(title, heads, rows);
    }
}
