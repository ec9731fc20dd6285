package org.fabricmark.results.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.fabricmark.results.Samples;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each export against what its reader demands. */
class ExportTest {
    private static final StoredRun RUN = SyntheticRuns.of("a", 200, 1, 1);

    /** What github-action-benchmark takes from a custom file: name, unit and value, the rest if it is there. */
    private static final String CUSTOM_BENCHMARKS = """
            {"type": "array", "items": {"type": "object", "required": ["name", "unit", "value"],
             "properties": {"name": {"type": "string", "minLength": 1}, "unit": {"type": "string", "minLength": 1},
              "value": {"type": "number"}, "range": {"type": "string"}, "extra": {"type": "string"}},
             "additionalProperties": false}}""";

    /** The Bencher Metric Format: names of benchmarks, of measures, and up to three numbers; with its limits of length. */
    private static final String BENCHER =
            """
            {"type": "object", "propertyNames": {"minLength": 1, "maxLength": 1024}, "additionalProperties":
             {"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64},
              "additionalProperties": {"type": "object", "required": ["value"], "properties": {"value": {"type": "number"},
               "lower_value": {"type": "number"}, "upper_value": {"type": "number"}}, "additionalProperties": false}}}""";

    private static StoredRun withWrongCell() {
        CaseKey key = CaseKey.builder("all-reduce").algorithm("ring").transport("shm").inPlace(false).bytes(8).build();
        CaseResult right = CaseResult.builder(key, 2, 1, 1).timeUs(1.5).wrong(0).build();
        CaseResult wrong = CaseResult.builder(key.toBuilder().bytes(16).build(), 4, 1, 1).timeUs(0.0625).wrong(4)
                .build();
        return StoredRun.of("w", Run.of(Instant.EPOCH, List.of(), 1, Samples.ENVIRONMENT, Optional.empty(),
                List.of(right, wrong)));
    }

    private static void assertValid(String schema, String json) {
        assertEquals(List.of(), SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema, InputFormat.JSON).validate(json, InputFormat.JSON));
    }

    @Test
    void shouldWriteCustomBenchmarksWithUniqueNames() {
        String json = Export.GITHUB_ACTION_BENCHMARK.text(RUN);
        assertValid(CUSTOM_BENCHMARKS, json);
        Set<String> names = new HashSet<>();
        JsonNode array = JsonMapper.shared().readTree(json);
        array.forEach(each -> assertTrue(names.add(each.path("name").asString()), each + " is there twice"));
        assertEquals(200, names.size());
        JsonNode first = array.path(0);
        assertEquals(RUN.run().cases().getFirst().timeUs(), first.path("value").doubleValue(), 1e-6);
        assertTrue(first.path("range").asString().startsWith("± "), first.toString());
    }

    @Test
    void shouldWriteMetricsForBencherWithBoundsAroundTheirValue() {
        String json = Export.BENCHER.text(RUN);
        assertValid(BENCHER, json);
        JsonNode all = JsonMapper.shared().readTree(json);
        assertEquals(200, all.size());
        for (JsonNode cell : all) {
            JsonNode latency = cell.path("latency");
            assertTrue(latency.path("lower_value").doubleValue() <= latency.path("value").doubleValue()
                    && latency.path("value").doubleValue() <= latency.path("upper_value").doubleValue(),
                    latency.toString());
        }
        JsonNode first = all.path(RUN.run().cases().getFirst().key().canonicalName());
        assertEquals(RUN.run().cases().getFirst().timeUs() * 1e3, first.path("latency").path("value").doubleValue(),
                1e-3);
    }

    @Test
    void shouldWriteOpenMetricsByItsRules() {
        assertEquals(List.of(), OpenMetricsRules.violations(Export.OPENMETRICS.text(RUN)));
        String text = Export.OPENMETRICS.text(RUN);
        assertTrue(
                text.contains(
                        "fabricmark_call_seconds{collective=\"all-reduce\",algorithm=\"ring\",transport=\"shm\","),
                text.substring(0, 800));
        assertEquals(200, text.lines().filter(line -> line.startsWith("fabricmark_call_seconds{")).count());
    }

    @Test
    void shouldEscapeLabelsOfOpenMetrics() {
        CaseKey key =
                CaseKey.builder("all-reduce").algorithm("a\"b\\c").transport("shm").inPlace(false).bytes(8).build();
        StoredRun run = StoredRun.of("w", Run.of(Instant.EPOCH, List.of(), 1, Samples.ENVIRONMENT, Optional.empty(),
                List.of(CaseResult.builder(key, 2, 1, 1).timeUs(1.5).wrong(0).build())));
        String text = Export.OPENMETRICS.text(run);
        assertEquals(List.of(), OpenMetricsRules.violations(text));
        assertTrue(text.contains("algorithm=\"a\\\"b\\\\c\""), text);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveOutTheTimeOfAWrongResult(Export export) {
        String text = export.text(withWrongCell());
        assertFalse(text.contains("0625") || text.contains("62.5"), text);
        assertTrue(text.contains("1.5") || text.contains("1500") || text.contains("0.0000015"), text);
    }

    @Test
    void shouldCountWrongElementsForWhoeverWatches() {
        assertTrue(Export.OPENMETRICS.text(withWrongCell()).lines()
                .anyMatch(line -> line.startsWith("fabricmark_wrong_elements{") && line.endsWith("bytes=\"16\"} 4")));
    }
}
