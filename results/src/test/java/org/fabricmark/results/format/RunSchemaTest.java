package org.fabricmark.results.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.fabricmark.results.Samples;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class RunSchemaTest {
    private static final String SCHEMA = "/org/fabricmark/results/run-1.schema.json";

    @Test
    void shouldDescribeAFullRun() throws IOException {
        assertEquals(List.of(), errors(text(Samples.RUN)));
    }

    @Test
    void shouldDescribeARunOfWhichNothingIsKnown() throws IOException {
        assertEquals(List.of(), errors(text(Run.of(Samples.RUN.startedAt(), List.of(), 7, Environment.UNKNOWN,
                Optional.empty(), List.of(Samples.SPARSE)))));
    }

    @Test
    void shouldDescribeARunWithOverlap() throws IOException {
        assertEquals(List.of(), errors(text(Run.of(Samples.RUN.startedAt(), List.of(), 7, Environment.UNKNOWN,
                Optional.empty(), List.of(Samples.OVERLAPPED, Samples.SPARSE)))));
    }

    @Test
    void shouldHaveTheColumnsInTheirOrder() throws IOException {
        JsonNode fields = schemaTree().path("$defs").path("case").path("properties");
        assertEquals(Stream.of(Column.values()).filter(column -> !Column.ofPrimitives().contains(column))
                .map(Column::label).toList(), List.copyOf(fields.propertyNames()));
    }

    @Test
    void shouldHaveEveryFieldOfTheRecords() throws IOException {
        JsonNode run = JsonMapper.shared().readTree(text(Samples.RUN));
        JsonNode schema = schemaTree();
        assertEquals(names(run), names(schema.path("properties")));
        JsonNode machine = schema.path("$defs").path("machine").path("properties");
        assertEquals(names(run.path("machine")), names(machine));
        assertEquals(names(run.path("machine").path("limits")), names(machine.path("limits").path("properties")));
        assertEquals(names(run.path("machine").path("fit")), names(machine.path("fit").path("properties")));
        JsonNode groups = schema.path("$defs").path("environment").path("properties");
        assertEquals(names(run.path("environment")), names(groups));
        for (String group : groups.propertyNames()) {
            assertEquals(names(run.path("environment").path(group)), names(groups.path(group).path("properties")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "schemaVersion":1 | "schemaVersion":2
            "in_place":false | "in_place":"no"
            "time_us":12 | "time_us":"12"
            "time_us":12 | "time_us":null
            "root":-1 | "root":"all"
            "collective":"all-reduce" | "collective":"all reduce"
            "verdict":"unfit" | "verdict":"so-so"
            "16384":45.5 | "16K":45.5
            "cores":2 | "cores":2.5
            """)
    void shouldRefuseWhatTheFormForbids(String right, String wrong) throws IOException {
        String run = text(Samples.RUN);
        String broken = run.replace(right, wrong);
        assertNotEquals(run, broken, "the sample has no " + right);
        assertFalse(errors(broken).isEmpty(), wrong);
    }

    private static List<Error> errors(String run) throws IOException {
        try (InputStream in = RunSchemaTest.class.getResourceAsStream(SCHEMA)) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
            return schema.validate(run, InputFormat.JSON);
        }
    }

    private static JsonNode schemaTree() throws IOException {
        try (InputStream in = RunSchemaTest.class.getResourceAsStream(SCHEMA)) {
            return JsonMapper.shared().readTree(in);
        }
    }

    private static Set<String> names(JsonNode object) {
        return new HashSet<>(object.propertyNames());
    }

    private static String text(Run run) throws IOException {
        StringWriter out = new StringWriter();
        JsonFormat.write(run, out);
        return out.toString();
    }
}
