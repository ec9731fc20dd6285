package org.fabricmark.results.compare;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.Labels;
import org.fabricmark.results.select.Cell;

/** What tells sets of conditions apart, and helps to name them. */
final class Conditions {
    private Conditions() {}

    /** Whether the choice of the algorithm was left to the library. */
    static boolean isAuto(Cell cell) {
        return cell.key().algorithm().equals(CaseKey.AUTO);
    }

    /**
     * Whether a cell may be the fastest among {@code cells}: one that left the choice may not where its transport has an
     * algorithm that was named, for then an algorithm would win against itself.
     */
    static boolean takesPart(Cell cell, List<Cell> cells) {
        return !isAuto(cell) || cells.stream().noneMatch(other -> !isAuto(other)
                && other.key().transport().equals(cell.key().transport()));
    }

    /** Labels that do not have their default everywhere, the collective, and the run if there are several. */
    static List<String> worthSaying(List<Cell> cells, List<CasePart> butNot) {
        Stream<String> parts = Stream.of(CasePart.values()).filter(part -> !butNot.contains(part)
                && (part == CasePart.COLLECTIVE || cells.stream().anyMatch(cell -> !isDefault(cell, part))))
                .map(CasePart::key);
        boolean severalRuns = cells.stream().map(cell -> cell.run().name()).distinct().count() > 1;
        return Stream.concat(parts, severalRuns ? Stream.of(Labels.RUN) : Stream.empty()).toList();
    }

    private static boolean isDefault(Cell cell, CasePart part) {
        return part.defaultFor(cell.key().collective()).equals(Optional.of(cell.key().text(part)));
    }
}
