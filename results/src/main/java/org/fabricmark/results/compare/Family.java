package org.fabricmark.results.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.stats.Holm;

/**
 * Looking at many cells finds differences by chance. How many are left when that is corrected for, after Holm.
 *
 * @param tests how many ratios have launches on both sides, so that they can be tested
 * @param alone how many of them differ from 1 at 5 %, each looked at by itself
 * @param differing how many of them differ from 1 where at most one family in twenty has a false one
 */
public record Family(int tests, int alone, int differing) {
    static Family of(List<Grid> grids) {
        double[] p = grids.stream().flatMap(grid -> grid.places().stream()).flatMap(List::stream).map(Place::ratio)
                .flatMap(Optional::stream).filter(ratio -> ratio.p().isPresent())
                .mapToDouble(ratio -> ratio.p().getAsDouble()).toArray();
        return new Family(p.length, significant(p), significant(Holm.adjusted(p)));
    }

    private static int significant(double[] p) {
        return (int) Arrays.stream(p).filter(each -> each <= 1 - Ratio.CONFIDENCE).count();
    }
}
