package org.fabricmark.bench.cli.console;

import java.util.OptionalDouble;

/** Numbers for people: enough digits to compare, and no more. */
public final class Figures {
    /** Stands for a number that is absent. */
    public static final String ABSENT = "-";

    private Figures() {}

    /** At least three significant digits, at most three decimals: 0.302, 4.56, 78.9, 1234. */
    public static String of(double value) {
        double size = Math.abs(value);
        int decimals = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
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
