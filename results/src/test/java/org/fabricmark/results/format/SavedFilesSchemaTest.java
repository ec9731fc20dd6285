package org.fabricmark.results.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class SavedFilesSchemaTest {
    private static final Run BARE = Run.of(Instant.EPOCH, List.of(), 0, Environment.UNKNOWN, Optional.empty(),
            List.of(Samples.SPARSE));

    @Test
    void shouldDescribeWhatIsSaved() throws IOException {
        assertEquals(List.of(), Schemas.errors("run-jmh", jmh(Samples.RUN, Samples.STORED.samples())));
        assertEquals(List.of(), Schemas.errors("run-env", surroundings(Samples.RUN)));
        for (String line : samples().lines().toList()) {
            assertEquals(List.of(), Schemas.errors("run-samples", line), line);
        }
    }

    @Test
    void shouldDescribeARunOfWhichNothingIsKnown() throws IOException {
        assertEquals(List.of(), Schemas.errors("run-jmh", jmh(BARE, SampleSource.NONE)));
        assertEquals(List.of(), Schemas.errors("run-env", surroundings(BARE)));
    }

    @Test
    void shouldHaveEveryFieldThatIsWritten() throws IOException {
        JsonNode surroundings = JsonMapper.shared().readTree(surroundings(Samples.RUN));
        assertEquals(new HashSet<>(schema("run-env").path("properties").propertyNames()),
                new HashSet<>(surroundings.propertyNames()));
        JsonNode cell = JsonMapper.shared().readTree(jmh(Samples.RUN, Samples.STORED.samples())).get(0);
        JsonNode fields = schema("run-jmh").path("items").path("properties");
        assertEquals(new HashSet<>(fields.propertyNames()), new HashSet<>(cell.propertyNames()));
        assertEquals(new HashSet<>(fields.path("x-fabricmark").path("properties").propertyNames()),
                new HashSet<>(cell.path("x-fabricmark").propertyNames()));
        JsonNode launch = schema("run-samples").path("$defs").path("launch").path("properties");
        HashSet<String> written = new HashSet<>();
        for (String line : samples().lines().skip(1).toList()) {
            written.addAll(JsonMapper.shared().readTree(line).propertyNames());
        }
        assertEquals(new HashSet<>(launch.propertyNames()), written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "schemaVersion":1 | "schemaVersion":2
            "time_us":12 | "time_us":"12"
            "mode":"avgt" | "mode":"thrpt"
            "verified":"failed" | "verified":"maybe"
            "transport":"shm","launch" | "transport":"s h m","launch"
            "scoreUnit":"us/op" | "scoreUnit":"ns/op"
            "jvm":"java" | "jvm":"/home/user/java"
            """)
    void shouldRefuseWhatTheFormForbids(String right, String wrong) throws IOException {
        String text = jmh(Samples.RUN, Samples.STORED.samples());
        String broken = text.replace(right, wrong);
        assertNotEquals(text, broken, "the sample has no " + right);
        assertFalse(Schemas.errors("run-jmh", broken).isEmpty(), wrong);
    }

    static String jmh(Run run, SampleSource samples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JmhFile.write(run, samples, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String surroundings(Run run) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SurroundingsFile.write(run, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String samples() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SamplesFile.write(Samples.RUN, Samples.STORED.samples(), out);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode schema(String name) throws IOException {
        try (var in = SavedFilesSchemaTest.class
                .getResourceAsStream("/org/fabricmark/results/" + name + "-1.schema.json")) {
            return JsonMapper.shared().readTree(in);
        }
    }
}
