package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.fabricmark.results.compare.Ratio.Basis;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.select.Key;
import org.fabricmark.results.select.LabelOrder;
import org.fabricmark.results.stats.GeometricMean;

/** Puts cells into tables, and divides. */
final class GridBuilder {
    private static final String BYTES = "bytes";

    private final Layout layout;
    private final LabelOrder order;
    private final List<Key> columns;

    private GridBuilder(List<Cell> cells, Layout layout, LabelOrder order, Optional<List<String>> base) {
        this.layout = layout;
        this.order = order;
        columns = columns(cells, base);
    }

    static List<Grid> grids(List<Cell> cells, Layout layout, LabelOrder order, Optional<List<String>> base) {
        GridBuilder builder = new GridBuilder(cells, layout, order, base);
        Map<Key, List<Cell>> tables = group(cells, layout.tables());
        return tables.keySet().stream().sorted(order).map(table -> builder.grid(table, tables.get(table))).toList();
    }

    /** Geometric means over all tables, of each column but the base, for each measure that it has. */
    static List<ColumnMean> means(List<Grid> grids) {
        SequencedMap<Key, SortedMap<Measure, List<ColumnMean>>> columns = new LinkedHashMap<>();
        grids.stream().flatMap(grid -> grid.columns().stream().skip(1)).distinct()
                .forEach(column -> columns.put(column, new TreeMap<>()));
        grids.stream().flatMap(grid -> grid.means().stream()).forEach(mean -> columns.get(mean.column())
                .computeIfAbsent(mean.measure(), first -> new ArrayList<>()).add(mean));
        List<ColumnMean> all = new ArrayList<>();
        columns.forEach((column, byMeasure) -> byMeasure.forEach((measure, means) -> {
            double[] ratios = grids.stream().filter(grid -> grid.columns().contains(column))
                    .flatMap(grid -> grid.column(grid.columns().indexOf(column)).stream())
                    .filter(place -> place.measure().equals(Optional.of(measure))).map(Place::ratio)
                    .flatMap(Optional::stream).mapToDouble(Ratio::value).toArray();
            all.add(new ColumnMean(column, measure, ratios.length == 0 ? OptionalDouble.empty()
                    : OptionalDouble.of(GeometricMean.of(ratios)), ratios.length,
                    means.stream().mapToInt(ColumnMean::leftOut).sum()));
        }));
        return List.copyOf(all);
    }

    private List<Key> columns(List<Cell> cells, Optional<List<String>> base) {
        List<Key> sorted = new ArrayList<>(group(cells, layout.columns()).keySet().stream().sorted(order).toList());
        base.ifPresent(texts -> {
            Key first = new Key(layout.columns(), texts);
            if (!sorted.remove(first)) {
                throw new IllegalArgumentException("no column '" + first + "' to be the base; there are: "
                        + sorted.stream().map(Key::toString).collect(Collectors.joining(", ")));
            }
            sorted.addFirst(first);
        });
        return sorted;
    }

    private static SequencedMap<Key, List<Cell>> group(List<Cell> cells, List<String> labels) {
        return cells.stream().collect(Collectors.groupingBy(cell -> Key.of(cell, labels), LinkedHashMap::new,
                Collectors.toList()));
    }

