package org.fabricmark.results.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.fabricmark.results.model.Series;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JmhFileTest {
    @Test
    void shouldHaveTheKeysAndKindsOfWhatJmhWrites() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JmhByItself.write(new PrintStream(out, true, StandardCharsets.UTF_8));
        TreeMap<String, String> theirs =
                kinds(JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8)).get(0));
        TreeMap<String, String> ours = kinds(object(0));
        ours.remove("x-fabricmark");
        assertEquals(theirs, ours);
        JsonNode jmhs = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8)).get(0);
        JsonNode time = object(0).path("primaryMetric");
        assertEquals(kinds(jmhs.path("primaryMetric")), kinds(time));
        assertEquals(kinds(jmhs.path("primaryMetric").path("scorePercentiles")), kinds(time.path("scorePercentiles")));
        // Of one number: where JMH has no interval it writes the text NaN too.
        assertEquals(jmhs.path("primaryMetric").propertyNames(),
                object(0).path("secondaryMetrics").path("busbw").propertyNames());
    }

    @Test
    void shouldWriteAForkForEachLaunchAndItsBatchesAsIterations() throws IOException {
        JsonNode time = object(0).path("primaryMetric");
        assertEquals("[[0.05,0.052,0.051],[0.0501,0.0512,0.0501,0.0512]]", time.path("rawData").toString());
        assertEquals((0.051 + 0.05065) / 2, time.path("score").doubleValue(), 1e-9);
        assertEquals(2, object(0).path("forks").intValue());
        assertEquals(7, object(0).path("threads").intValue());
        assertEquals("org.fabricmark.reduce.binomial", object(0).path("benchmark").stringValue());
        // Two means, 0.051 and 0.05065: t of 99.9 % for one degree of freedom is 636.6.
        assertEquals(636.619 * 0.00035 / 2, time.path("scoreError").doubleValue(), 1e-4);
    }

    @Test
    void shouldMakeAtMostTenIterationsOfALaunch() throws IOException {
        double[] batches = new double[25];
        for (int i = 0; i < batches.length; i++) {
            batches[i] = 1000 * (i + 1);
        }
        SampleSource samples = cell -> List.of(Launch.of(0, 1, Series.of(batches)));
        JsonNode raw = JsonMapper.shared().readTree(SavedFilesSchemaTest.jmh(Samples.RUN, samples)).get(1)
                .path("primaryMetric").path("rawData").path(0);
        assertEquals(10, raw.size());
        assertEquals(1.5, raw.get(0).doubleValue());
        assertEquals(24, raw.get(9).doubleValue());
    }

    @Test
    void shouldSayThatOneLaunchHasNoInterval() throws IOException {
        JsonNode time = object(1).path("primaryMetric");
        assertEquals("[[12]]", time.path("rawData").toString());
        assertEquals("NaN", time.path("scoreError").stringValue());
        assertEquals("[\"NaN\",\"NaN\"]", time.path("scoreConfidence").toString());
    }

    @Test
    void shouldWriteParametersThatViewersCanSplit() throws IOException {
        JsonNode parameters = object(0).path("params");
        assertEquals("netty", parameters.path("transport").stringValue());
        assertEquals("io:epoll,mode:a,b", parameters.path("transportOptions").stringValue());
        assertEquals("800", parameters.path("bytes").stringValue());
        assertEquals("true", parameters.path("inPlace").stringValue());
        parameters.forEach(value -> assertTrue(value.stringValue().matches("[^\\s=]+"), value::toString));
    }

    @Test
    void shouldSayWhatACallCostsAndHowFarRanksAreApart() throws IOException {
        JsonNode costs = object(0).path("secondaryMetrics");
        assertEquals("us/op", costs.path("rank.min").path("scoreUnit").stringValue());
        assertEquals("[[0.0505],[0.05]]", costs.path("rank.min").path("rawData").toString());
        assertEquals("[[0.051],[0.0512]]", costs.path("rank.max").path("rawData").toString());
        assertTrue(costs.path("cpu.time").isMissingNode() && costs.path("gc.alloc.rate.norm").isMissingNode());
        CaseResult counted = CaseResult.builder(Samples.PLAIN_KEY, 2, 5, 1).algorithmSelected("two-shot").timeUs(12)
                .cpuUs(23.5).allocatedBytes(0).build();
        Run run = Run.of(Instant.EPOCH, List.of(), 0, Environment.UNKNOWN, Optional.empty(), List.of(counted));
        JsonNode written = JsonMapper.shared().readTree(SavedFilesSchemaTest.jmh(run, SampleSource.NONE)).get(0)
                .path("secondaryMetrics");
        assertEquals(23.5, written.path("cpu.time").path("score").doubleValue());
        assertEquals("B/op", written.path("gc.alloc.rate.norm").path("scoreUnit").stringValue());
        assertTrue(written.path("rank.min").isMissingNode(), "no samples, no ranks");
    }

    @Test
    void shouldMarkAWrongRun() throws IOException {
        assertEquals("failed", object(0).path("x-fabricmark").path("verified").stringValue());
        assertEquals("skipped", object(1).path("x-fabricmark").path("verified").stringValue());
    }

    @Test
    void shouldWriteOneLineForEachCase() throws IOException {
        List<String> lines = SavedFilesSchemaTest.jmh(Samples.RUN, SampleSource.NONE).lines().toList();
        assertEquals(3, lines.size());
        assertEquals("[", lines.get(0));
        assertTrue(lines.get(1).startsWith("{\"x-fabricmark\":{") && lines.get(1).endsWith("},"), lines.get(1));
        assertTrue(lines.get(2).endsWith("}]"), lines.get(2));
    }

    private static JsonNode object(int index) throws IOException {
        return JsonMapper.shared().readTree(SavedFilesSchemaTest.jmh(Samples.RUN, Samples.STORED.samples())).get(index);
    }

    private static TreeMap<String, String> kinds(JsonNode object) {
        TreeMap<String, String> kinds = new TreeMap<>();
        for (String name : object.propertyNames()) {
            kinds.put(name, object.path(name).getNodeType().toString());
        }
        return kinds;
    }
}
