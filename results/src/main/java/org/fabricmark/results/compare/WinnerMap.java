package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.select.Key;
import org.fabricmark.results.select.LabelOrder;

/**
 * Sizes against numbers of ranks, and which algorithm over which transport is fastest. Wrong results do not take part, and
 * {@code auto} does not where its transport has an algorithm that was named, for then it would win against itself.
 *
 * @param conditions what all of it have in common and is not what everybody expects
 * @param sizes in bytes, ascending
 * @param ranks ascending
 * @param winners for each size one for each number of ranks; empty where nothing was measured
 */
public record WinnerMap(Key conditions, List<Long> sizes, List<Integer> ranks,
        List<List<Optional<Winner>>> winners) {
    private static final List<CasePart> AXES = List.of(CasePart.ALGORITHM, CasePart.TRANSPORT, CasePart.BYTES,
            CasePart.RANKS);

    /** Copies the lists. */
    public WinnerMap {
        sizes = List.copyOf(sizes);
        ranks = List.copyOf(ranks);
        winners = winners.stream().map(List::copyOf).toList();
    }

    /** A map for each set of conditions under which somebody has somebody to win against. */
    static List<WinnerMap> of(List<Cell> cells, LabelOrder order) {
        List<String> labels = Conditions.worthSaying(cells, AXES);
        Map<Key, List<Cell>> byConditions = cells.stream().collect(Collectors.groupingBy(
                cell -> Key.of(cell, labels), LinkedHashMap::new, Collectors.toList()));
        return byConditions.keySet().stream().sorted(order).map(key -> map(key, byConditions.get(key)))
                .filter(map -> map.winners.stream().flatMap(List::stream).flatMap(Optional::stream)
                        .anyMatch(winner -> winner.second().isPresent()))
                .toList();
    }

    private static WinnerMap map(Key conditions, List<Cell> cells) {
        List<Long> sizes = sorted(cells, cell -> cell.key().bytes());
        List<Integer> ranks = sorted(cells, cell -> cell.key().ranks());
        List<List<Optional<Winner>>> winners = new ArrayList<>();
        for (long size : sizes) {
            winners.add(ranks.stream().map(count -> winner(cells.stream()
                    .filter(cell -> cell.key().bytes() == size && cell.key().ranks() == count).toList())).toList());
        }
        return new WinnerMap(conditions, sizes, ranks, winners);
    }

    private static <T extends Comparable<T>> List<T> sorted(List<Cell> cells, Function<Cell, T> number) {
        return cells.stream().map(number).distinct().sorted().toList();
    }

    private static Optional<Winner> winner(List<Cell> cells) {
        List<Cell> ranking =
                cells.stream().filter(cell -> !cell.result().isWrong() && Conditions.takesPart(cell, cells))
                        .sorted(Comparator.comparingDouble(cell -> cell.result().timeUs())).toList();
        if (ranking.isEmpty()) {
            return Optional.empty();
        }
        Optional<Cell> second = ranking.stream().skip(1).findFirst();
        return Optional.of(new Winner(ranking.getFirst(), second,
                second.flatMap(next -> Ratio.of(ranking.getFirst(), next))));
    }
}
