package org.fabricmark.results.report;

import java.util.List;

/**
 * A table as texts: what a page and a summary both write in their own way.
 *
 * @param title what it is a table of
 * @param heads of its columns
 * @param rows its rows, each with a text for each column
 */
record Table(String title, List<Head> heads, List<Row> rows) {
    /**
     * The head of a column.
     *
     * @param text its name
     * @param unit its unit, empty if it has none
     * @param kind words lie to the left, numbers to the right
     * @param beginsRun whether the columns of another run begin here
     */
    record Head(String text, String unit, Kind kind, boolean beginsRun) {
        static Head words(String text) {
            return new Head(text, "", Kind.WORDS, false);
        }

        static Head numbers(String text, String unit) {
            return new Head(text, unit, Kind.NUMBERS, false);
        }

        Head beginningRun() {
            return new Head(text, unit, kind, true);
        }

        /** Whether cells need no class: they are numbers like most. */
        boolean isPlain() {
            return kind == Kind.NUMBERS && !beginsRun;
        }

        /** Classes of the style sheet for cells of this column. */
        String style() {
            return (kind == Kind.WORDS ? "w" : "n") + (beginsRun ? " run" : "");
        }
    }

    /** What a column has. */
    enum Kind {
        /** Texts. */
        WORDS,
        /** Figures. */
        NUMBERS
    }

    /**
     * A row.
     *
     * @param texts of its cells
     * @param style a class of the style sheet, or empty
     */
    record Row(List<String> texts, String style) {
        /** For rows with nothing special. */
        static final String PLAIN = "";
        /** For rows with wrong data. */
        static final String WRONG = "wrong";
        /** For facts that are not the same in all runs. */
        static final String DIFFERS = "differs";

        Row {
            texts = List.copyOf(texts);
        }

        boolean isPlain() {
            return style.isEmpty();
        }
    }

    Table {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }
}
