package org.fabricmark.results.model;

import java.util.Objects;

/**
 * One rank's share in a {@link Launch}. Times are nanoseconds of a whole batch on this rank's clock.
 *
 * @param rank the rank
 * @param lastPlaces how many batches this rank ended last
 * @param times all its batches
 * @param batchNs its batches in time order: the same ones as {@link Launch#batchNs()}, or empty if only their
 * distribution was kept
 */
public record RankTimes(int rank, long lastPlaces, Distribution times, Series batchNs) {
    /** Refuses a negative number. */
    public RankTimes {
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(batchNs, "batchNs");
        if (rank < 0 || lastPlaces < 0) {
            throw new IllegalArgumentException("rank '" + rank + "' was last '" + lastPlaces + "' times");
        }
    }
}
