package org.fabricmark.results.model;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How samples are distributed, for any percentile that somebody asks for later: the values that occurred, to the
 * precision of the histogram that they come from, and how many samples are at or below each. Immutable.
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
     * @param upTo how many samples are at or below each, ascending
     * @throws IllegalArgumentException if the two do not fit each other
     */
    public static Distribution of(double[] values, long[] upTo) {
        if (values.length != upTo.length) {
            throw new IllegalArgumentException(values.length + " values, but " + upTo.length + " counts");
        }
        for (int i = 0; i < values.length; i++) {
            boolean first = i == 0;
            if (!Double.isFinite(values[i]) || upTo[i] < 1 || !first && (values[i] <= values[i - 1]
                    || upTo[i] <= upTo[i - 1])) {
                throw new IllegalArgumentException(
                        "value " + values[i] + " with " + upTo[i] + " samples up to it is out of order");
            }
        }
        return values.length == 0 ? EMPTY : new Distribution(values.clone(), upTo.clone());
    }

    /** The distribution of single samples. */
    public static Distribution of(Series samples) {
        double[] sorted = samples.stream().sorted().toArray();
        double[] values = new double[sorted.length];
        long[] upTo = new long[sorted.length];
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            count = i > 0 && sorted[i] == sorted[i - 1] ? count : count + 1;
            values[count - 1] = sorted[i];
            upTo[count - 1] = i + 1L;
        }
        return new Distribution(Arrays.copyOf(values, count), Arrays.copyOf(upTo, count));
    }

    /** The same samples in another unit. */
    public Distribution scaled(double factor) {
        return new Distribution(Arrays.stream(values).map(value -> value * factor).toArray(), upTo);
    }

    /** How many samples. */
    public long samples() {
        return upTo.length == 0 ? 0 : upTo[upTo.length - 1];
    }

    /** How many different values. */
    public int size() {
        return values.length;
    }

    /** The value at {@code index}, ascending. */
    public double value(int index) {
        return values[index];
    }

    /** How many samples are at or below the value at {@code index}. */
    public long upTo(int index) {
        return upTo[index];
    }

    /** How many samples have the value at {@code index}. */
    public long count(int index) {
        return index == 0 ? upTo[0] : upTo[index] - upTo[index - 1];
    }

    /** The mean; empty without samples. */
    public OptionalDouble mean() {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * count(i);
        }
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / samples());
    }

    /** How many samples a percentile needs: enough that one of them is expected to lie above it, and never fewer than 100. */
    public static long samplesFor(double percentile) {
        return Math.max(CaseResult.MIN_PERCENTILE_SAMPLES, (long) Math.ceil(ALL / (ALL - percentile) - 1e-6));
    }

    /** The value that {@code percentile} per cent of the samples do not exceed; empty when there are too few. */
    public OptionalDouble percentile(double percentile) {
        return samples() < samplesFor(percentile) ? OptionalDouble.empty() : quantile(percentile / ALL);
    }

    /** The value that this share of the samples, from 0 to 1, does not exceed, however few they are; empty without samples. */
    public OptionalDouble quantile(double share) {
        if (upTo.length == 0) {
            return OptionalDouble.empty();
        }
        long rank = Math.max(1, (long) Math.ceil(share * samples() - 1e-9));
        int at = Arrays.binarySearch(upTo, rank);
        return OptionalDouble.of(values[at >= 0 ? at : -at - 1]);
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

    @Override
    public String toString() {
        return samples() + " samples of " + values.length + " values";
    }
}
