package org.fabricmark.bench.primitive.sweep;

import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/**
 * Times of an operation over the timed batches of a row, in nanoseconds. A batch of several operations gives one time, their mean.
 *
 * @param operations all that were timed
 * @param batch operations in a batch
 * @param minNs shortest
 * @param typicalNs median
 * @param averageNs all time / all operations
 * @param deviationNs standard deviation over batches
 * @param p99Ns percentile 99, from 100 batches on
 * @param p999Ns percentile 99.9, from 1000 batches on
 * @param maxNs longest
 */
public record Times(long operations, long batch, double minNs, double typicalNs, double averageNs, double deviationNs,
        OptionalDouble p99Ns, OptionalDouble p999Ns, double maxNs) {
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    /**
     * From the times of batches.
     *
     * @param batches in nanoseconds
     * @param perBatch operations in each
     * @param allNanos from the first batch to the last
     */
    static Times of(Histogram batches, long perBatch, long allNanos) {
        long count = batches.getTotalCount();
        return new Times(count * perBatch, perBatch, (double) batches.getMinValue() / perBatch,
                percentile(batches, perBatch, 50), (double) allNanos / (count * perBatch),
                batches.getStdDeviation() / perBatch, enough(batches, perBatch, P99), enough(batches, perBatch, P999),
                (double) batches.getMaxValue() / perBatch);
    }

    private static OptionalDouble enough(Histogram batches, long perBatch, double percentile) {
        boolean enough = batches.getTotalCount() * (100 - percentile) >= 100 - 1e-6;
        return enough ? OptionalDouble.of(percentile(batches, perBatch, percentile)) : OptionalDouble.empty();
    }

    private static double percentile(Histogram batches, long perBatch, double percentile) {
        return (double) batches.getValueAtPercentile(percentile) / perBatch;
    }
}
