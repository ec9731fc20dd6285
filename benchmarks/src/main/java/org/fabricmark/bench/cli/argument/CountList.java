package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;

/**
 * Whole numbers, or {@code auto}, with commas between them.
 *
 * @param counts each once, in the order given; empty for {@code auto}
 */
public record CountList(List<OptionalInt> counts) {
    private static final String AUTO = "auto";

    public CountList {
        counts = List.copyOf(counts);
    }

    private static CountList parse(String text, int least, boolean auto) {
        String expected = (auto ? "auto, or " : "") + "whole numbers from " + least + " on, as in 1,16,128";
        List<OptionalInt> counts = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            counts.add(auto && word.strip().equals(AUTO) ? OptionalInt.empty()
                    : OptionalInt.of((int) Math.min(Integer.MAX_VALUE, WholeNumber.parse(word, least, expected))));
        }
        return new CountList(counts.stream().distinct().toList());
    }

    /** At least 1. */
    public static final class FromOne implements ITypeConverter<CountList> {
        @Override
        public CountList convert(String text) {
            return parse(text, 1, false);
        }
    }

    /** At least 1, or auto. */
    public static final class AutoOrFromOne implements ITypeConverter<CountList> {
        @Override
        public CountList convert(String text) {
            return parse(text, 1, true);
        }
    }

    /** At least 0, or auto. */
    public static final class AutoOrFromZero implements ITypeConverter<CountList> {
        @Override
        public CountList convert(String text) {
            return parse(text, 0, true);
        }
    }
}
