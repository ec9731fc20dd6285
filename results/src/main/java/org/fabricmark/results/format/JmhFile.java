package org.fabricmark.results.format;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SequencedMap;

import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.ObjectWriter;

/**
 * Writes {@code run.jmh.json}: an array as JMH writes it, with the same keys, of one object for each case, so that
 * viewers of JMH results show it. Time in microseconds for a call, lower is better, whatever the case measures. What
 * such viewers do not know is in one more object, {@value #EXTENSION}, which {@link JmhFileReader} reads back.
 *
 * <p>A launch is a fork. Its batches become at most {@value JmhMetric#MOST_ITERATIONS} iterations in time order, each
 * the mean of its batches. The path of the JVM is left out, as all paths are.
 *
 * <p>The resource {@code /org/fabricmark/results/run-jmh-1.schema.json} describes the form, and {@code run-jmh-2} that of
 * primitives.
 */
public final class JmhFile {
    static final int SCHEMA_VERSION = 2;
    /** What has no primitives in it is written so that earlier builds read it too. */
    private static final int WITHOUT_PRIMITIVES = 1;
    /** The object that is ours. */
    static final String EXTENSION = "x-fabricmark";

    /** The version of JMH whose form this is. */
    private static final String JMH_VERSION = "1.37";

    private static final String PACKAGE = "org.fabricmark.";

    private static final ObjectWriter WRITER = Json.MAPPER.writer().with(LineLayout.ofObjects());

    private final Run run;
    private final JsonGenerator json;

    private JmhFile(Run run, JsonGenerator json) {
        this.run = run;
        this.json = json;
    }

    static void write(Run run, SampleSource samples, OutputStream out) throws IOException {
        write(run, samples, WRITER.createGenerator(out));
    }

    /**
     * Writes the array to {@code out}, which the caller closes.
     *
     * @throws IOException if {@code out} fails
     */
    public static void write(Run run, SampleSource samples, Writer out) throws IOException {
        write(run, samples, WRITER.createGenerator(out));
    }

    private static void write(Run run, SampleSource samples, JsonGenerator generator) throws IOException {
        try (JsonGenerator json = generator) {
            JmhFile file = new JmhFile(run, json);
            json.writeStartArray();
            run.cases().forEach(cell -> file.write(cell, samples.launches(cell.key())));
            json.writeEndArray();
            json.writeRaw('\n');
        } catch (JacksonIOException failure) {
            throw failure.getCause();
        }
    }

    private void write(CaseResult cell, List<Launch> launches) {
        JmhMetric time = launches.isEmpty() ? JmhMetric.of(cell.timeUs()) : JmhMetric.of(launches);
        json.writeStartObject();
        extension(cell, launches);
        json.writeStringProperty("jmhVersion", JMH_VERSION);
        json.writeStringProperty("benchmark", PACKAGE + (cell.key().isPrimitive()
                ? CasePart.PRIMITIVE.key() + "." + cell.key().primitive().name()
                : cell.key().collective() + "." + cell.key().algorithm()));
        json.writeStringProperty("mode", "avgt");
        json.writeNumberProperty("threads", cell.key().ranks());
        json.writeNumberProperty("forks", time.forks());
        virtualMachine(run.environment().software());
        json.writeNumberProperty("warmupIterations", 0);
        json.writeStringProperty("warmupTime", "auto");
        json.writeNumberProperty("warmupBatchSize", cell.batch());
        json.writeNumberProperty("measurementIterations", time.iterations());
        json.writeStringProperty("measurementTime", "auto");
        json.writeNumberProperty("measurementBatchSize", cell.batch());
        json.writeObjectPropertyStart("params");
        JmhParameters.of(cell.key()).forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeName("primaryMetric");
        time.write("us/op", json);
        json.writeObjectPropertyStart("secondaryMetrics");
        secondary(cell, launches).forEach((name, metric) -> {
            json.writeName(name);
            metric.getValue().write(metric.getKey(), json);
        });
        json.writeEndObject();
        json.writeEndObject();
    }

    private void virtualMachine(Environment.Software software) {
        json.writeStringProperty("jvm", "java");
        json.writeArrayPropertyStart("jvmArgs");
        software.jvmFlags().forEach(json::writeString);
        json.writeEndArray();
        String version = software.jvmVersion().orElse("unknown");
        json.writeStringProperty("jdkVersion", version.split("\\+", 2)[0]);
        json.writeStringProperty("vmName", software.jvmName().orElse("unknown"));
        json.writeStringProperty("vmVersion", version);
    }

    /** Name to unit and number; what was not measured is left out. */
    private static Map<String, Map.Entry<String, JmhMetric>> secondary(CaseResult cell,
            List<Launch> launches) {
        SequencedMap<String, Map.Entry<String, JmhMetric>> metrics = new LinkedHashMap<>();
        if (cell.measure() == Measure.RATE) {
            put("rate", cell.measure().unit(), cell.figure(), metrics);
        }
        put(cell.key().isPrimitive() ? "bandwidth" : "algbw", "GB/s", cell.algbwGBs(), metrics);
        put("busbw", "GB/s", cell.busbwGBs(), metrics);
        put("skew", "us", cell.skewUs(), metrics);
        put("exchange", "ns", cell.exchangeNs(), metrics);
        put("line", "ns", cell.lineNs(), metrics);
        put("cpu.time", "us/op", cell.cpuUs(), metrics);
        put("gc.alloc.rate.norm", "B/op", cell.allocatedBytes(), metrics);
        if (!launches.isEmpty() && launches.stream().noneMatch(launch -> launch.ranks().isEmpty())) {
            metrics.put("rank.min", Map.entry("us/op", JmhMetric.of(launches, Launch::fastestRankUs)));
            metrics.put("rank.max", Map.entry("us/op", JmhMetric.of(launches, Launch::slowestRankUs)));
        }
        return metrics;
    }

    private static void put(String name, String unit, OptionalDouble value,
            Map<String, Map.Entry<String, JmhMetric>> into) {
        value.ifPresent(number -> into.put(name, Map.entry(unit, JmhMetric.of(number))));
    }

    private void extension(CaseResult cell, List<Launch> launches) {
        json.writeObjectPropertyStart(EXTENSION);
        json.writeNumberProperty("schemaVersion", cell.key().isPrimitive() ? SCHEMA_VERSION : WITHOUT_PRIMITIVES);
        json.writeStringProperty("runId", run.id());
        json.writeStringProperty("cellId", cell.key().id());
        json.writeStringProperty("verified", cell.wrong().isEmpty() ? "skipped" : cell.isWrong() ? "failed" : "ok");
        json.writeName("cell");
        JsonFormat.writeCase(cell, json);
        json.writePOJOProperty("conventions", cell.conventions());
        json.writeArrayPropertyStart("launchMedians_us");
        launches.forEach(launch -> json.writeNumber(Numbers.text(launch.medianUs())));
        json.writeEndArray();
        json.writeEndObject();
    }
}
