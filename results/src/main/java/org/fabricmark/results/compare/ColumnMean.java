package org.fabricmark.results.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.select.Key;
import org.fabricmark.results.stats.GeometricMean;

/**
 * The geometric mean of a column's ratios, over the rows that both it and the base's column have.
 *
 * @param column the column
 * @param ratio the mean; empty if no row is in both
 * @param rows how many rows it is of
 * @param leftOut how many rows are in one of the two only, or wrong
 */
public record ColumnMean(Key column, OptionalDouble ratio, int rows, int leftOut) {
    static ColumnMean of(Key column, List<Place> base, List<Place> places) {
        double[] ratios = places.stream().map(Place::ratio).flatMap(Optional::stream).mapToDouble(Ratio::value)
                .toArray();
        int measured = 0;
        for (int row = 0; row < places.size(); row++) {
            measured += base.get(row).isAbsent() && places.get(row).isAbsent() ? 0 : 1;
        }
        return new ColumnMean(column, ratios.length == 0 ? OptionalDouble.empty()
                : OptionalDouble.of(GeometricMean.of(ratios)), ratios.length, measured - ratios.length);
    }
}
