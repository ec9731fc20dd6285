package org.fabricmark.bench.cli.argument;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Comma lists of names, and what to say about a name that is not known. */
public final class Names {
    /** Stands for every name of a list. */
    public static final String ALL = "all";

    /** Names that differ by more edits than this are not the same name with a typing error; in short ones one is enough. */
    private static final int MAX_EDITS = 2;

    private static final int SHORT_NAME = 3;

    private Names() {}

    /**
     * The words of a comma list, each once, in the order in which they were given.
     *
     * @throws Misuse if a word is empty
     */
    public static List<String> split(String text) {
        List<String> words = List.of(text.split(",", -1));
        if (words.stream().anyMatch(String::isBlank)) {
            throw Misuse.ofValue("a name is empty; write names with a comma between them");
        }
        return List.copyOf(new LinkedHashSet<>(words.stream().map(String::strip).toList()));
    }

    /**
     * A name that nothing is called.
     *
     * @param kind what was looked for, for example {@code collective}
     * @param name the name that was given
     * @param known the names that would be right
     * @param list what {@code fabricmark list} shows them, or null
     */
    public static Misuse unknown(String kind, String name, Collection<String> known, String list) {
        String guess = closest(name, known).map(close -> "; did you mean '" + close + "'? known: ").orElse("; known: ");
        String see = list == null ? "" : " (see 'fabricmark list " + list + "')";
        return new Misuse("no " + kind + " '" + name + "'" + guess + String.join(", ", known) + see);
    }

    /** The name that {@code name} was most likely meant to be. */
    public static Optional<String> closest(String name, Collection<String> known) {
        Optional<String> best = Optional.empty();
        int fewest = (name.length() > SHORT_NAME ? MAX_EDITS : 1) + 1;
        for (String candidate : known) {
            int edits = edits(name, candidate);
            if (edits < fewest) {
                fewest = edits;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /** Levenshtein's distance: letters to insert, delete or replace. */
    static int edits(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(diagonal, row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
