package org.fabricmark.bench.cli.argument;

import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;

/**
 * How many of something: a number, or {@code auto}.
 *
 * @param number empty for {@code auto}
 */
public record Amount(OptionalInt number) {
    private static final String AUTO = "auto";

    /** As it was typed. */
    public String text() {
        return number.isPresent() ? Integer.toString(number.getAsInt()) : AUTO;
    }

    private static Amount parse(String text, int least) {
        return text.equals(AUTO) ? new Amount(OptionalInt.empty())
                : new Amount(OptionalInt.of(whole(text, least, "auto, or a whole number from " + least + " on")));
    }

    private static int whole(String text, int least, String expected) {
        return (int) Math.min(Integer.MAX_VALUE, WholeNumber.parse(text, least, expected));
    }

    /** At least 1. */
    public static final class FromOne implements ITypeConverter<Amount> {
        @Override
        public Amount convert(String text) {
            return parse(text, 1);
        }
    }

    /** At least 0. */
    public static final class FromZero implements ITypeConverter<Amount> {
        @Override
        public Amount convert(String text) {
            return parse(text, 0);
        }
    }

    /** Repetitions: 0 stands for no end. */
    public static final class Repeat implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return whole(text, 0, "a whole number from 1 on, or 0 for until stopped");
        }
    }
}
