package org.fabricmark.results.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What one launch measured of one case: all ranks started, warmed up, measured, stopped; JMH calls it a fork. Launches,
 * not batches, are what repeats independently, so intervals are over launches.
 *
 * <p>A <em>batch</em> is a number of calls between two readings of the clock. Times are nanoseconds of a whole batch of
 * the slowest rank; a call's time is that divided by {@link #batch()}.
 *
 * @param number from 0, in the order in which they ran
 * @param batch calls in a batch
 * @param stride {@link #batchNs()} holds every {@code stride}-th batch; 1 if it holds all
 * @param batchNs batches in time order
 * @param times all batches
 * @param skew last minus first rank's end of a batch, in nanoseconds; {@link Distribution#EMPTY} if unknown
 * @param ranks the same by rank, rank 0 first; empty if unknown
 * @param exchangeBeforeNs the exchange of a line (or a socket message) probed before the case
 * @param exchangeAfterNs the same after it
 * @param firstUs the first call ever, in microseconds
 * @param contention what disturbed
 */
public record Launch(int number, long batch, int stride, Series batchNs, Distribution times, Distribution skew,
        List<RankTimes> ranks, OptionalDouble exchangeBeforeNs, OptionalDouble exchangeAfterNs, OptionalDouble firstUs,
        Contention contention) {
    private static final double NANOS_IN_MICRO = 1e3;

    /** Copies the list and refuses what does not fit together, and a launch without samples. */
    public Launch {
        ranks = List.copyOf(ranks);
        Objects.requireNonNull(batchNs, "batchNs");
        Objects.requireNonNull(skew, "skew");
        Objects.requireNonNull(contention, "contention");
        if (number < 0 || batch < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "launch '" + number + "' with batches of '" + batch + "' calls and stride '" + stride + "'");
        }
        if (times.samples() == 0) {
            throw new IllegalArgumentException("launch " + number + " has no samples");
        }
        if (batchNs.size() > times.samples()) {
            throw new IllegalArgumentException("launch " + number + " has " + batchNs.size() + " batches in time order,"
                    + " but only " + times.samples() + " in all");
        }
        if (times.value(0) < 0) {
            throw new IllegalArgumentException("launch " + number + " has a time below 0: " + times.value(0));
        }
        for (int rank = 0; rank < ranks.size(); rank++) {
            RankTimes each = ranks.get(rank);
            if (each.rank() != rank || !each.batchNs().isEmpty() && each.batchNs().size() != batchNs.size()) {
                throw new IllegalArgumentException("launch " + number + ": the times of rank " + each.rank()
                        + " are out of place or are not those of the batches");
            }
        }
    }

    /**
     * A launch of which only the batches' times are known, all of them.
     *
     * @param batch calls in a batch
     * @param batchNs in time order
     */
    public static Launch of(int number, long batch, Series batchNs) {
        return new Launch(number, batch, 1, batchNs, Distribution.of(batchNs), Distribution.EMPTY, List.of(),
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), Contention.UNKNOWN);
    }

    /** This launch under another number. */
    public Launch numbered(int other) {
        return new Launch(other, batch, stride, batchNs, times, skew, ranks, exchangeBeforeNs, exchangeAfterNs, firstUs,
                contention);
    }

    /** This launch with the exchange probed before and after it. */
    public Launch withExchangeNs(double before, double after) {
        return new Launch(number, batch, stride, batchNs, times, skew, ranks, OptionalDouble.of(before),
                OptionalDouble.of(after), firstUs, contention);
    }

    /** This launch with what each rank saw, all of whose batches are known. */
    public Launch withRankNs(Series... byRank) {
        List<RankTimes> seen = new ArrayList<>();
        for (int rank = 0; rank < byRank.length; rank++) {
            seen.add(new RankTimes(rank, lastPlaces(byRank, rank), Distribution.of(byRank[rank]), byRank[rank]));
        }
        return new Launch(number, batch, stride, batchNs, times, skew, seen, exchangeBeforeNs, exchangeAfterNs, firstUs,
                contention);
    }

    /** Median over the batches of the time of a call, in microseconds. */
    public double medianUs() {
        return times.quantile(1.0 / 2).orElseThrow() / NANOS_IN_MICRO / batch;
    }

    /** Median time of a call on the rank where that is shortest, in microseconds; ranks must be known. */
    public double fastestRankUs() {
        return rankMediansUs().min().orElseThrow();
    }

    /** The same on the rank where it is longest: less than {@link #medianUs} if ranks are slowest by turns. */
    public double slowestRankUs() {
        return rankMediansUs().max().orElseThrow();
    }

    private DoubleStream rankMediansUs() {
        return ranks.stream()
                .mapToDouble(rank -> rank.times().quantile(1.0 / 2).orElseThrow() / NANOS_IN_MICRO / batch);
    }

    /** Mean over the batches of the time of a call, in microseconds. */
    public double meanUs() {
        return times.mean().orElseThrow() / NANOS_IN_MICRO / batch;
    }

    /** Times of a call in microseconds. */
    public Distribution timesUs() {
        return times.scaled(1 / NANOS_IN_MICRO / batch);
    }

    private static long lastPlaces(Series[] byRank, int rank) {
        long last = 0;
        for (int i = 0; i < Stream.of(byRank).mapToInt(Series::size).min().orElse(0); i++) {
            int slowest = 0;
            for (int other = 1; other < byRank.length; other++) {
                slowest = byRank[other].get(i) > byRank[slowest].get(i) ? other : slowest;
            }
            last += slowest == rank ? 1 : 0;
        }
        return last;
    }
}
