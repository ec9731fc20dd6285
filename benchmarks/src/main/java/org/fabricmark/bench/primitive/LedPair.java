package org.fabricmark.bench.primitive;

import java.util.function.LongSupplier;

/**
 * A pair of ranks of which the caller's thread leads one; when it fails, both end.
 *
 * <p>Thread rule: one thread, which is rank 0.
 *
 * @param <R> what a rank has for its measurement
 */
public abstract class LedPair<R extends LeadingRank> implements AutoCloseable {
    private final RankPair pair;
    private final R rank;
    private boolean failed;

    /** @param rank rank 0's; closed with this */
    protected LedPair(RankPair pair, R rank) {
        this.pair = pair;
        this.rank = rank;
    }

    /** Rank 1's part, from its start to its end. */
    protected static void follow(LeadingRank rank) {
        try (rank) {
            try {
                rank.follow();
            } catch (RuntimeException | Error e) {
                rank.abort(e);
                throw e;
            }
        }
    }

    /** Rank 0's. */
    protected final R rank() {
        return rank;
    }

    /** One round. */
    public final void round() {
        try {
            rank.lead();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** The exchange of a line between the two ranks, in nanoseconds. */
    public final double exchangeNanos() {
        return probed(false);
    }

    /** A line there and back, in nanoseconds. */
    public final double roundTripNanos() {
        return probed(true);
    }

    private double probed(boolean roundTrip) {
        try {
            return rank.probe(roundTrip);
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Does something after whose failure both ranks end. */
    protected final long guarded(LongSupplier action) {
        try {
            return action.getAsLong();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(RuntimeException cause) {
        failed = true;
        rank.abort(cause);
        pair.communicator().abort(cause);
        return cause;
    }

    /**
     * Ends rank 1; returns when it has ended and its files are gone.
     *
     * @throws org.fabricmark.transport.FabricException the failure of rank 1, if it has failed
     */
    @Override
    public final void close() {
        try (pair; rank) {
            if (!failed) {
                rank.dismiss();
            }
        }
    }
}
