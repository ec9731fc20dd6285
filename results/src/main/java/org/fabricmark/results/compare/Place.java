package org.fabricmark.results.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.model.Measure;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.stats.GeometricMean;

/**
 * What is in one row and column.
 *
 * @param cells measured there; more than one only where a label is hidden
 * @param timeUs their time in microseconds, the geometric mean of several; empty where nothing was measured or data were wrong
 * @param ratio their time divided by that of the base's column; empty in that column, and where one of the two has no time.
 * Of several cells, the geometric mean over those that both columns have, without an interval
 */
public record Place(List<Cell> cells, OptionalDouble timeUs, Optional<Ratio> ratio) {
    /** Nothing was measured. */
    public static final Place ABSENT = new Place(List.of(), OptionalDouble.empty(), Optional.empty());

    /** Copies the list. */
    public Place {
        cells = List.copyOf(cells);
    }

    static Place of(List<Cell> cells, Optional<Ratio> ratio) {
        boolean wrong = cells.isEmpty() || cells.stream().anyMatch(cell -> cell.result().isWrong());
        boolean positive = cells.stream().allMatch(cell -> cell.result().timeUs() > 0);
        OptionalDouble time = wrong ? OptionalDouble.empty()
                : OptionalDouble.of(positive
                        ? GeometricMean.of(cells.stream().mapToDouble(cell -> cell.result().timeUs()).toArray())
                        : cells.stream().mapToDouble(cell -> cell.result().timeUs()).min().orElseThrow());
        return new Place(cells, time, ratio);
    }

    /** What the cells measure; empty where nothing was measured, or different things. */
    public Optional<Measure> measure() {
        return Measures.only(cells);
    }

    /** The figure that people look at, the geometric mean of several; empty without a time, and of different measures. */
    public OptionalDouble figure() {
        if (timeUs.isEmpty() || measure().isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!measure().get().higherIsBetter()) {
            return timeUs;
        }
        double[] figures = cells.stream().flatMapToDouble(cell -> cell.result().figure().stream())
                .filter(figure -> figure > 0).toArray();
        return figures.length < cells.size() ? OptionalDouble.empty() : OptionalDouble.of(GeometricMean.of(figures));
    }

    /** The ratio as the quotient of the figures: where higher is better, below 1 is slower. */
    public Optional<Ratio> figureRatio() {
        return ratio.map(times -> measure().map(times::ofFigures).orElse(times));
    }

    /** Whether data were checked and found wrong: such a time is never shown. */
    public boolean isWrong() {
        return cells.stream().anyMatch(cell -> cell.result().isWrong());
    }

    /** Whether nothing was measured. */
    public boolean isAbsent() {
        return cells.isEmpty();
    }

    /** The fastest of {@code cells} whose data are right; if all are wrong, one that is wrong. */
    static Cell fastest(List<Cell> cells) {
        return cells.stream().min(Comparator.comparing((Cell cell) -> cell.result().isWrong())
                .thenComparingDouble(cell -> cell.result().timeUs())).orElseThrow();
    }
}
