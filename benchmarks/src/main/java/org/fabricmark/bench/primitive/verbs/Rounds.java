package org.fabricmark.bench.primitive.verbs;

/**
 * The rounds of one pattern, as both ranks see them.
 *
 * <p>Thread rule: the rank's thread. No method allocates.
 */
sealed interface Rounds permits PingPong, Requests, Stream {
    /** A stretch of rounds begins; lanes are prepared. */
    void prepare(VerbsPrimitive primitive, int bytes);

    /** Rank 0: one round. */
    void lead();

    /** Rank 1: its part in one round, or where it has none, a look at what may be to be done. */
    void answer();
}
