package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.stats.Estimate;
import org.fabricmark.results.stats.MedianInterval;

/**
 * A cell's time and what is known of its spread. Launches are what repeats independently; where there is but one, its batches
 * are all there is.
 *
 * @param timeUs the cell's time in microseconds
 * @param launchUs median of each launch by its number, in microseconds; empty without samples
 * @param withinUs the median within the only launch; empty if there are several or none
 */
record Timing(double timeUs, SortedMap<Integer, Double> launchUs, Optional<Estimate> withinUs) {
    /** Two medians of 97.5 % each enclose a ratio with at least 95 %. */
    private static final double ONE_OF_TWO = 1 - (1 - Ratio.CONFIDENCE) / 2;

    static Timing of(Cell cell) {
        List<Launch> launches = cell.launches();
        SortedMap<Integer, Double> medians = new TreeMap<>();
        launches.forEach(launch -> medians.put(launch.number(), launch.medianUs()));
        return new Timing(cell.result().timeUs(), medians,
                launches.size() == 1 ? Optional.of(within(launches.getFirst(), cell.result().timeUs()))
                        : Optional.empty());
    }

    private static Estimate within(Launch launch, double timeUs) {
        Distribution batches = launch.timesUs();
        long n = batches.samples();
        MedianInterval ranks = MedianInterval.of(n, ONE_OF_TWO);
        double low = batches.quantile(ranks.lowRank() / (double) n).orElseThrow();
        double high = batches.quantile(ranks.highRank() / (double) n).orElseThrow();
        return new Estimate(launch.medianUs(), Math.min(low, launch.medianUs()), Math.max(high, launch.medianUs()),
                ranks.confidence()).around(timeUs);
    }

    /** Both calls one after the other: launch by launch where both have launches. */
    Timing plus(Timing other) {
        SortedMap<Integer, Double> sums = new TreeMap<>();
        launchUs.forEach((number, us) -> {
            if (other.launchUs.containsKey(number)) {
                sums.put(number, us + other.launchUs.get(number));
            }
        });
        Optional<Estimate> within = withinUs.flatMap(one -> other.withinUs.map(
                two -> new Estimate(timeUs + other.timeUs, one.low() + two.low(), one.high() + two.high(),
                        Math.max(0, one.confidence() + two.confidence() - 1))));
        return new Timing(timeUs + other.timeUs, sums, within);
    }

    /** Medians of the launches, in their order. */
    double[] launches() {
        return launchUs.values().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Differences of logarithms, {@code other} minus this, of the launches that both have. */
    double[] logDifferences(Timing other) {
        List<Double> differences = new ArrayList<>();
        launchUs.forEach((number, us) -> {
            if (other.launchUs.containsKey(number)) {
                differences.add(Math.log(other.launchUs.get(number) / us));
            }
        });
        return differences.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Whether everything is above 0, so that there are logarithms. */
    boolean isPositive() {
        return timeUs > 0 && launchUs.values().stream().allMatch(us -> us > 0)
                && withinUs.map(within -> within.low() > 0).orElse(true);
    }
}
