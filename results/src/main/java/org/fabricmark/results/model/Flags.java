package org.fabricmark.results.model;

import java.util.stream.Collectors;

/**
 * The flags of a result, as a set of letters. Letters that a newer build wrote are kept: a warning is never lost, even
 * where its meaning is unknown.
 *
 * @param letters the letters a to z that are set, sorted, each once; empty if nothing is flagged
 */
public record Flags(String letters) {
    /** Nothing is flagged. */
    public static final Flags NONE = new Flags("");

    /** Sorts the letters, drops repeated ones, and refuses anything else. */
    public Flags {
        if (letters.chars().anyMatch(letter -> letter < 'a' || letter > 'z')) {
            throw new IllegalArgumentException("flags '" + letters + "' are not letters from a to z");
        }
        letters = letters.chars().sorted().distinct().mapToObj(Character::toString).collect(Collectors.joining());
    }

    /** These flags and no others. */
    public static Flags of(Flag... flags) {
        Flags set = NONE;
        for (Flag flag : flags) {
            set = set.with(flag);
        }
        return set;
    }

    /** This set with {@code flag} added. */
    public Flags with(Flag flag) {
        return new Flags(letters + flag.letter());
    }

    /** Whether {@code flag} is set. */
    public boolean has(Flag flag) {
        return letters.indexOf(flag.letter()) >= 0;
    }

    @Override
    public String toString() {
        return letters;
    }
}
