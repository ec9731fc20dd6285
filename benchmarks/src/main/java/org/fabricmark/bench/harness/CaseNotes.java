package org.fabricmark.bench.harness;

import java.util.Arrays;
import java.util.OptionalInt;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.transport.RegistrationCounters;

/**
 * What a printed table says of a case beyond its {@linkplain org.fabricmark.results.model.CaseResult stored numbers}.
 *
 * @param samples timed batches
 * @param warmupCalls calls before the timed ones
 * @param measurements how often the case was measured until the machine held still; 1 if it did at once
 * @param barrierAfterCall whether each timed call includes a barrier, because the call itself does not synchronise
 * @param rankTimesUs median time of a call on each rank, in microseconds
 * @param lastPlaces how many samples each rank finished last
 * @param bound what the limit of the case consists of mostly
 * @param rankMeansUs mean time of a call on each rank, in microseconds
 * @param times of calls in microseconds, the slowest rank's
 * @param averages of calls in microseconds, over the ranks
 * @param places how many buffers calls take in turn; 1 if they always use the same
 * @param registrations of private memory on all ranks, in all calls of the case
 */
public record CaseNotes(
        long samples,
        long warmupCalls,
        int measurements,
        boolean barrierAfterCall,
        double[] rankTimesUs,
        long[] lastPlaces,
        Bound bound,
        double[] rankMeansUs,
        Distribution times,
        Distribution averages,
        int places,
        RegistrationCounters registrations) {

    /** What keeps a case from being faster. */
    public enum Bound {
        /** The exchange of a cache line between two cores. */
        EXCHANGE("line exchange", false),
        /** Reading and writing the data. */
        MEMORY("memory traffic", true),
        /** The exchange of 8 bytes over a socket. */
        SOCKET_EXCHANGE("socket exchange", false),
        /** A stream of bytes each way over a socket. */
        SOCKET_STREAM("socket stream", true),
        /** No limit is known. */
        UNKNOWN("unknown", false);

        private final String label;
        private final boolean traffic;

        Bound(String label, boolean traffic) {
            this.label = label;
            this.traffic = traffic;
        }

        /** Whether it is the amount of data that takes the time. */
        public boolean traffic() {
            return traffic;
        }

        /** Words for a footer. */
        public String label() {
            return label;
        }
    }

    /** Copies the arrays. */
    public CaseNotes {
        rankTimesUs = rankTimesUs.clone();
        rankMeansUs = rankMeansUs.clone();
        lastPlaces = lastPlaces.clone();
    }

    @Override
    public double[] rankTimesUs() {
        return rankTimesUs.clone();
    }

    @Override
    public long[] lastPlaces() {
        return lastPlaces.clone();
    }

    @Override
    public double[] rankMeansUs() {
        return rankMeansUs.clone();
    }

    /** The rank that was last most often; empty for a single rank or without samples. */
    public OptionalInt slowestRank() {
        int slowest = 0;
        for (int rank = 1; rank < lastPlaces.length; rank++) {
            slowest = lastPlaces[rank] > lastPlaces[slowest] ? rank : slowest;
        }
        return lastPlaces.length < 2 || lastPlaces[slowest] == 0 ? OptionalInt.empty() : OptionalInt.of(slowest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CaseNotes that
                && samples == that.samples
                && warmupCalls == that.warmupCalls
                && measurements == that.measurements
                && barrierAfterCall == that.barrierAfterCall
                && bound == that.bound
                && times.equals(that.times)
                && averages.equals(that.averages)
                && places == that.places
                && registrations.equals(that.registrations)
                && Arrays.equals(rankMeansUs, that.rankMeansUs)
                && Arrays.equals(rankTimesUs, that.rankTimesUs)
                && Arrays.equals(lastPlaces, that.lastPlaces);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(rankTimesUs) + Arrays.hashCode(lastPlaces);
    }
}
