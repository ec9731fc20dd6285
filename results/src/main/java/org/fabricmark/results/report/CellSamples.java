package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.RankTimes;

/**
 * What all launches of a cell together say of its calls. Times are microseconds of one call.
 *
 * @param launches how many
 * @param batch calls in a batch of the first launch
 * @param times of all batches of all launches
 * @param inOrder the batches in time order, launch after launch
 * @param exchangeBeforeNs probed before the first launch
 * @param exchangeAfterNs probed after the last launch
 * @param lastShares share of batches that each rank ended last; empty if unknown
 */
record CellSamples(int launches, long batch, Distribution times, double[] inOrder, OptionalDouble exchangeBeforeNs,
        OptionalDouble exchangeAfterNs, double[] lastShares) {
    private static final double NANOS_IN_MICRO = 1e3;

    /** What {@code launches} say; there is at least one. */
    static CellSamples of(List<Launch> launches) {
        Launch first = launches.getFirst();
        return new CellSamples(launches.size(), first.batch(), together(launches), inOrder(launches),
                first.exchangeBeforeNs(), launches.getLast().exchangeAfterNs(), lastShares(launches));
    }

    private static Distribution together(List<Launch> launches) {
        if (launches.size() == 1) {
            return launches.getFirst().timesUs();
        }
        SortedMap<Double, Long> counts = new TreeMap<>();
        for (Launch launch : launches) {
            Distribution times = launch.timesUs();
            for (int i = 0; i < times.size(); i++) {
                counts.merge(times.value(i), times.count(i), Long::sum);
            }
        }
        long[] upTo = new long[counts.size()];
        long sum = 0;
        int at = 0;
        for (long count : counts.values()) {
            sum += count;
            upTo[at++] = sum;
        }
        return Distribution.of(counts.keySet().stream().mapToDouble(Double::doubleValue).toArray(), upTo);
    }

    private static double[] inOrder(List<Launch> launches) {
        List<Double> times = new ArrayList<>();
        for (Launch launch : launches) {
            launch.batchNs().stream().forEach(nanos -> times.add(nanos / NANOS_IN_MICRO / launch.batch()));
        }
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double[] lastShares(List<Launch> launches) {
        int ranks = launches.stream().mapToInt(launch -> launch.ranks().size()).max().orElse(0);
        double[] shares = new double[ranks];
        double all = 0;
        for (Launch launch : launches) {
            for (RankTimes rank : launch.ranks()) {
                shares[rank.rank()] += rank.lastPlaces();
                all += rank.lastPlaces();
            }
        }
        for (int rank = 0; rank < ranks; rank++) {
            shares[rank] = all > 0 ? shares[rank] / all : 0;
        }
        return all > 0 ? shares : new double[0];
    }
}
