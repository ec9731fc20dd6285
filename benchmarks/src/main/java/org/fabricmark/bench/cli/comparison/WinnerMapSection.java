package org.fabricmark.bench.cli.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import org.fabricmark.bench.cli.comparison.Section.Head;
import org.fabricmark.bench.cli.comparison.Section.Text;
import org.fabricmark.results.compare.Winner;
import org.fabricmark.results.compare.WinnerMap;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.select.Cell;

/** A winner map as a table, the last of them with a legend: sizes down, numbers of ranks across, a name and a lead in each place. */
final class WinnerMapSection {
    private static final String LEGEND =
            "x: how many times as long the next one takes; ?: its interval includes 1, there is"
                    + " none, or the machine changed";

    private WinnerMapSection() {}

    static Section of(WinnerMap map, boolean last) {
        List<Cell> all = map.winners().stream().flatMap(List::stream).flatMap(Optional::stream)
                .flatMap(winner -> Stream.concat(Stream.of(winner.fastest()), winner.second().stream())).toList();
        boolean oneTransport = isSame(all, cell -> cell.key().transport().text());
        boolean oneAlgorithm = isSame(all, cell -> cell.result().algorithmSelected());
        List<Head> heads = new ArrayList<>(List.of(Head.numbers("bytes")));
        map.ranks().forEach(ranks -> heads.add(Head.words(ranks + " ranks")));
        List<List<Text>> rows = new ArrayList<>();
        for (int size = 0; size < map.sizes().size(); size++) {
            List<Text> row = new ArrayList<>(List.of(Text.of(Figures.ofBytes(map.sizes().get(size)))));
            map.winners().get(size).forEach(winner -> row.add(Text.of(
                    winner.map(known -> text(known, oneTransport, oneAlgorithm)).orElse(Figures.ABSENT))));
            rows.add(row);
        }
        String over = oneTransport ? " over " + all.getFirst().key().transport().text() : "";
        return new Section("fastest: " + Words.key(map.conditions()) + over, heads, rows,
                last ? List.of(LEGEND) : List.of());
    }

    private static boolean isSame(List<Cell> cells, Function<Cell, String> text) {
        return cells.stream().map(text).distinct().count() == 1;
    }

    /** What is the same everywhere on the map is not said in each place. */
    private static String text(Winner winner, boolean oneTransport, boolean oneAlgorithm) {
        Cell fastest = winner.fastest();
        String name = oneTransport ? fastest.result().algorithmSelected()
                : oneAlgorithm ? fastest.key().transport().text() : Winner.name(fastest);
        return winner.lead().map(lead -> name + " " + Figures.of(lead.value()) + "x" + (winner.isDecided() ? "" : " ?"))
                .orElse(name + " alone");
    }
}
