package org.fabricmark.bench.cli.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines in columns whose widths are known before the first row is, so that rows can be printed as they come. Two blanks lie
 * between columns; a text that is too long pushes the rest of its line to the right, and nothing is cut.
 */
public final class Columns {
    private final List<String> formats = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> units = new ArrayList<>();

    /** Adds a column of words. */
    public Columns words(String name, int width) {
        return add("%-" + Math.max(width, name.length()) + "s", name, "");
    }

    /** Adds a column of numbers; {@code unit} stands below its name, and may be empty. */
    public Columns numbers(String name, String unit, int width) {
        return add("%" + Math.max(width, Math.max(name.length(), unit.length())) + "s", name, unit);
    }

    private Columns add(String format, String name, String unit) {
        formats.add(format);
        names.add(name);
        units.add(unit);
        return this;
    }

    /** The line of names. */
    public String names() {
        return line(names);
    }

    /** The line of units. */
    public String units() {
        return line(units);
    }

    /** A row; as many cells as there are columns. */
    public String line(List<String> cells) {
        if (cells.size() != formats.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + formats.size() + " columns");
        }
        return String.format(String.join("  ", formats), cells.toArray()).stripTrailing();
    }
}
