package org.fabricmark.results.compare;

import java.util.List;

import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.select.LabelOrder;

/**
 * What cells say without anybody asking: it needs no rows and no columns.
 *
 * @param maps who is fastest where
 * @param changes sizes at which another becomes the fastest
 * @param regrets what leaving the choice of the algorithm to the library costs, the largest first
 * @param violations guidelines that do not hold, the worst first
 */
public record Findings(List<WinnerMap> maps, List<LeadChange> changes, List<Regret> regrets,
        List<Violation> violations) {
    /** Copies the lists. */
    public Findings {
        maps = List.copyOf(maps);
        changes = List.copyOf(changes);
        regrets = List.copyOf(regrets);
        violations = List.copyOf(violations);
    }

    /**
     * The findings among all cells of {@code runs}.
     *
     * @param runs at least one; their names tell them apart
     */
    public static Findings of(List<StoredRun> runs) {
        return of(Cell.of(runs), new LabelOrder(runs.stream().map(StoredRun::name).toList()));
    }

    static Findings of(List<Cell> all, LabelOrder order) {
        // Primitives have no algorithm to win by, and no other primitive is a way around one.
        List<Cell> cells = all.stream().filter(cell -> !cell.key().isPrimitive()).toList();
        List<WinnerMap> maps = WinnerMap.of(cells, order);
        List<Regret> regrets = Regret.of(cells);
        return new Findings(maps, maps.stream().flatMap(map -> LeadChange.of(map, cells).stream()).toList(), regrets,
                Guidelines.violated(cells, regrets));
    }
}
