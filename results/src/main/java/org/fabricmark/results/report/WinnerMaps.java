package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;

/**
 * Who is fastest where: a map for each collective and set of conditions, a row for each number of ranks, place and run,
 * a column for each size. The stronger the shade, the larger the lead over the second; a hatched place is undecided.
 */
final class WinnerMaps {
    /** Twice as fast as the second is as clear as it gets. */
    private static final double CLEAR_LEAD = 1;
    private static final double PERCENT = 100;

    private final boolean severalRuns;

    private WinnerMaps(boolean severalRuns) {
        this.severalRuns = severalRuns;
    }

    static List<MapTable> of(List<Contest> contests, boolean severalRuns) {
        WinnerMaps maps = new WinnerMaps(severalRuns);
        Map<String, List<Contest>> groups = new LinkedHashMap<>();
        contests.stream().filter(Contest::isOne).forEach(contest -> groups.computeIfAbsent(
                CaseWords.ofMap(key(contest)), first -> new ArrayList<>()).add(contest));
        List<MapTable> all = new ArrayList<>();
        groups.forEach((title, members) -> all.add(maps.map(title, members)));
        return all;
    }

    private static CaseKey key(Contest contest) {
        return contest.ranking().getFirst().getFirst().cell().key();
    }

    private MapTable map(String title, List<Contest> contests) {
        SortedSet<Long> sizes = new TreeSet<>();
        contests.forEach(contest -> sizes.addAll(contest.sizes()));
        boolean oneTransport = same(contests, CasePart.TRANSPORT);
        boolean oneAlgorithm = same(contests, CasePart.ALGORITHM);
        List<MapTable.Row> rows = new ArrayList<>();
        for (Contest contest : contests) {
            List<MapTable.Place> places = new ArrayList<>();
            for (long size : sizes) {
                int index = contest.sizes().indexOf(size);
                places.add(index < 0 ? MapTable.Place.NOTHING
                        : place(contest.ranking().get(index), oneTransport, oneAlgorithm));
            }
            CaseKey key = key(contest);
            rows.add(new MapTable.Row(key.ranks() + (key.ranks() == 1 ? " rank, " : " ranks, ")
                    + (key.inPlace() ? "in place" : "out of place")
                    + (severalRuns ? ", " + RunNames.letter(contest.run()) : ""), places));
        }
        return new MapTable(title, "size (B)", sizes.stream().map(Figures::ofBytes).toList(), rows);
    }

    private static boolean same(List<Contest> contests, CasePart part) {
        return contests.stream().flatMap(contest -> contest.ranking().stream()).flatMap(List::stream)
                .map(entrant -> entrant.cell().key().text(part)).distinct().count() == 1;
    }

    /** What is the same everywhere on the map is not said in each place. */
    private static MapTable.Place place(List<Contest.Entrant> ranking, boolean oneTransport, boolean oneAlgorithm) {
        Contest.Entrant winner = ranking.getFirst();
        String algorithm = CaseWords.algorithm(winner.cell());
        String transport = winner.line().transport();
        String name = oneTransport ? algorithm : oneAlgorithm ? transport : algorithm + " over " + transport;
        if (ranking.size() == 1) {
            return new MapTable.Place(name, "alone", 0, true);
        }
        Contest.Entrant second = ranking.get(1);
        double lead = winner.cell().timeUs() > 0 ? second.cell().timeUs() / winner.cell().timeUs() - 1 : 0;
        boolean decided = winner.certainlyBeats(second);
        String note = (lead >= CLEAR_LEAD ? Figures.of(lead + 1) + " times"
                : "by " + Math.round(lead * PERCENT) + "%") + (decided ? "" : ", undecided");
        return new MapTable.Place(name, note, lead / CLEAR_LEAD, decided);
    }
}
