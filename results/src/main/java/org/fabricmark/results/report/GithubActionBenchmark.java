package org.fabricmark.results.report;

import java.io.StringWriter;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.StoredRun;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * An array with one object for each cell: {@code name}, {@code unit}, {@code value}, and for people {@code range} and
 * {@code extra}. The name is the key of a chart, so it is the canonical name, which never changes. Times only, because
 * one file has one direction.
 */
final class GithubActionBenchmark {
    private GithubActionBenchmark() {}

    static String text(StoredRun run) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonMapper.shared().writerWithDefaultPrettyPrinter().createGenerator(text)) {
            json.writeStartArray();
            run.run().cases().stream().filter(cell -> !cell.isWrong()).forEach(cell -> write(run, cell, json));
            json.writeEndArray();
        }
        return text + "\n";
    }

    private static void write(StoredRun run, CaseResult cell, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", cell.key().canonicalName());
        json.writeStringProperty("unit", "us");
        json.writeName("value");
        json.writeNumber(Numbers.text(cell.timeUs()));
        LaunchSpread.of(run, cell).ifPresent(
                spread -> json.writeStringProperty("range", "± " + Figures.of(spread.halfUs())));
        json.writeStringProperty("extra", "p99 " + Figures.of(cell.p99Us()) + " us" + rate(cell) + marks(cell));
        json.writeEndObject();
    }

    private static String rate(CaseResult cell) {
        return switch (cell.measure()) {
            case CALL -> "\nbusbw " + Figures.of(cell.busbwGBs()) + " GB/s";
            case LATENCY -> "";
            case BANDWIDTH, RATE -> "\n" + Figures.of(cell.figure()) + " " + cell.measure().unit();
        };
    }

    private static String marks(CaseResult cell) {
        String marks = CellTables.marks(cell);
        return marks.isEmpty() ? "" : "\nmarked " + marks;
    }
}
