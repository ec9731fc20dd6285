package org.fabricmark.results.format;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Machine;
import org.fabricmark.results.model.Repetitions;
import org.fabricmark.results.model.Run;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;

/**
 * A run as one JSON object: {@code schemaVersion}, {@code startedAt}, {@code arguments}, {@code seed},
 * {@code environment}, {@code machine}, {@code cases}. A case has the fields of the CSV form, with numbers and
 * booleans; one that is absent is null, or left out if CSV does not have it. Each case is one line, so that stored runs can be searched and compared with
 * line tools.
 *
 * <p>The resource {@code /org/fabricmark/results/run-1.schema.json} describes the form as a JSON Schema.
 */
public final class JsonFormat {
    /**
     * The version that this build writes, and the newest that it reads. A new field that a reader may ignore does not
     * raise it; a field that changes its meaning does.
     */
    public static final int SCHEMA_VERSION = 1;

    private static final ObjectWriter WRITER = Json.MAPPER.writer().with(new LineLayout());

    private JsonFormat() {}

    /**
     * Writes {@code run} and a line feed to {@code out}, which the caller closes.
     *
     * @throws IllegalArgumentException if a case is of a primitive
     * @throws IOException if {@code out} fails
     */
    public static void write(Run run, Writer out) throws IOException {
        if (run.cases().stream().anyMatch(result -> result.key().isPrimitive())) {
            throw new IllegalArgumentException("this form has no place for primitives; a saved run has");
        }
        write(out, json -> {
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("startedAt", run.startedAt().toString());
            json.writeArrayPropertyStart("arguments");
            run.arguments().forEach(json::writeString);
            json.writeEndArray();
            json.writeNumberProperty("seed", run.seed());
            json.writePOJOProperty("environment", run.environment());
            json.writePOJOProperty("machine", run.machine());
            json.writeArrayPropertyStart(LineLayout.ONE_LINE_EACH);
            for (CaseResult result : run.cases()) {
                writeCase(result, json);
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes what probes found on this machine as an object of its own: {@code schemaVersion}, {@code limits},
     * {@code fit}. The caller closes {@code out}.
     *
     * @throws IOException if {@code out} fails
     */
    public static void write(Machine machine, Writer out) throws IOException {
        write(out, json -> {
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writePOJOProperty("limits", machine.limits());
            json.writePOJOProperty("fit", machine.fit());
        });
    }

    /**
     * Reads the run in the file {@code path}.
     *
     * @throws RunFormatException if the file is not a run, or one of a newer form; names the file
     * @throws IOException if the file cannot be opened or read
     */
    public static Run read(Path path) throws IOException {
        try (Reader in = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            return read(in, path.toString());
        }
    }

    /**
     * Reads one run from {@code in}, which the caller closes.
     *
     * @param in the text, with nothing after the run
     * @param source what errors call it
     * @throws RunFormatException if the text is not a run, or one of a newer form
     * @throws IOException if {@code in} fails
     */
    public static Run read(Reader in, String source) throws IOException {
        try {
            return run(Json.MAPPER.readTree(in), source);
        } catch (JacksonIOException failure) {
            throw failure.getCause();
        } catch (JacksonException notJson) {
            throw Json.failure(source, notJson);
        } catch (IllegalArgumentException | DateTimeParseException impossible) {
            throw new RunFormatException(source + ": " + impossible.getMessage(), impossible);
        }
    }

    private static Run run(JsonNode root, String source) {
        Json.requireVersion(root, SCHEMA_VERSION, source, "a run");
        List<String> arguments = new ArrayList<>();
        root.path("arguments").forEach(argument -> arguments.add(argument.asString()));
        JsonNode machine = root.path("machine");
        return Run.of(Instant.parse(required(root, "startedAt", source).asString()), arguments,
                seed(root.path("seed"), source), environment(root.path("environment")),
                Json.isAbsent(machine) ? Optional.empty()
                        : Optional.of(Json.MAPPER.treeToValue(machine, Machine.class)),
                Repetitions.merge(cases(required(root, LineLayout.ONE_LINE_EACH, source), source)));
    }

    private static long seed(JsonNode seed, String source) {
        if (Json.isAbsent(seed)) {
            return 0;
        }
        if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
            throw new RunFormatException(source + ": seed '" + seed.asString("") + "' is not a whole number");
        }
        return seed.longValue();
    }

    private static Environment environment(JsonNode environment) {
        return Json.isAbsent(environment) ? Environment.UNKNOWN
                : Json.MAPPER.treeToValue(environment, Environment.class);
    }

    private static List<CaseResult> cases(JsonNode array, String source) {
        if (!array.isArray()) {
            throw new RunFormatException(source + " is not a run: 'cases' is not a list");
        }
        List<CaseResult> cases = new ArrayList<>();
        for (JsonNode object : array) {
            Column.Row row = new Column.Row();
            try {
                for (Column column : Column.values()) {
                    column.parse(row, text(column, object.path(column.label())));
                }
                cases.add(row.build());
            } catch (IllegalArgumentException impossible) {
                throw new RunFormatException(source + " case " + (cases.size() + 1) + ": " + impossible.getMessage(),
                        impossible);
            }
        }
        return cases;
    }

    /** Writes one case as an object: the columns that it has. */
    static void writeCase(CaseResult result, JsonGenerator json) {
        json.writeStartObject();
        for (Column column : Column.values()) {
            String text = column.text(result);
            if (column.isLeftOut(result)) {
                continue;
            }
            json.writeName(column.label());
            switch (column.kind()) {
                case WORD -> json.writeString(text);
                case YES_NO -> json.writeBoolean(text.equals("yes"));
                case NUMBER -> writeNumber(text, json);
            }
        }
        json.writeEndObject();
    }

    private static void writeNumber(String text, JsonGenerator json) {
        if (text.isEmpty()) {
            json.writeNull();
        } else if (text.charAt(0) == '-' || Character.isDigit(text.charAt(0))) {
            json.writeNumber(text);
        } else {
            json.writeString(text);
        }
    }

    private static String text(Column column, JsonNode value) {
        if (Json.isAbsent(value)) {
            return "";
        }
        if (value.isContainer()) {
            throw new IllegalArgumentException("field '" + column.label() + "' is not a single value");
        }
        return value.isBoolean() ? value.booleanValue() ? "yes" : "no" : value.asString();
    }

    private static JsonNode required(JsonNode root, String field, String source) {
        JsonNode value = root.path(field);
        if (Json.isAbsent(value)) {
            throw new RunFormatException(source + " is not a run: it has no '" + field + "'");
        }
        return value;
    }

    private static void write(Writer out, Body body) throws IOException {
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (JacksonIOException failure) {
            throw failure.getCause();
        }
        out.write('\n');
        out.flush();
    }

    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json);
    }
}
