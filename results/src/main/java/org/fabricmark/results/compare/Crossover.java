package org.fabricmark.results.compare;

import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.select.Key;

/**
 * A size at which one column stops being faster than another.
 *
 * @param row what the sizes around it have in common besides their size; has no labels if nothing
 * @param below the column that is faster below it
 * @param above the column that is faster above it
 * @param bytes the size, where the two lines meet that are straight on logarithmic axes between measured sizes
 * @param lowBytes where {@code below} stops being certainly faster; empty without intervals
 * @param highBytes where {@code above} begins to be certainly faster; empty without intervals
 */
public record Crossover(Key row, Key below, Key above, double bytes, OptionalDouble lowBytes,
        OptionalDouble highBytes) {
    /** Refuses bounds of which there is only one. */
    public Crossover {
        if (lowBytes.isPresent() != highBytes.isPresent()) {
            throw new IllegalArgumentException("an interval has two ends");
        }
    }

    static Crossover of(Key row, Key below, Key above, double bytes, Optional<double[]> interval) {
        return new Crossover(row, below, above, bytes,
                interval.map(ends -> OptionalDouble.of(ends[0])).orElse(OptionalDouble.empty()),
                interval.map(ends -> OptionalDouble.of(ends[1])).orElse(OptionalDouble.empty()));
    }
}