    private Grid grid(Key table, List<Cell> cells) {
        Map<Key, List<Cell>> byRow = group(cells, layout.rows());
        Map<Key, List<Cell>> byColumn = group(cells, layout.columns());
        List<Key> rows = byRow.keySet().stream().sorted(order).toList();
        List<Key> present = columns.stream().filter(column -> column.equals(columns.getFirst())
                || byColumn.containsKey(column)).toList();
        List<List<Place>> places = new ArrayList<>();
        for (Key row : rows) {
            Map<Key, List<Cell>> inRow = group(byRow.get(row), layout.columns());
            List<Cell> base = chosen(inRow.getOrDefault(present.getFirst(), List.of()));
            places.add(present.stream().map(column -> column.equals(present.getFirst())
                    ? Place.of(base, Optional.empty())
                    : place(base, chosen(inRow.getOrDefault(column, List.of())))).toList());
        }
        Grid grid = new Grid(table, rows, present, places, List.of(), List.of());
        List<ColumnMean> means = new ArrayList<>();
        List<Crossover> crossovers = new ArrayList<>();
        for (int column = 1; column < present.size(); column++) {
            means.addAll(ColumnMean.of(present.get(column), grid.column(0), grid.column(column)));
            crossovers.addAll(crossovers(grid, column));
        }
        return new Grid(table, rows, present, places, means, crossovers);
    }

    /** Where a question asks for the best, the fastest of those that differ in nothing else. */
    private List<Cell> chosen(List<Cell> cells) {
        if (layout.best().isEmpty()) {
            return cells;
        }
        Map<Key, List<Cell>> same = cells.stream().collect(Collectors.groupingBy(layout::match, LinkedHashMap::new,
                Collectors.toList()));
        return same.values().stream().map(alike -> Place.fastest(layout.best().contains(CasePart.ALGORITHM.key())
                ? alike.stream().filter(cell -> Conditions.takesPart(cell, alike)).toList()
                : alike)).toList();
    }

    private Place place(List<Cell> base, List<Cell> cells) {
        Map<Key, Cell> others = new LinkedHashMap<>();
        base.forEach(cell -> others.put(layout.match(cell), cell));
        List<Ratio> ratios = cells.stream().flatMap(cell -> Optional.ofNullable(others.get(layout.match(cell)))
                .flatMap(other -> Ratio.of(other, cell)).stream()).toList();
        boolean wrong = Stream.concat(base.stream(), cells.stream()).anyMatch(cell -> cell.result().isWrong());
        return Place.of(cells, wrong ? Optional.empty() : ratio(ratios, base.size() == 1 && cells.size() == 1));
    }

    private static Optional<Ratio> ratio(List<Ratio> ratios, boolean single) {
        if (ratios.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(single ? ratios.getFirst()
                : new Ratio(GeometricMean.of(ratios.stream().mapToDouble(Ratio::value).toArray()), Optional.empty(),
                        Basis.NONE, OptionalDouble.empty(), ratios.stream().allMatch(Ratio::sameRegime)));
    }

    /** Rows that differ in size only are a sweep. */
    private List<Crossover> crossovers(Grid grid, int column) {
        int size = layout.rows().indexOf(BYTES);
        if (size < 0) {
            return List.of();
        }
        Map<Key, List<Integer>> sweeps = new LinkedHashMap<>();
        for (int row = 0; row < grid.rows().size(); row++) {
            sweeps.computeIfAbsent(without(grid.rows().get(row), size), key -> new ArrayList<>()).add(row);
        }
        List<Crossover> crossovers = new ArrayList<>();
        sweeps.forEach((key, rows) -> {
            List<Integer> divided = rows.stream().filter(row -> bytes(grid, row, size) > 0
                    && grid.at(row, column).ratio().isPresent())
                    .sorted(Comparator.comparingLong(row -> bytes(grid, row, size))).toList();
            crossovers.addAll(new RatioSweep(divided.stream().map(row -> (double) bytes(grid, row, size)).toList(),
                    divided.stream().map(row -> grid.at(row, column).ratio().orElseThrow()).toList())
                    .crossovers(key, grid.columns().getFirst(), grid.columns().get(column)));
        });
        return crossovers;
    }

    private static Key without(Key key, int index) {
        List<String> labels = new ArrayList<>(key.labels());
        List<String> texts = new ArrayList<>(key.texts());
        labels.remove(index);
        texts.remove(index);
        return new Key(labels, texts);
    }

    private static long bytes(Grid grid, int row, int index) {
        return Long.parseLong(grid.rows().get(row).texts().get(index));
    }
}
