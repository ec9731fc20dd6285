package org.fabricmark.results.compare;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.Measure;
import org.fabricmark.results.select.Cell;

/** What several cells measure: a mean over latencies and bandwidths, or over collectives and primitives, is of nothing. */
final class Measures {
    private Measures() {}

    /** What all of them measure; empty if there are none, or they measure different things. */
    static Optional<Measure> only(Collection<Cell> cells) {
        List<Measure> measures = cells.stream().map(cell -> cell.result().measure()).distinct().limit(2).toList();
        return measures.size() == 1 ? Optional.of(measures.getFirst()) : Optional.empty();
    }

    /** Whether the figures of a row's places are of several measures. */
    static boolean differ(Collection<Place> row) {
        return row.stream().filter(place -> place.figure().isPresent()).map(Place::measure).distinct().count() > 1;
    }
}
