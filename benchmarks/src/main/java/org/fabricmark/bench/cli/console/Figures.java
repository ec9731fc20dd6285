package org.fabricmark.bench.cli.console;

import java.util.OptionalDouble;

/** Numbers for people: enough digits to compare, and no more. */
public final class Figures {
    /** Stands for a number that is absent. */
    public static final String ABSENT = "-";

    private static final double TINY = 0.001;

    private Figures() {}

    /** Three significant digits, two of small numbers, all digits of large ones: 9.8e-07, 0.0034, 0.302, 4.56, 78.9, 1234. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        if (size < TINY) {
            return String.format("%.1e", value);
        }
        int decimals = size < 0.01 ? 4 : size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
        return String.format("%." + decimals + "f", value);
    }

    /** As {@link #of(double)}, or {@link #ABSENT}. */
    public static String of(OptionalDouble value) {
        return value.isPresent() ? of(value.getAsDouble()) : ABSENT;
    }

    /** A share of 1 in whole percent, or {@link #ABSENT}. */
    public static String percent(OptionalDouble share) {
        return share.isPresent() ? Long.toString(Math.round(share.getAsDouble() * 100)) : ABSENT;
    }
}
