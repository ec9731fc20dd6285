package org.fabricmark.results.format;

import java.io.IOException;
import java.io.OutputStream;
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
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Run;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;

/**
 * {@code run.env.json}: everything about a run but its cases, once. One object: {@code schemaVersion}, {@code runId},
 * {@code startedAt}, {@code origin}, {@code arguments}, {@code seed}, the short names of the environment's groups as
 * {@code hardwareId}, {@code softwareId}, {@code stateId}, then {@code environment} and {@code machine}.
 *
 * <p>The resource {@code /org/fabricmark/results/run-env-1.schema.json} describes it.
 */
final class SurroundingsFile {
    static final int SCHEMA_VERSION = 1;

    private static final ObjectWriter WRITER = Json.MAPPER.writer().with(new LineLayout());

    private SurroundingsFile() {}

    static void write(Run run, OutputStream out) throws IOException {
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("runId", run.id());
            json.writeStringProperty("startedAt", run.startedAt().toString());
            json.writePOJOProperty("origin", run.origin());
            json.writeArrayPropertyStart("arguments");
            run.arguments().forEach(json::writeString);
            json.writeEndArray();
            json.writeNumberProperty("seed", run.seed());
            json.writeStringProperty("hardwareId", run.environment().hardware().id());
            json.writeStringProperty("softwareId", run.environment().software().id());
            json.writeStringProperty("stateId", run.environment().state().id());
            json.writePOJOProperty("environment", run.environment());
            json.writePOJOProperty("machine", run.machine());
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (JacksonIOException failure) {
            throw failure.getCause();
        }
    }

    /** The run of the file {@code path}, with these cases. */
    static Run read(Path path, Cases cases, SharedParts shared) throws IOException {
        String source = path.toString();
        try {
            JsonNode root = Json.MAPPER.readTree(Files.readAllBytes(path));
            Json.requireVersion(root, SCHEMA_VERSION, source, "what surrounds a run");
            List<String> arguments = new ArrayList<>();
            root.path("arguments").forEach(argument -> arguments.add(argument.asString()));
            String id = required(root, "runId", source).asString();
            return new Run(id, Instant.parse(required(root, "startedAt", source).asString()),
                    part(root, "origin", Origin.class, shared).orElse(Origin.OURS), arguments,
                    root.path("seed").asLong(0),
                    part(root, "environment", Environment.class, shared).orElse(Environment.UNKNOWN),
                    part(root, "machine", Machine.class, shared), cases.of(id));
        } catch (JacksonException notJson) {
            throw Json.failure(source, notJson);
        } catch (IllegalArgumentException | DateTimeParseException impossible) {
            throw new RunFormatException(source + ": " + impossible.getMessage(), impossible);
        }
    }

    private static <T> Optional<T> part(JsonNode root, String field, Class<T> type, SharedParts shared) {
        JsonNode value = root.path(field);
        return Json.isAbsent(value) ? Optional.empty() : Optional.of(shared.value(value, type));
    }

    private static JsonNode required(JsonNode root, String field, String source) {
        JsonNode value = root.path(field);
        if (Json.isAbsent(value)) {
            throw new RunFormatException(source + " is not what surrounds a run: it has no '" + field + "'");
        }
        return value;
    }

    /** Reads the cases of a run whose id is known. */
    @FunctionalInterface
    interface Cases {
        List<CaseResult> of(String runId) throws IOException;
    }
}
