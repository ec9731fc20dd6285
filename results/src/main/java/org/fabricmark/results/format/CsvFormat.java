package org.fabricmark.results.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.fabricmark.results.model.CaseResult;

/**
 * Results as comma-separated text: one header line, then one line for each case, no units, no blanks, lines ending in a
 * line feed. An absent number is an empty field; a field with a comma or a quote in it is quoted.
 *
 * <p>Columns are read by name, so a file with more, fewer or reordered columns is still read.
 */
public final class CsvFormat {
    /** The header line, without its line feed. */
    public static final String HEADER = Column.ofCsv().stream().map(Column::label).collect(Collectors.joining(","));

    private static final CSVFormat LINES = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private CsvFormat() {}

    /**
     * Writes the header and gives a writer of lines. The caller keeps {@code out} and closes it.
     *
     * @throws IOException if {@code out} fails
     */
    public static CsvWriter writer(Appendable out) throws IOException {
        return new CsvWriter(out, LINES);
    }

    /**
     * Reads the file {@code path}, in UTF-8.
     *
     * @throws RunFormatException if a line cannot be read as a result; names the file and the line
     * @throws IOException if the file cannot be opened or read
     */
    public static List<CaseResult> read(Path path) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            return read(in, path.toString());
        }
    }

    /**
     * Reads all lines of {@code in}, which the caller closes.
     *
     * @param in the text, from its header line on
     * @param source what errors call it
     * @throws RunFormatException if a line cannot be read as a result
     * @throws IOException if {@code in} fails
     */
    public static List<CaseResult> read(Reader in, String source) throws IOException {
        List<CaseResult> results = new ArrayList<>();
        Map<Column, Integer> places = null;
        // The parser is not closed: that would close the caller's reader, and it holds nothing else.
        @SuppressWarnings("resource") CSVParser parser = CSVParser.builder().setReader(in).setFormat(LINES).get();
        try {
            for (CSVRecord line : parser) {
                if (places == null) {
                    places = places(line, source);
                } else {
                    results.add(result(line, places, source + " line " + parser.getCurrentLineNumber()));
                }
            }
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof CSVException notCsv) {
                throw new RunFormatException(
                        source + " is not CSV: " + RunFormatException.firstLine(notCsv.getMessage()), notCsv);
            }
            throw failure.getCause();
        }
        if (places == null) {
            throw new RunFormatException(source + " is empty: the first line has to name the columns");
        }
        return results;
    }

    private static Map<Column, Integer> places(CSVRecord header, String source) {
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        for (int i = 0; i < header.size(); i++) {
            int place = i;
            Column.named(header.get(i)).ifPresent(column -> {
                if (places.put(column, place) != null) {
                    throw new RunFormatException(source + " names column '" + column.label() + "' twice");
                }
            });
        }
        if (!places.containsKey(Column.COLLECTIVE)) {
            throw new RunFormatException(source + " has no results: its first line names no column 'collective'");
        }
        return places;
    }

    private static CaseResult result(CSVRecord line, Map<Column, Integer> places, String where) {
        Column.Row row = new Column.Row();
        try {
            for (Map.Entry<Column, Integer> place : places.entrySet()) {
                if (place.getValue() >= line.size()) {
                    throw new RunFormatException(where + " ends before column '" + place.getKey().label() + "'");
                }
                place.getKey().parse(row, line.get(place.getValue()));
            }
            return row.build();
        } catch (IllegalArgumentException impossible) {
            throw new RunFormatException(where + ": " + impossible.getMessage(), impossible);
        }
    }
}
