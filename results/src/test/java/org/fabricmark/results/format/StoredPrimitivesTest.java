package org.fabricmark.results.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.Primitives;
import org.fabricmark.results.Samples;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A saved run with primitives in it, beside collectives. */
class StoredPrimitivesTest {
    private static final CaseResult LATENCY = Primitives.latency(8, 0.25).build();
    private static final CaseResult BANDWIDTH =
            Primitives.stream("write-bw", Measure.BANDWIDTH, 65536, 2).percentilesUs(500, 2, 3).build();
    private static final CaseResult RATE = Primitives.stream("rate", Measure.RATE, 8, 0.125).build();
    private static final CaseResult WRONG = Primitives.wrong(16, 0.5);

    @TempDir
    private Path folder;

    private static Run run(CaseResult... cells) {
        return Run.of(Instant.EPOCH, List.of("perf"), 0, Environment.UNKNOWN, Optional.empty(), List.of(cells));
    }

    private Path save(Run run) throws IOException {
        Path path = folder.resolve("run");
        RunFolder.prepare(path).save(run, SampleSource.NONE);
        return path.resolve("run.jmh.json");
    }

    @Test
    void shouldReadBackWhatWasSaved() throws IOException {
        Run run = run(LATENCY, BANDWIDTH, RATE, WRONG, Samples.SPARSE);
        save(run);
        Run read = RunFolder.read(folder.resolve("run")).run();
        assertEquals(run.cases(), read.cases());
        assertTrue(read.isWrong(), "a wrong row is wrong");
    }

    @Test
    void shouldFitTheSecondSchemaAndLeaveCollectivesInTheFirst() throws IOException {
        String text = SavedFilesSchemaTest.jmh(run(LATENCY, BANDWIDTH, RATE, WRONG, Samples.SPARSE), SampleSource.NONE);
        assertEquals(List.of(), Schemas.errors("run-jmh", 2, text));
        assertFalse(Schemas.errors("run-jmh", 1, text).isEmpty(), "a build of before must refuse primitives");
        String before = SavedFilesSchemaTest.jmh(Samples.RUN, Samples.STORED.samples());
        assertEquals(List.of(), Schemas.errors("run-jmh", 1, before));
        assertEquals(List.of(), Schemas.errors("run-jmh", 2, before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"measure\":\"latency\"|\"measure\":\"beauty\"", "\"bytes\":8|\"bytes\":-8",
        "\"transport\":\"rdma\",\"launch\"|\"collective\":\"none\",\"transport\":\"rdma\",\"launch\"",
        "\"cq_mod\":\"auto\"|\"cq_mod\":\"often\"", "\"reference\":\"copy\"|\"reference\":\"limit\""})
    void shouldRefuseWhatTheSchemaForbids(String change) throws IOException {
        String text = SavedFilesSchemaTest.jmh(run(LATENCY), SampleSource.NONE);
        String[] parts = change.split("\\|");
        String broken = text.replace(parts[0], parts[1]);
        assertFalse(broken.equals(text), "the text has no " + parts[0]);
        assertFalse(Schemas.errors("run-jmh", 2, broken).isEmpty(), parts[1]);
    }

    @Test
    void shouldDescribeEveryFieldThatIsWritten() throws IOException {
        JsonNode schema;
        try (var in = StoredPrimitivesTest.class
                .getResourceAsStream("/org/fabricmark/results/run-jmh-2.schema.json")) {
            schema = JsonMapper.shared().readTree(in);
        }
        JsonNode fields = schema.path("$defs").path("primitive").path("properties");
        for (JsonNode cell : JsonMapper.shared()
                .readTree(SavedFilesSchemaTest.jmh(run(LATENCY, BANDWIDTH), SampleSource.NONE))) {
            cell.path("x-fabricmark").path("cell").propertyNames()
                    .forEach(name -> assertTrue(fields.has(name), "no '" + name + "' in the schema"));
        }
    }

    @Test
    void shouldShowViewersATimeThatIsLowerWhereItIsBetter() throws IOException {
        JsonNode file = JsonMapper.shared().readTree(Files.readString(save(run(LATENCY, BANDWIDTH, RATE)),
                StandardCharsets.UTF_8));
        assertEquals("org.fabricmark.primitive.write-bw", file.get(1).get("benchmark").asString());
        assertEquals("us/op", file.get(1).get("primaryMetric").get("scoreUnit").asString());
        assertEquals(2, file.get(1).get("primaryMetric").get("score").asDouble());
        assertEquals(32.768, file.get(1).get("secondaryMetrics").get("bandwidth").get("score").asDouble());
        assertEquals(8, file.get(2).get("secondaryMetrics").get("rate").get("score").asDouble());
        assertFalse(file.get(0).get("params").has("tx_depth"), "a latency has no depth");
        assertEquals("220", file.get(0).get("params").get("inline").asString());
    }

    @Test
    void shouldRefuseANewerFormInOneLine() throws IOException {
        Path file = save(run(LATENCY));
        Files.writeString(file, Files.readString(file).replace("\"schemaVersion\":2", "\"schemaVersion\":3"));
        RunFormatException refused = assertThrows(RunFormatException.class,
                () -> RunFolder.read(folder.resolve("run")));
        assertTrue(refused.getMessage().contains("has schemaVersion 3; this build reads up to 2"),
                refused.getMessage());
    }

    @Test
    void shouldKeepTheNameOfACaseOfACollective() {
        assertEquals("collective=all-reduce transport=shm in_place=no bytes=8", Samples.PLAIN_KEY.canonicalName());
        assertFalse(Samples.PLAIN_KEY.parts().contains(CasePart.PRIMITIVE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"primitive=write-lat transport=rdma bytes=8 inline=220 cq_mod=auto",
        "primitive=put-lat transport=shm launch=processes bytes=64"})
    void shouldReadTheNameOfAPrimitiveBack(String name) {
        CaseKey key = CaseKey.parse(name);
        assertEquals(name, key.canonicalName());
        assertTrue(key.isPrimitive());
        assertEquals(key, key.toBuilder().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"primitive=write-lat collective=all-reduce transport=rdma in_place=no bytes=8",
        "primitive=write-lat transport=rdma bytes=8 type=float",
        "primitive=write-lat transport=rdma bytes=8 in_place=yes",
        "collective=all-reduce transport=shm in_place=no bytes=8 qps=2", "transport=shm bytes=8"})
    void shouldRefuseACaseOfBothOrOfNeither(String name) {
        assertThrows(IllegalArgumentException.class, () -> CaseKey.parse(name));
    }

    @Test
    void shouldRefuseAMeasureOnACollective() {
        assertThrows(IllegalArgumentException.class, () -> {
            var result = CaseResult.builder(Samples.PLAIN_KEY, 2, 5, 1).algorithmSelected("ring").timeUs(1);
            result.primitive().measure(Measure.LATENCY).averageUs(1).deviationUs(0);
            result.build();
        });
    }
}
