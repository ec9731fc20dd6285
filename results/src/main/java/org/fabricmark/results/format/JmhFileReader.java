package org.fabricmark.results.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Conventions;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads our part of {@code run.jmh.json}, token by token: hundreds of stored runs are read at once, and most of such a
 * file is for others. What occurs again and again is kept once.
 */
final class JmhFileReader {
    private static final Map<String, Column> COLUMNS = Stream.of(Column.values())
            .collect(Collectors.toMap(Column::label, column -> column));

    private final String source;
    private final String runId;
    private final JsonParser json;
    private final List<CaseResult> cases = new ArrayList<>();
    private final Set<CaseKey> seen = new HashSet<>();
    private final SharedParts shared;

    private JmhFileReader(String source, String runId, JsonParser json, SharedParts shared) {
        this.source = source;
        this.runId = runId;
        this.json = json;
        this.shared = shared;
    }

    /** The cases of the file {@code path}, which must belong to the run {@code runId}. */
    static List<CaseResult> read(Path path, String runId, FileBuffer buffer, SharedParts shared) throws IOException {
        String source = path.toString();
        buffer.read(path);
        int length = JmhLines.keepOurs(buffer.bytes(), buffer.length());
        if (length == 0) {
            buffer.read(path);
            length = buffer.length();
        }
        try (JsonParser json = Json.MAPPER.createParser(buffer.bytes(), 0, length)) {
            return new JmhFileReader(source, runId, json, shared).all();
        } catch (JacksonException notJson) {
            throw Json.failure(source, notJson);
        }
    }

    private List<CaseResult> all() {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw new RunFormatException(source + " is not a list of JMH results: it does not begin with '['");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            try {
                cases.add(object());
            } catch (IllegalArgumentException impossible) {
                throw new RunFormatException(place() + ": " + impossible.getMessage(), impossible);
            }
        }
        if (json.nextToken() != null) {
            throw new RunFormatException(source + " has something after its list of results");
        }
        return cases;
    }

    private String place() {
        return source + " result " + (cases.size() + 1);
    }

    private CaseResult object() {
        require(json.currentToken() == JsonToken.START_OBJECT, "is no object");
        CaseResult result = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            boolean ours = json.currentName().equals(JmhFile.EXTENSION);
            json.nextToken();
            if (ours) {
                result = extension();
            } else {
                json.skipChildren();
            }
        }
        require(result != null, "has no '" + JmhFile.EXTENSION + "': 'fabricmark import' reads what JMH itself wrote");
        if (!seen.add(result.key())) {
            throw new IllegalArgumentException("case '" + result.key() + "' is there twice");
        }
        return result;
    }

    private CaseResult extension() {
        Column.Row row = new Column.Row();
        boolean versioned = false;
        boolean filled = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "schemaVersion" -> {
                    require(value == JsonToken.VALUE_NUMBER_INT, "has no whole number 'schemaVersion'");
                    Json.requireVersion(json.getIntValue(), JmhFile.SCHEMA_VERSION, place());
                    versioned = true;
                }
                case "runId" -> require(runId.equals(json.getString()), "belongs to run " + json.getString()
                        + ", but the run beside it is " + runId);
                case "cell" -> {
                    require(value == JsonToken.START_OBJECT, "has a 'cell' that is no object");
                    cell(row);
                    filled = true;
                }
                case "conventions" -> {
                    require(value == JsonToken.START_OBJECT, "has 'conventions' that are no object");
                    row.conventions(conventions());
                }
                default -> json.skipChildren();
            }
        }
        require(versioned, "has no whole number 'schemaVersion'");
        require(filled, "has no 'cell'");
        return row.build(shared);
    }

    private Conventions conventions() {
        String statistic = "";
        String overRanks = "";
        String size = "";
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            String text = shared.word(json.getString());
            switch (name) {
                case "statistic" -> statistic = text;
                case "overRanks" -> overRanks = text;
                case "size" -> size = text;
                default -> {
                    // of a newer build
                }
            }
        }
        Conventions read = new Conventions(statistic, overRanks, size);
        return read.equals(Conventions.OURS) ? Conventions.OURS : read;
    }

    private void cell(Column.Row row) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            Column column = COLUMNS.get(json.currentName());
            JsonToken value = json.nextToken();
            if (column == null) {
                json.skipChildren();
                continue;
            }
            if (value.isStructStart()) {
                throw new IllegalArgumentException("field '" + column.label() + "' is not a single value");
            }
            if (column.isReal() && value.isNumeric()) {
                column.put(row, json.getDoubleValue());
            } else if (column.isWhole() && value == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                column.put(row, json.getLongValue());
            } else {
                column.parse(row, switch (value) {
                    case VALUE_NULL -> "";
                    case VALUE_TRUE -> "yes";
                    case VALUE_FALSE -> "no";
                    default -> shared.word(json.getString());
                });
            }
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new RunFormatException(place() + " " + otherwise);
        }
    }
}
