package org.fabricmark.results.report;

import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.fabricmark.results.format.Column;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.StoredRun;

/**
 * All cells of all runs as one flat table for spreadsheets and scripts: one line for each run and cell. The columns of
 * {@code --format csv} come after those that say which run it is; an absent number is an empty field. Where a run has
 * primitives, columns for them follow, and the figure that people look at with its unit.
 */
final class CellsCsv {
    private static final CSVFormat LINES = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    private static final List<String> FIGURE = List.of("figure", "unit");
    private static final List<String> RUN = List.of("run", "run_id", "started_at", "commit", "branch");

    private CellsCsv() {}

    static String text(List<StoredRun> runs) {
        StringBuilder text = new StringBuilder();
        boolean primitives = runs.stream().flatMap(run -> run.run().cases().stream())
                .anyMatch(cell -> cell.key().isPrimitive());
        List<Column> columns = Stream.concat(Column.ofCsv().stream(),
                primitives ? Column.ofPrimitives().stream() : Stream.empty()).toList();
        line(text, Stream.of(RUN.stream(), columns.stream().map(Column::label),
                primitives ? FIGURE.stream() : Stream.<String>empty()).flatMap(fields -> fields));
        for (StoredRun run : runs) {
            Environment.Suite suite = run.run().environment().suite();
            List<String> which = List.of(run.name(), run.run().id(), run.run().startedAt().toString(),
                    suite.commit().orElse(""), suite.branch().orElse(""));
            for (CaseResult cell : run.run().cases()) {
                line(text, Stream.of(which.stream(), columns.stream().map(column -> text(column, cell)),
                        primitives ? figure(cell) : Stream.<String>empty()).flatMap(fields -> fields));
            }
        }
        return text.toString();
    }

    /** What a primitive does not have is {@code none} where it is a word, and absent where it is a number. */
    private static String text(Column column, CaseResult cell) {
        return column == Column.COUNT && cell.key().isPrimitive() ? "" : column.text(cell);
    }

    private static Stream<String> figure(CaseResult cell) {
        return Stream.of(cell.figure().isPresent() ? Numbers.text(cell.figure().getAsDouble()) : "",
                cell.measure().unit());
    }

    private static void line(StringBuilder text, Stream<String> fields) {
        text.append(LINES.format(fields.toArray())).append('\n');
    }
}
