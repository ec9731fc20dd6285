package org.fabricmark.results.report;

import java.util.List;
import java.util.stream.IntStream;

import org.fabricmark.results.model.StoredRun;

/**
 * Everything that the page says, in the order in which it says it; for the templates.
 *
 * @param title of the page
 * @param verdict the first line and what weakens it
 * @param surroundings where the runs were measured
 * @param differing names of facts that are not the same in all runs
 * @param cells tables of all cells
 * @param sweeps what pictures show
 * @param sampled which of the sweeps have samples, by their index
 * @param winners maps of who is fastest where
 * @param crossovers sizes at which another becomes the fastest
 * @param guidelines what is slower than a way around it
 * @param orders runs whose exchange can be drawn in time order
 * @param severalRuns whether there is more than one run
 * @param commands that measure each run again
 * @param data what scripts draw
 * @param assets style and scripts
 */
record ReportPage(String title, Verdict verdict, Table surroundings, List<String> differing, List<Table> cells,
        List<Sweep> sweeps, List<Integer> sampled, List<MapTable> winners, Table crossovers, Table guidelines,
        List<ExchangeOrder> orders,
        boolean severalRuns, List<String> commands, String data, PageAssets assets) {

    static ReportPage of(List<StoredRun> runs) {
        Table surroundings = Surroundings.of(runs);
        List<Table> cells = CellTables.of(runs);
        List<Sweep> sweeps = Sweep.of(runs);
        List<Contest> contests = sweeps.stream().flatMap(sweep -> Contest.of(runs, sweep).stream()).toList();
        boolean several = runs.size() > 1;
        String title = "Fabricmark report: " + (runs.size() == 1 ? runs.getFirst().name() : runs.size() + " runs");
        Table guidelines = Guidelines.of(contests, several);
        return new ReportPage(title, Verdict.of(runs).withViolations(guidelines.rows().size()), surroundings,
                Surroundings.differing(surroundings), cells,
                sweeps, sampled(runs, sweeps), WinnerMaps.of(contests, several), Crossovers.of(contests, several),
                guidelines, ExchangeOrder.of(runs), several,
                runs.stream().map(run -> Reproduction.of(run.run())).toList(),
                PageData.of(runs, sweeps, CellTables.count(cells)), PageAssets.load());
    }

    private static List<Integer> sampled(List<StoredRun> runs, List<Sweep> sweeps) {
        return IntStream.range(0, sweeps.size()).filter(index -> sweeps.get(index).lines().stream().anyMatch(
                line -> line.cells().values().stream()
                        .anyMatch(cell -> !runs.get(line.run()).launches(cell).isEmpty())))
                .boxed().toList();
    }
}
