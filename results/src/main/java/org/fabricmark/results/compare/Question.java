package org.fabricmark.results.compare;

import java.util.List;
import java.util.Optional;

import org.fabricmark.results.select.Filter;

/**
 * What is to be compared with what.
 *
 * @param rows labels that make the rows
 * @param columns labels that make the columns, which are what is compared
 * @param tables labels that make tables; empty for all that tell cells of a place apart, so that nothing is mixed
 * @param filter which cells
 * @param best labels over which the fastest cell stands for all others of its place; mostly none
 * @param base texts of the column that others are divided by; the first column if empty
 */
public record Question(List<String> rows, List<String> columns, Optional<List<String>> tables, Filter filter,
        List<String> best, Optional<List<String>> base) {
    /** Copies the lists. */
    public Question {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        tables = tables.map(List::copyOf);
        best = List.copyOf(best);
        base = base.map(List::copyOf);
    }

    /** Sizes as rows, and these columns. */
    public static Question ofColumns(String... columns) {
        return new Question(List.of("bytes"), List.of(columns), Optional.empty(), Filter.ALL, List.of(),
                Optional.empty());
    }
}
