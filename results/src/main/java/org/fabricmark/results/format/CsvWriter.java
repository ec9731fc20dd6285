package org.fabricmark.results.format;

import java.io.Flushable;
import java.io.IOException;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.fabricmark.results.model.CaseResult;

/**
 * Writes results line by line as cases finish; each line is flushed, so that a reader at the other end of a pipe sees
 * it at once and an interrupted run keeps what it had. Made by {@link CsvFormat#writer}. Not thread-safe.
 */
public final class CsvWriter {
    private final Appendable out;
    private final CSVFormat lines;

    CsvWriter(Appendable out, CSVFormat lines) throws IOException {
        this.out = out;
        this.lines = lines;
        line(Column.ofCsv().stream().map(Column::label));
    }

    /**
     * Writes one line.
     *
     * @throws IOException if the output fails
     */
    public void write(CaseResult result) throws IOException {
        line(Column.ofCsv().stream().map(column -> column.text(result)));
    }

    private void line(Stream<String> fields) throws IOException {
        out.append(lines.format(fields.toArray())).append(lines.getRecordSeparator());
        if (out instanceof Flushable flushable) {
            flushable.flush();
        }
    }
}
