package org.fabricmark.results.model;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Numbers as text: the same digits in every file, whatever the locale.
 *
 * <p>A real number is written in plain decimal, without an exponent, rounded to {@value #DIGITS} significant digits,
 * without trailing zeros. Nine digits keep a nanosecond apart in a second, which is finer than any clock that results
 * come from, so rounding makes no ties that the measurement did not have; and they hide the noise that binary fractions
 * leave in the last digits of a double. Reading such a text and writing it again gives the same text.
 */
public final class Numbers {
    /** Significant digits of a real number. */
    public static final int DIGITS = 9;

    private static final MathContext ROUNDING = new MathContext(DIGITS);

    private Numbers() {}

    /**
     * {@code value} in plain decimal.
     *
     * @throws IllegalArgumentException if the value is infinite or not a number
     */
    public static String text(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(value + " is not a number that a result can hold");
        }
        BigDecimal rounded = new BigDecimal(Double.toString(value)).round(ROUNDING);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** The finite real number {@code text}; {@code name} is what the error calls it. */
    public static double parseReal(String name, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            throw notANumber(name, text, "a number", notANumber);
        }
        throw notANumber(name, text, "a finite number", null);
    }

    /** The whole number {@code text}; {@code name} is what the error calls it. */
    public static long parseLong(String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            throw notANumber(name, text, "a whole number", notANumber);
        }
    }

    /** The whole number {@code text} of 32 bits; {@code name} is what the error calls it. */
    public static int parseInt(String name, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw notANumber(name, text, "a whole number", notANumber);
        }
    }

    private static IllegalArgumentException notANumber(String name, String text, String wanted, Throwable cause) {
        return new IllegalArgumentException(name + " '" + text + "' is not " + wanted, cause);
    }
}
