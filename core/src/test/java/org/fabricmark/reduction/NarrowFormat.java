package org.fabricmark.reduction;

import java.util.Arrays;

/** Floating point of 16 bits by its definition: values from exponent and fraction, rounding by search among all values. */
public enum NarrowFormat {
    BINARY16(5, 0x7e00),
    BFLOAT16(8, 0x7fc0);

    private final int exponentBits;
    private final int fractionBits;
    private final short canonicalNaN;

    /** All values from 0 up, by bit pattern; last the one that would follow the largest, in place of infinity. */
    private final double[] magnitudes;

    NarrowFormat(int exponentBits, int canonicalNaN) {
        this.exponentBits = exponentBits;
        this.fractionBits = Short.SIZE - 1 - exponentBits;
        this.canonicalNaN = (short) canonicalNaN;
        int infinity = (1 << exponentBits) - 1 << fractionBits;
        magnitudes = new double[infinity + 1];
        Arrays.setAll(magnitudes, this::finite);
    }

    private double finite(int magnitude) {
        int exponent = magnitude >> fractionBits;
        int fraction = magnitude & (1 << fractionBits) - 1;
        int bias = (1 << exponentBits - 1) - 1;
        int significand = exponent == 0 ? fraction : fraction | 1 << fractionBits;
        return Math.scalb((double) significand, Math.max(exponent, 1) - bias - fractionBits);
    }

    /** The value of a bit pattern. */
    public double value(short bits) {
        int magnitude = bits & 0x7fff;
        int infinity = magnitudes.length - 1;
        double value = magnitude < infinity ? magnitudes[magnitude]
                : magnitude == infinity ? Double.POSITIVE_INFINITY : Double.NaN;
        return bits < 0 ? -value : value;
    }

    /** The bit pattern of the value nearest to {@code value}; of two the even one; for any NaN always the same. */
    public short nearest(float value) {
        if (value != value) {
            return canonicalNaN;
        }
        double magnitude = Math.min(Math.abs((double) value), magnitudes[magnitudes.length - 1]);
        int found = Arrays.binarySearch(magnitudes, magnitude);
        if (found < 0) {
            int above = -found - 1;
            double toAbove = magnitudes[above] - magnitude;
            double toBelow = magnitude - magnitudes[above - 1];
            found = toAbove < toBelow || toAbove == toBelow && above % 2 == 0 ? above : above - 1;
        }
        return (short) (1 / value < 0 || value < 0 ? found | 0x8000 : found);
    }
}
