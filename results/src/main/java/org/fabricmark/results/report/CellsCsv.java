package org.fabricmark.results.report;

import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.fabricmark.results.format.Column;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.StoredRun;

/**
 * All cells of all runs as one flat table for spreadsheets and scripts: one line for each run and cell. The columns of
 * {@code --format csv} come after those that say which run it is; an absent number is an empty field.
 */
final class CellsCsv {
    private static final CSVFormat LINES = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
    private static final List<String> RUN = List.of("run", "run_id", "started_at", "commit", "branch");

    private CellsCsv() {}

    static String text(List<StoredRun> runs) {
        StringBuilder text = new StringBuilder();
        line(text, Stream.concat(RUN.stream(), Column.ofCsv().stream().map(Column::label)));
        for (StoredRun run : runs) {
            Environment.Suite suite = run.run().environment().suite();
            List<String> which = List.of(run.name(), run.run().id(), run.run().startedAt().toString(),
                    suite.commit().orElse(""), suite.branch().orElse(""));
            for (CaseResult cell : run.run().cases()) {
                line(text, Stream.concat(which.stream(), Column.ofCsv().stream().map(column -> column.text(cell))));
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Stream<String> fields) {
        text.append(LINES.format(fields.toArray())).append('\n');
    }
}
