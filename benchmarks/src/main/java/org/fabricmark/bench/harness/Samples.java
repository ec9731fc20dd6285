package org.fabricmark.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.fabricmark.results.format.HistogramText;
import org.fabricmark.results.model.Contention;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.RankTimes;
import org.fabricmark.results.model.Series;

/**
 * What rank 0 keeps of the timed batches of a case.
 *
 * <p>A sample is one batch: on each rank the time between two readings of its clock; of all ranks, the longest. Ranks share the
 * clock (one host), so that their readings also tell who was last and by how much. Of isolated calls, a sample is one call.
 *
 * <p>Thread rule: one thread.
 */
final class Samples {
    private static final int DIGITS = 3;

    /** No batch takes longer, and no two ranks end it further apart: their waits have deadlines. */
    private static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(1);

    private final int batch;
    private final Histogram slowest = new Histogram(DIGITS);
    private final Histogram average = new Histogram(DIGITS);
    private final Histogram skew = new Histogram(DIGITS);
    private final Histogram[] ranks;
    private final long[] lastPlaces;
    private final BatchSeries series;
    private final long[] own;

    /** @param batch calls in a batch */
    Samples(int ranks, int batch) {
        this.batch = batch;
        this.lastPlaces = new long[ranks];
        this.series = new BatchSeries(ranks);
        this.own = new long[ranks];
        this.ranks = new Histogram[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            this.ranks[rank] = new Histogram(DIGITS);
        }
    }

    /** Adds the batches between readings, by rank; every rank has equally many. */
    void add(long[][] readings) {
        for (int i = 1; i < readings[0].length; i++) {
            record(readings, i - 1, i, false);
        }
    }

    /**
     * Adds calls that were timed one by one: of each, by rank, when it was entered and when it was over.
     *
     * @param fromLastEntry whether a call takes from the last rank's entry to the last rank's exit, and not as long as the rank
     *     that it takes longest, from its own entry to its own exit
     */
    void addCalls(long[][] readings, boolean fromLastEntry) {
        for (int i = 1; i < readings[0].length; i += IsolatedLoop.READINGS) {
            record(readings, i - 1, i, fromLastEntry);
        }
    }

    private void record(long[][] readings, int begin, int end, boolean fromLastBegin) {
        if (!possible(readings, begin, end)) {
            return;
        }
        long longest = 0;
        long sum = 0;
        long lastBegin = Long.MIN_VALUE;
        long first = Long.MAX_VALUE;
        int last = 0;
        for (int rank = 0; rank < readings.length; rank++) {
            long nanos = Math.max(0, readings[rank][end] - readings[rank][begin]);
            ranks[rank].recordValue(nanos);
            own[rank] = nanos;
            longest = Math.max(longest, nanos);
            sum += nanos;
            lastBegin = Math.max(lastBegin, readings[rank][begin]);
            first = Math.min(first, readings[rank][end]);
            last = readings[rank][end] > readings[last][end] ? rank : last;
        }
        long taken = fromLastBegin ? Math.max(0, readings[last][end] - lastBegin) : longest;
        slowest.recordValue(taken);
        series.add(taken, own);
        average.recordValue(Math.round((double) sum / readings.length));
        skew.recordValue(readings[last][end] - first);
        lastPlaces[last]++;
    }

    /** Readings travel over what is measured, under its faults too: what has arrived corrupt is no time. */
    private static boolean possible(long[][] readings, int begin, int end) {
        for (long[] rank : readings) {
            if (!near(rank[end], rank[begin]) || !near(rank[end], readings[0][end])) {
                return false;
            }
        }
        return true;
    }

    /** Also of numbers whose difference is none. */
    private static boolean near(long a, long b) {
        long difference = a - b;
        return -LONGEST_NANOS < difference && difference < LONGEST_NANOS;
    }

    /** How many batches. */
    long count() {
        return slowest.getTotalCount();
    }

    /** Calls in a batch. */
    int batch() {
        return batch;
    }

    /** Median time of a call in microseconds. */
    double medianUs() {
        return percentileUs(50);
    }

    /** A percentile of the time of a call in microseconds; of the mean over a batch, where that has several calls. */
    double percentileUs(double percentile) {
        return perCallUs(slowest.getValueAtPercentile(percentile));
    }

    /** Shortest. */
    double minUs() {
        return perCallUs(slowest.getMinValue());
    }

    /** Longest. */
    double maxUs() {
        return perCallUs(slowest.getMaxValue());
    }

    /** Median of the last minus the first rank's end of a batch, in microseconds. */
    double skewUs() {
        return skew.getValueAtPercentile(50) / 1e3;
    }

    /** Median time of a call on each rank, in microseconds. */
    double[] rankMediansUs() {
        double[] medians = new double[ranks.length];
        for (int rank = 0; rank < medians.length; rank++) {
            medians[rank] = perCallUs(ranks[rank].getValueAtPercentile(50));
        }
        return medians;
    }

    /** Mean time of a call on each rank, in microseconds. */
    double[] rankMeansUs() {
        double[] means = new double[ranks.length];
        for (int rank = 0; rank < means.length; rank++) {
            means[rank] = ranks[rank].getMean() / 1e3 / batch;
        }
        return means;
    }

    /** Times of a call in microseconds: of all ranks, the slowest one's. */
    Distribution slowest() {
        return HistogramText.distribution(slowest).scaled(1e-3 / batch);
    }

    /** Times of a call in microseconds: the average over the ranks. */
    Distribution average() {
        return HistogramText.distribution(average).scaled(1e-3 / batch);
    }

    /** How often each rank ended a batch last. */
    long[] lastPlaces() {
        return lastPlaces.clone();
    }

    /**
     * Everything that is kept of these batches.
     *
     * @param exchangeBefore the exchange before them, in nanoseconds; 0 where there is none
     * @param exchangeAfter the same after them
     * @param firstUs the first call ever
     */
    Launch launch(double exchangeBefore, double exchangeAfter, double firstUs, Contention contention) {
        List<RankTimes> times = new ArrayList<>();
        for (int rank = 0; rank < ranks.length; rank++) {
            Series inOrder = series.rank(rank);
            times.add(new RankTimes(rank, lastPlaces[rank], all(inOrder, ranks[rank]), inOrder));
        }
        Series inOrder = series.slowest();
        return new Launch(0, batch, series.stride(), inOrder, all(inOrder, slowest),
                HistogramText.distribution(skew), times, exchange(exchangeBefore), exchange(exchangeAfter),
                OptionalDouble.of(firstUs), contention);
    }

    /** Exact where every batch is in the series. */
    private Distribution all(Series inOrder, Histogram histogram) {
        return inOrder.size() == count() ? Distribution.of(inOrder) : HistogramText.distribution(histogram);
    }

    private static OptionalDouble exchange(double nanos) {
        return nanos > 0 ? OptionalDouble.of(nanos) : OptionalDouble.empty();
    }

    private double perCallUs(long batchNanos) {
        return batchNanos / 1e3 / batch;
    }
}
