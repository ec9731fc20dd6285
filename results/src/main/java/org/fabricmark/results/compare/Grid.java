package org.fabricmark.results.compare;

import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.Measure;
import org.fabricmark.results.select.Key;

/**
 * One table: rows, columns, and a place for each row and column. The first column is the base.
 *
 * @param table what all of it have in common
 * @param rows names of the rows
 * @param columns names of the columns
 * @param places a list of places for each row
 * @param means geometric mean of the ratios of each column but the first
 * @param crossovers sizes from which on another column is faster than the base; empty unless rows are sizes
 */
public record Grid(Key table, List<Key> rows, List<Key> columns, List<List<Place>> places, List<ColumnMean> means,
        List<Crossover> crossovers) {
    /** Copies the lists. */
    public Grid {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        places = places.stream().map(List::copyOf).toList();
        means = List.copyOf(means);
        crossovers = List.copyOf(crossovers);
    }

    /** What is in this row and column, both from 0. */
    public Place at(int row, int column) {
        return places.get(row).get(column);
    }

    /** What a column measures; empty if that differs from row to row. */
    public Optional<Measure> measure(int column) {
        return Measures.only(column(column).stream().flatMap(place -> place.cells().stream()).toList());
    }

    /** The places of one column, from the first row to the last. */
    public List<Place> column(int column) {
        return places.stream().map(row -> row.get(column)).toList();
    }
}
