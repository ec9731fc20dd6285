package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

import org.apache.commons.csv.CSVFormat;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.stats.Estimate;

/**
 * The tables of a comparison as CSV: a line for each place in which something was measured. An absent number is an empty
 * field; a place with wrong data has no time.
 */
public final class ComparisonCsv {
    private static final CSVFormat LINES = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    private static final List<String> NUMBERS = List.of("base", "cells", "wrong", "time_us", "ratio", "low", "high",
            "confidence", "basis", "p", "same_regime", "figure", "unit");

    private ComparisonCsv() {}

    /** The header line and all others. */
    public static String text(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        Layout layout = comparison.layout();
        List<String> header = new ArrayList<>(layout.tables());
        header.addAll(layout.rows());
        header.addAll(layout.columns());
        layout.best().forEach(label -> header.add("best_" + label));
        header.addAll(NUMBERS);
        line(text, header);
        for (Grid grid : comparison.grids()) {
            for (int row = 0; row < grid.rows().size(); row++) {
                for (int column = 0; column < grid.columns().size(); column++) {
                    if (!grid.at(row, column).isAbsent()) {
                        line(text, fields(layout, grid, row, column));
                    }
                }
            }
        }
        return text.toString();
    }

    private static List<String> fields(Layout layout, Grid grid, int row, int column) {
        Place place = grid.at(row, column);
        List<String> fields = new ArrayList<>(grid.table().texts());
        fields.addAll(grid.rows().get(row).texts());
        fields.addAll(grid.columns().get(column).texts());
        layout.best().forEach(label -> fields.add(bestText(place, label)));
        fields.add(grid.columns().getFirst().toString());
        fields.add(Integer.toString(place.cells().size()));
        fields.add(Long.toString(place.cells().stream().map(Cell::result)
                .mapToLong(result -> result.wrong().orElse(0)).sum()));
        fields.add(text(place.timeUs()));
        if (place.ratio().isEmpty()) {
            fields.addAll(List.of("", "", "", "", "", "", ""));
        } else {
            ratio(place.ratio().get(), fields);
        }
        fields.add(text(place.figure()));
        fields.add(place.measure().map(Measure::unit).orElse(""));
        return fields;
    }

    /** Of times: above 1 is slower, whatever the figure is. */
    private static void ratio(Ratio ratio, List<String> fields) {
        fields.add(Numbers.text(ratio.value()));
        fields.add(ratio.interval().map(Estimate::low).map(Numbers::text).orElse(""));
        fields.add(ratio.interval().map(Estimate::high).map(Numbers::text).orElse(""));
        fields.add(ratio.interval().map(Estimate::confidence).map(Numbers::text).orElse(""));
        fields.add(ratio.basis().label());
        fields.add(text(ratio.p()));
        fields.add(ratio.sameRegime() ? "yes" : "no");
    }

    /** What the fastest one that stands for a place is called. */
    private static String bestText(Place place, String label) {
        return String.join("+", place.cells().stream().map(cell -> cell.text(label)).distinct().toList());
    }

    private static String text(OptionalDouble number) {
        return number.isPresent() ? Numbers.text(number.getAsDouble()) : "";
    }

    private static void line(StringBuilder text, List<String> fields) {
        text.append(LINES.format(fields.toArray())).append(LINES.getRecordSeparator());
    }
}
