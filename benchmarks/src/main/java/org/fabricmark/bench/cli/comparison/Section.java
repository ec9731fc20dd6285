package org.fabricmark.bench.cli.comparison;

import java.util.List;

import org.fabricmark.bench.cli.console.Tone;

/**
 * A table with what belongs to it.
 *
 * @param title one line
 * @param heads one for each column
 * @param rows a text for each column
 * @param notes lines below the table
 */
public record Section(String title, List<Head> heads, List<List<Text>> rows, List<String> notes) {
    /** Copies the lists and refuses rows of another width. */
    public Section {
        heads = List.copyOf(heads);
        rows = rows.stream().map(List::copyOf).toList();
        notes = List.copyOf(notes);
        for (List<Text> row : rows) {
            if (row.size() != heads.size()) {
                throw new IllegalArgumentException(row.size() + " texts for " + heads.size() + " columns");
            }
        }
    }

    /** A section of notes only. */
    static Section ofNotes(String title, List<String> notes) {
        return new Section(title, List.of(), List.of(), notes);
    }

    /**
     * The head of a column.
     *
     * @param name what is in it
     * @param number whether that is numbers, which stand at the right
     */
    public record Head(String name, boolean number) {
        static Head words(String name) {
            return new Head(name, false);
        }

        static Head numbers(String name) {
            return new Head(name, true);
        }
    }

    /**
     * A text in a table.
     *
     * @param text the text
     * @param tone whether it is good or bad
     */
    public record Text(String text, Tone tone) {
        static Text of(String text) {
            return new Text(text, Tone.PLAIN);
        }
    }
}
