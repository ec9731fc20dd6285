package org.fabricmark.results.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.model.Measure;
import org.fabricmark.results.select.Key;
import org.fabricmark.results.stats.GeometricMean;

/**
 * The geometric mean of a column's ratios, over the rows that both it and the base's column have and that measure the same.
 *
 * @param column the column
 * @param measure what the ratios are of, which are of times in any case
 * @param ratio the mean; empty if no row is in both
 * @param rows how many rows it is of
 * @param leftOut how many rows are in one of the two only, or wrong
 */
public record ColumnMean(Key column, Measure measure, OptionalDouble ratio, int rows, int leftOut) {
    /** The means of a column, one for each measure that it has. */
    static List<ColumnMean> of(Key column, List<Place> base, List<Place> places) {
        List<Measure> measures = places.stream().flatMap(place -> place.cells().stream())
                .map(cell -> cell.result().measure()).distinct().sorted().toList();
        return measures.stream().map(measure -> of(column, measure, base, places)).toList();
    }

    /** The ratio of figures: where higher is better, below 1 is slower. */
    public OptionalDouble figureRatio() {
        return ratio.isPresent() && measure.higherIsBetter() ? OptionalDouble.of(1 / ratio.getAsDouble()) : ratio;
    }

    private static boolean measures(Place place, Measure measure) {
        return place.cells().stream().anyMatch(cell -> cell.result().measure() == measure);
    }

    private static ColumnMean of(Key column, Measure measure, List<Place> base, List<Place> places) {
        double[] ratios = places.stream().filter(place -> measures(place, measure)).map(Place::ratio)
                .flatMap(Optional::stream).mapToDouble(Ratio::value)
                .toArray();
        int measured = 0;
        for (int row = 0; row < places.size(); row++) {
            measured += measures(base.get(row), measure) || measures(places.get(row), measure) ? 1 : 0;
        }
        return new ColumnMean(column, measure, ratios.length == 0 ? OptionalDouble.empty()
                : OptionalDouble.of(GeometricMean.of(ratios)), ratios.length, measured - ratios.length);
    }
}
