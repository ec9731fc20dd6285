package org.fabricmark.results.format;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers for people: enough digits to compare, and no more. The same in printed tables, pages and summaries. */
public final class Figures {
    /** Stands for a number that is absent. */
    public static final String ABSENT = "-";

    private static final double TINY = 0.001;
    private static final String LETTERS = "KMG";
    private static final int BITS_OF_LETTER = 10;

    private Figures() {}

    /** Three significant digits, two of small numbers, all digits of large ones: 9.8e-07, 0.0034, 0.302, 4.56, 78.9, 1234. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size < TINY) {
            return String.format(Locale.ROOT, "%.1e", value);
        }
        int decimals = size < 0.01 ? 4 : size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** As {@link #of(double)}, or {@link #ABSENT}. */
    public static String of(OptionalDouble value) {
        return value.isPresent() ? of(value.getAsDouble()) : ABSENT;
    }

    /** A share of 1 in whole percent, or {@link #ABSENT}. */
    public static String percent(OptionalDouble share) {
        return share.isPresent() ? Long.toString(Math.round(share.getAsDouble() * 100)) : ABSENT;
    }

    /** A number of bytes in its shortest exact form; the letters are powers of 1024: 65536 is {@code 64K}, 1000 is {@code 1000}. */
    public static String ofBytes(long bytes) {
        int power = bytes == 0 ? 0
                : Math.min(LETTERS.length(), Long.numberOfTrailingZeros(bytes) / BITS_OF_LETTER);
        return (bytes >> (BITS_OF_LETTER * power)) + (power == 0 ? "" : LETTERS.substring(power - 1, power));
    }
}
