package org.fabricmark.results.stats;

import java.util.Arrays;

/** The mean of ratios: that of twice and half is 1. */
public final class GeometricMean {
    private GeometricMean() {}

    /** The mean of at least one value above 0. */
    public static double of(double... values) {
        if (values.length == 0 || !Arrays.stream(values).allMatch(value -> value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("a geometric mean is of finite values above 0, not of "
                    + Arrays.toString(values));
        }
        return Math.exp(Arrays.stream(values).map(Math::log).average().orElseThrow());
    }
}
