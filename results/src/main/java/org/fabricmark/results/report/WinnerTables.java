package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.fabricmark.results.compare.Ratio;
import org.fabricmark.results.compare.Winner;
import org.fabricmark.results.compare.WinnerMap;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.select.Cell;

/**
 * Who is fastest where: a map for each collective and set of conditions, a row for each number of ranks, place and run,
 * a column for each size. The stronger the shade, the larger the lead over the second; a hatched place is undecided.
 */
final class WinnerTables {
    /** Twice as fast as the second is as clear as it gets. */
    private static final double CLEAR_LEAD = 1;
    private static final double PERCENT = 100;

    private final RunNames runs;

    private WinnerTables(RunNames runs) {
        this.runs = runs;
    }

    /** One row of a map: a number of ranks, by size. */
    private record Line(Map<Long, Winner> bySize) {
        Cell any() {
            return bySize.values().iterator().next().fastest();
        }

        /** Whether there is anybody to win against, at any size. */
        boolean isContest() {
            return bySize.values().stream().anyMatch(winner -> winner.second().isPresent());
        }
    }

    static List<MapTable> of(List<WinnerMap> maps, RunNames runs) {
        WinnerTables tables = new WinnerTables(runs);
        Map<String, List<Line>> groups = new LinkedHashMap<>();
        maps.stream().flatMap(map -> lines(map).stream()).filter(Line::isContest).forEach(line -> groups
                .computeIfAbsent(CaseWords.ofMap(line.any().key()), first -> new ArrayList<>()).add(line));
        List<MapTable> all = new ArrayList<>();
        groups.forEach((title, lines) -> all.add(tables.map(title, lines)));
        return all;
    }

    private static List<Line> lines(WinnerMap map) {
        List<Line> lines = new ArrayList<>();
        for (int ranks = 0; ranks < map.ranks().size(); ranks++) {
            Map<Long, Winner> bySize = new LinkedHashMap<>();
            for (int size = 0; size < map.sizes().size(); size++) {
                long bytes = map.sizes().get(size);
                map.winners().get(size).get(ranks).ifPresent(winner -> bySize.put(bytes, winner));
            }
            lines.add(new Line(bySize));
        }
        return lines;
    }

    private MapTable map(String title, List<Line> lines) {
        SortedSet<Long> sizes = new TreeSet<>();
        lines.forEach(line -> sizes.addAll(line.bySize().keySet()));
        boolean oneTransport = same(lines, CasePart.TRANSPORT);
        boolean oneAlgorithm = same(lines, CasePart.ALGORITHM);
        List<MapTable.Row> rows = new ArrayList<>();
        for (Line line : lines) {
            CaseKey key = line.any().key();
            rows.add(new MapTable.Row(key.ranks() + (key.ranks() == 1 ? " rank, " : " ranks, ")
                    + (key.inPlace() ? "in place" : "out of place") + runs.suffix(line.any()),
                    sizes.stream().map(size -> Optional.ofNullable(line.bySize().get(size))
                            .map(winner -> place(winner, oneTransport, oneAlgorithm))
                            .orElse(MapTable.Place.NOTHING)).toList()));
        }
        return new MapTable(title, "size (B)", sizes.stream().map(Figures::ofBytes).toList(), rows);
    }

    private static boolean same(List<Line> lines, CasePart part) {
        return lines.stream().flatMap(line -> line.bySize().values().stream())
                .flatMap(winner -> Stream.concat(Stream.of(winner.fastest()), winner.second().stream()))
                .map(cell -> cell.key().text(part)).distinct().count() == 1;
    }

    /** What is the same everywhere on the map is not said in each place. */
    private static MapTable.Place place(Winner winner, boolean oneTransport, boolean oneAlgorithm) {
        String algorithm = CaseWords.algorithm(winner.fastest().result());
        String transport = winner.fastest().key().transport().text();
        String name = oneTransport ? algorithm : oneAlgorithm ? transport : algorithm + " over " + transport;
        if (winner.second().isEmpty()) {
            return new MapTable.Place(name, "alone", 0, true);
        }
        double lead = winner.lead().map(Ratio::value).orElse(1.0) - 1;
        String note = (lead >= CLEAR_LEAD ? Figures.of(lead + 1) + " times"
                : "by " + Math.round(lead * PERCENT) + "%") + (winner.isDecided() ? "" : ", undecided");
        return new MapTable.Place(name, note, lead / CLEAR_LEAD, winner.isDecided());
    }
}
