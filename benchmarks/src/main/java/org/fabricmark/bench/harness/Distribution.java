package org.fabricmark.bench.harness;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.fabricmark.results.model.CaseResult;

/**
 * How samples are distributed, for any percentile that somebody asks for later: the values that occurred, to the precision of the
 * histogram that they come from, and how many samples are at or below each.
 *
 * <p>Thread rule: immutable.
 */
public final class Distribution {
    /** Nothing was measured. */
    public static final Distribution EMPTY = new Distribution(new double[0], new long[0]);

    private static final double ALL = 100;

    private final double[] values;
    private final long[] upTo;

    private Distribution(double[] values, long[] upTo) {
        this.values = values;
        this.upTo = upTo;
    }

    /**
     * A distribution that is known.
     *
     * @param values that occurred, ascending
     * @param upTo how many samples are at or below each
     */
    public static Distribution of(double[] values, long[] upTo) {
        return new Distribution(values.clone(), upTo.clone());
    }

    /** Everything that {@code histogram} has recorded, times {@code scale}. */
    static Distribution of(Histogram histogram, double scale) {
        double[] values = new double[64];
        long[] upTo = new long[values.length];
        int count = 0;
        for (HistogramIterationValue each : histogram.recordedValues()) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
                upTo = Arrays.copyOf(upTo, 2 * count);
            }
            values[count] = each.getValueIteratedTo() * scale;
            upTo[count++] = each.getTotalCountToThisValue();
        }
        return new Distribution(Arrays.copyOf(values, count), Arrays.copyOf(upTo, count));
    }

    /** How many samples. */
    public long samples() {
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /** How many samples a percentile needs: enough that one of them is expected to lie above it, and never fewer than 100. */
    public static long samplesFor(double percentile) {
        return Math.max(CaseResult.MIN_PERCENTILE_SAMPLES, (long) Math.ceil(ALL / (ALL - percentile) - 1e-6));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that && Arrays.equals(values, that.values)
                && Arrays.equals(upTo, that.upTo);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(upTo);
    }

    /** The value that {@code percentile} per cent of the samples do not exceed; empty when there are too few. */
    public OptionalDouble percentile(double percentile) {
        if (samples() < samplesFor(percentile)) {
            return OptionalDouble.empty();
        }
        long rank = Math.max(1, (long) Math.ceil(percentile / ALL * samples() - 1e-9));
        int at = Arrays.binarySearch(upTo, rank);
        return OptionalDouble.of(values[at >= 0 ? at : -at - 1]);
    }
}
