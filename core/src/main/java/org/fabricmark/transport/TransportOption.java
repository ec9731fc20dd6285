package org.fabricmark.transport;

import java.util.List;
import java.util.Objects;

/**
 * One option of a transport, as {@code name=value} behind its name: {@code shm?direct=no&inline=0}.
 *
 * @param name lower-case letters
 * @param type what values look like
 * @param defaultValue the value when it is not given
 * @param description one line, units included
 */
public record TransportOption(String name, Type type, String defaultValue, String description) {
    /** What the values of an option look like. */
    public sealed interface Type {
        /** Whether {@code value} is one. */
        boolean accepts(String value);

        /** The values in words, for messages and listings. */
        String expected();
    }

    /** {@code yes} or {@code no}. */
    public record YesNo() implements Type {
        @Override
        public boolean accepts(String value) {
            return value.equals("yes") || value.equals("no");
        }

        @Override
        public String expected() {
            return "yes or no";
        }
    }

    /** A whole number from {@code min} to {@code max}. */
    public record Whole(int min, int max) implements Type {
        @Override
        public boolean accepts(String value) {
            if (!value.matches("-?[0-9]{1,9}")) {
                return false;
            }
            int number = Integer.parseInt(value);
            return number >= min && number <= max;
        }

        @Override
        public String expected() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** One of some words. */
    public record Choice(List<String> words) implements Type {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public boolean accepts(String value) {
            return words.contains(value);
        }

        @Override
        public String expected() {
            return String.join(" or ", words);
        }
    }

    /** Any text that is not empty. */
    public record Text() implements Type {
        @Override
        public boolean accepts(String value) {
            return !value.isEmpty();
        }

        @Override
        public String expected() {
            return "a text that is not empty";
        }
    }

    public TransportOption {
        Objects.requireNonNull(description, "description");
        if (!type.accepts(defaultValue)) {
            throw new IllegalArgumentException(name + ": default '" + defaultValue + "' is not " + type.expected());
        }
    }
}
