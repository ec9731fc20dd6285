package org.fabricmark.results.model;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Numbers in the order in which they were measured. Immutable. */
public final class Series {
    /** No numbers. */
    public static final Series EMPTY = new Series(new double[0]);

    private final double[] values;

    private Series(double[] values) {
        this.values = values;
    }

    /**
     * These numbers.
     *
     * @throws IllegalArgumentException if one is infinite or not a number
     */
    public static Series of(double... values) {
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("'" + value + "' is not a finite number");
            }
        }
        return values.length == 0 ? EMPTY : new Series(values.clone());
    }

    /** How many. */
    public int size() {
        return values.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /** The number at {@code index}, from 0. */
    public double get(int index) {
        return values[index];
    }

    /** All of them. */
    public DoubleStream stream() {
        return Arrays.stream(values);
    }

    /** A copy. */
    public double[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
