package org.fabricmark.bench.cli.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of text in aligned columns, two blanks apart; made when all rows are known. Numbers stand at the right of their column,
 * words at the left; lines have no blanks at their end.
 */
public final class TextTable {
    private static final String GAP = "  ";
    private static final char ESCAPE = '\u001b';
    private static final Pattern COLOR = Pattern.compile(ESCAPE + "\\[[0-9;]*m");

    /** Where the text of a column stands. */
    public enum Align {
        /** For words. */
        LEFT,
        /** For numbers. */
        RIGHT
    }

    private final List<Align> alignments = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with a header line. Columns whose name begins with {@code >} stand at the right. */
    public TextTable(String... columns) {
        for (String column : columns) {
            alignments.add(column.startsWith(">") ? Align.RIGHT : Align.LEFT);
        }
        rows.add(Arrays.stream(columns).map(c -> c.startsWith(">") ? c.substring(1) : c).toList());
    }

    /** Adds a row; {@code cells} are as many as there are columns, and are printed by {@code toString}. */
    public TextTable row(Object... cells) {
        if (cells.length != alignments.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + alignments.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /** The lines, the header first. */
    public List<String> lines() {
        int[] widths = new int[alignments.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], visible(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** Colours take no place. */
    private static int visible(String text) {
        return text.indexOf(ESCAPE) < 0 ? text.length() : COLOR.matcher(text).replaceAll("").length();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String blanks = " ".repeat(widths[i] - visible(cell));
            line.append(i == 0 ? "" : GAP)
                    .append(alignments.get(i) == Align.RIGHT ? blanks + cell : cell + blanks);
        }
        return line.toString().stripTrailing();
    }
}
