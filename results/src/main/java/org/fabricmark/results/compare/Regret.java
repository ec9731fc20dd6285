package org.fabricmark.results.compare;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.select.Cell;

/**
 * What leaving the choice of the algorithm to the library costs.
 *
 * @param auto the cell that left the choice
 * @param best the fastest of the algorithms that were named, under the same conditions in the same run
 * @param ratio auto's time divided by that of the best
 */
public record Regret(Cell auto, Cell best, Ratio ratio) {
    private record Same(String run, CaseKey anyAlgorithm) {
        static Same as(Cell cell) {
            return new Same(cell.run().name(), cell.key().toBuilder().algorithm(CaseKey.AUTO).build());
        }
    }

    /** Whether the choice fell on the fastest one: then a ratio other than 1 is noise. */
    public boolean choseBest() {
        return auto.result().algorithmSelected().equals(best.result().algorithmSelected());
    }

    /** One for each cell that left the choice and has others to be compared with, the largest first. */
    static List<Regret> of(List<Cell> cells) {
        Map<Same, Cell> best = new HashMap<>();
        cells.stream().filter(cell -> !cell.key().algorithm().equals(CaseKey.AUTO) && !cell.result().isWrong())
                .forEach(cell -> best.merge(Same.as(cell), cell,
                        (one, other) -> one.result().timeUs() <= other.result().timeUs() ? one : other));
        return cells.stream().filter(cell -> cell.key().algorithm().equals(CaseKey.AUTO))
                .flatMap(auto -> Optional.ofNullable(best.get(Same.as(auto))).flatMap(
                        fixed -> Ratio.of(fixed, auto).map(ratio -> new Regret(auto, fixed, ratio))).stream())
                .sorted(Comparator.comparingDouble((Regret regret) -> regret.ratio().value()).reversed()).toList();
    }
}
