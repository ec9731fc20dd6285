package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import org.fabricmark.results.select.Key;
import org.fabricmark.results.stats.Estimate;

/**
 * Ratios of one column to the base's, against size, and where they pass 1. A size at which nobody is certainly faster decides
 * nothing, so that a tie is no crossover; where nothing has an interval, the ratios themselves decide.
 *
 * @param sizes ascending
 * @param ratios one for each size
 */
record RatioSweep(List<Double> sizes, List<Ratio> ratios) {
    /** All changes from one certain winner to the other. */
    List<Crossover> crossovers(Key row, Key base, Key column) {
        boolean sampled = ratios.stream().anyMatch(ratio -> ratio.interval().isPresent());
        List<Crossover> crossovers = new ArrayList<>();
        int last = -1;
        for (int at = 0; at < sizes.size(); at++) {
            Ratio ratio = ratios.get(at);
            if (sampled && !ratio.isDecided() || ratio.value() == 1) {
                continue;
            }
            if (last >= 0 && isSlower(last) != isSlower(at)) {
                crossovers.add(between(row, isSlower(at) ? column : base, isSlower(at) ? base : column, last, at,
                        sampled));
            }
            last = at;
        }
        return crossovers;
    }

    private boolean isSlower(int at) {
        return ratios.get(at).value() > 1;
    }

    private Crossover between(Key row, Key below, Key above, int from, int to, boolean sampled) {
        boolean rising = isSlower(to);
        double bytes = crossing(from, to, Ratio::value, true).orElseThrow();
        // a rising ratio leaves 1 with its upper bound first and has left it when its lower bound has
        ToDoubleFunction<Ratio> first = rising ? RatioSweep::high : RatioSweep::low;
        ToDoubleFunction<Ratio> second = rising ? RatioSweep::low : RatioSweep::high;
        Optional<double[]> interval = sampled
                ? crossing(from, to, first, false).flatMap(low -> crossing(from, to, second, true)
                        .map(high -> new double[] {Math.min(low, bytes), Math.max(high, bytes)}))
                : Optional.empty();
        return Crossover.of(row, below, above, bytes, interval);
    }

    private static double low(Ratio ratio) {
        return ratio.interval().map(Estimate::low).orElse(ratio.value());
    }

    private static double high(Ratio ratio) {
        return ratio.interval().map(Estimate::high).orElse(ratio.value());
    }

    /** The first or last size between two at which {@code bound} passes 1; the bounds at the two are on different sides of it. */
    private Optional<Double> crossing(int from, int to, ToDoubleFunction<Ratio> bound, boolean last) {
        Optional<Double> found = Optional.empty();
        for (int right = from + 1; right <= to; right++) {
            double here = Math.log(bound.applyAsDouble(ratios.get(right - 1)));
            double there = Math.log(bound.applyAsDouble(ratios.get(right)));
            boolean passes = here < 0 != there < 0;
            if (passes && (last || found.isEmpty())) {
                double share = here / (here - there);
                double left = Math.log(sizes.get(right - 1));
                found = Optional.of(Math.exp(left + share * (Math.log(sizes.get(right)) - left)));
            }
        }
        return found;
    }
}
