package org.fabricmark.bench.cli.argument;

import picocli.CommandLine.ITypeConverter;

/** Whole numbers: converters that say what they expected. */
public final class WholeNumber {
    private WholeNumber() {}

    /** Any 64-bit number: a seed. */
    public static final class Any implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return parse(text, Long.MIN_VALUE, "a whole number of up to 64 bits");
        }
    }

    /** A rank. */
    public static final class Rank implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) Math.min(RankCounts.MAX, parse(text, 0, "a rank is a whole number from 0 on"));
        }
    }

    static long parse(String text, long least, String expected) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw Misuse.ofValue(expected);
        }
        throw Misuse.ofValue(expected);
    }
}
