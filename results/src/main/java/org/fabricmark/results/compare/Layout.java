package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.Labels;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.select.Key;

/**
 * Where cells go, and what becomes of the labels that nobody asked about. A label that varies and makes neither rows nor
 * columns makes tables, unless the question names the tables; then it is hidden, which is reported. What never gets mixed
 * ({@link #NEVER_MIXED}) makes tables all the same. A label of <em>how</em> something was computed ({@link #WAYS}) that has one text in each column goes with the column:
 * that is what the columns differ in.
 *
 * @param rows labels of rows
 * @param columns labels of columns
 * @param tables labels of tables
 * @param best labels over which the fastest stands for all
 * @param added labels of tables that the question did not name
 * @param hidden labels that vary within places, with their texts
 * @param withColumn labels that differ from column to column, with a text for each column
 */
public record Layout(List<String> rows, List<String> columns, List<String> tables, List<String> best,
        List<String> added, SequencedMap<String, List<String>> hidden,
        SequencedMap<String, SequencedMap<String, String>> withColumn) {
    /** Times under different ones of these are different quantities. */
    public static final Set<String> NEVER_MIXED =
            Set.of("primitive", "collective", "memory", "cadence", "buffers", "arrival");
    /** How something was computed, which may be what is compared; all other parts say what was computed. */
    public static final Set<String> WAYS = Set.of("algorithm", "transport", "launch", "placement", "tx_depth",
            "qps", "inline", "cq_mod", "post_list");

    static Layout of(Question question, List<Cell> cells) {
        Set<String> used = new LinkedHashSet<>(question.rows());
        used.addAll(question.columns());
        used.addAll(question.best());
        SequencedMap<String, SequencedMap<String, String>> withColumn = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        labels().filter(label -> !used.contains(label) && texts(cells, label).size() > 1
                && !followsFromCollective(cells, label)).forEach(label -> {
                    SequencedMap<String, String> byColumn =
                            WAYS.contains(label) ? byColumn(cells, label, question.columns())
                                    : new LinkedHashMap<>();
                    if (byColumn.isEmpty()) {
                        if (!followsFromPrimitive(cells, label)) {
                            rest.add(label);
                        }
                    } else {
                        withColumn.put(label, byColumn);
                    }
                });
        List<String> asked = question.tables().orElse(rest);
        List<String> added = rest.stream().filter(label -> !asked.contains(label) && NEVER_MIXED.contains(label))
                .toList();
        SequencedMap<String, List<String>> hidden = new LinkedHashMap<>();
        rest.stream().filter(label -> !asked.contains(label) && !added.contains(label))
                .forEach(label -> hidden.put(label, List.copyOf(texts(cells, label))));
        asked.forEach(withColumn::remove);
        return new Layout(question.rows(), question.columns(), Stream.concat(asked.stream(), added.stream()).toList(),
                question.best(), added, hidden, withColumn);
    }

    /** What identifies a cell: the parts of its case, and its run. */
    private static Stream<String> labels() {
        return Stream.concat(Stream.of(CasePart.values()).map(CasePart::key), Stream.of(Labels.RUN));
    }

    /** An all-gather has no operation, which is nothing that needs to be said beside that it is an all-gather. */
    private static boolean followsFromCollective(List<Cell> cells, String label) {
        return (label.equals(CasePart.OP.key()) || label.equals(CasePart.ROOT.key()))
                && !byColumn(cells, label, List.of(CasePart.COLLECTIVE.key())).isEmpty();
    }

    /** A latency has no depth, and no primitive has an element type, which needs not be said beside its name. */
    private static boolean followsFromPrimitive(List<Cell> cells, String label) {
        boolean queueing = CasePart.QUEUEING.stream().anyMatch(part -> part.key().equals(label));
        if (queueing) {
            return !byColumn(cells, label, List.of(CasePart.PRIMITIVE.key())).isEmpty();
        }
        List<Cell> collectives = cells.stream().filter(cell -> !cell.key().isPrimitive()).toList();
        return CasePart.named(label).filter(part -> part != CasePart.COLLECTIVE && !part.isOf(true)).isPresent()
                && collectives.size() < cells.size()
                && texts(collectives, label).size() <= 1;
    }

    private static SequencedSet<String> texts(Collection<Cell> cells, String label) {
        SequencedSet<String> texts = new LinkedHashSet<>();
        cells.forEach(cell -> texts.add(cell.text(label)));
        return texts;
    }

    /** The text of {@code label} in each column; empty if there is a column with several. */
    private static SequencedMap<String, String> byColumn(List<Cell> cells, String label, List<String> columns) {
        SequencedMap<String, String> byColumn = new LinkedHashMap<>();
        for (Cell cell : cells) {
            String text = cell.text(label);
            if (!text.equals(byColumn.merge(Key.of(cell, columns).toString(), text, (first, next) -> first))) {
                return new LinkedHashMap<>();
            }
        }
        return byColumn;
    }

    /** Labels of tables of which no two columns have a text in common, with what each column has: why nothing is comparable. */
    public List<String> apart(List<Cell> cells) {
        List<String> apart = new ArrayList<>();
        for (String label : tables) {
            SequencedMap<String, SequencedSet<String>> texts = new LinkedHashMap<>();
            cells.forEach(cell -> texts.computeIfAbsent(Key.of(cell, columns).toString(),
                    column -> new LinkedHashSet<>()).add(cell.text(label)));
            long all = texts.values().stream().mapToLong(Collection::size).sum();
            if (all == texts.values().stream().flatMap(Collection::stream).distinct().count()) {
                apart.add(label + " is " + texts.entrySet().stream()
                        .map(entry -> String.join(" and ", entry.getValue()) + " in " + entry.getKey())
                        .collect(Collectors.joining(", ")));
            }
        }
        return apart;
    }

    /** What two cells of different columns must have in common to be divided by each other. */
    Key match(Cell cell) {
        return Key.of(cell, labels().filter(label -> !columns.contains(label) && !best.contains(label)
                && !withColumn.containsKey(label)).toList());
    }
}
