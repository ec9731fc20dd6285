package org.fabricmark.bench.primitive;

/** What a rank that leads another one, or follows it, has for its measurement. Thread rule: the rank's thread. */
public interface LeadingRank extends AutoCloseable {
    /** Rank 0: one round. */
    void lead();

    /** Rank 1: answers, until rank 0 has had enough. */
    void follow();

    /** Rank 0: nothing follows; rank 1 returns from {@link #follow}. */
    void dismiss();

    /** Rank 0: the exchange of a line between the two ranks, or a line there and back, in nanoseconds. */
    double probe(boolean roundTrip);

    /** This rank ends because of {@code cause}. */
    void abort(Throwable cause);

    @Override
    void close();
}
