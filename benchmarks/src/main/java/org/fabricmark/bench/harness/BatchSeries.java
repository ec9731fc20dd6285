package org.fabricmark.bench.harness;

import java.util.Arrays;
import org.fabricmark.results.model.Series;

/**
 * Times of batches in time order, of the slowest rank and of each rank, in bounded memory: when it is full, every other batch is
 * dropped, and from then on only every {@link #stride}-th is kept. What is left is spread evenly over the whole measurement.
 *
 * <p>Thread rule: one thread.
 */
public final class BatchSeries {
    /** Enough to see drift and jumps, few enough to be stored for every case. */
    private static final int MOST = 1000;

    /** Of all ranks together; many ranks keep fewer batches each. */
    private static final int MOST_OF_ALL = 16 * MOST;

    private static final int FIRST = 64;

    private final int most;
    private final long[][] nanos;
    private int kept;
    private long offered;
    private int stride = 1;

    private static final long[] NO_RANKS = new long[0];

    /** Of one time for each batch, whose ranks are not told apart; allocates nothing later. */
    public static BatchSeries ofOne() {
        return new BatchSeries(MOST, new long[1][MOST]);
    }

    private BatchSeries(int most, long[][] nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    BatchSeries(int ranks) {
        this.most = Math.max(FIRST, Math.min(MOST, MOST_OF_ALL / ranks) / 2 * 2);
        this.nanos = new long[ranks + 1][FIRST];
    }

    /** The next batch. */
    public void add(long nanos) {
        add(nanos, NO_RANKS);
    }

    /** Forgets all batches. */
    public void clear() {
        kept = 0;
        offered = 0;
        stride = 1;
    }

    /** A row for all ranks; the first is the slowest rank's. */
    void add(long slowest, long[] ranks) {
        boolean wanted = offered++ % stride == 0;
        if (wanted && kept == most) {
            halve();
            wanted = (offered - 1) % stride == 0;
        }
        if (!wanted) {
            return;
        }
        if (kept == nanos[0].length) {
            for (int row = 0; row < nanos.length; row++) {
                nanos[row] = Arrays.copyOf(nanos[row], Math.min(most, 2 * kept));
            }
        }
        nanos[0][kept] = slowest;
        for (int rank = 0; rank < ranks.length; rank++) {
            nanos[rank + 1][kept] = ranks[rank];
        }
        kept++;
    }

    private void halve() {
        stride *= 2;
        kept /= 2;
        for (long[] row : nanos) {
            for (int i = 0; i < kept; i++) {
                row[i] = row[2 * i];
            }
        }
    }

    /** The slowest rank's. */
    public Series slowest() {
        return series(0);
    }

    /** A rank's. */
    Series rank(int rank) {
        return series(rank + 1);
    }

    /** Each series holds every so many-th batch. */
    public int stride() {
        return stride;
    }

    private Series series(int row) {
        return Series.of(Arrays.stream(nanos[row], 0, kept).asDoubleStream().toArray());
    }
}
