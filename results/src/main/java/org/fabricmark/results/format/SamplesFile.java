package org.fabricmark.results.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Contention;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.RankTimes;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.fabricmark.results.model.Series;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes {@code run.samples.jsonl.gz}: compressed lines of JSON. The first says which run it is and how many lines
 * follow, so that a file that was cut is known; each of the others is a launch of a case. {@link SamplesFileReader}
 * reads it back.
 *
 * <p>All times are nanoseconds of a whole batch. {@code batchNs} is in time order; where it holds only every
 * {@code stride}-th batch, {@code hdr} is the histogram of all of them. The same for each rank in {@code ranks}.
 *
 * <p>The resource {@code /org/fabricmark/results/run-samples-1.schema.json} describes a line.
 */
final class SamplesFile {
    static final int SCHEMA_VERSION = 1;

    private SamplesFile() {}

    /** Whether there is anything to write. */
    static boolean hasSamples(Run run, SampleSource samples) {
        return run.cases().stream().anyMatch(cell -> !samples.launches(cell.key()).isEmpty());
    }

    static void write(Run run, SampleSource samples, OutputStream out) throws IOException {
        GZIPOutputStream zip = new GZIPOutputStream(out);
        Writer lines = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8));
        long count = run.cases().stream().mapToLong(cell -> samples.launches(cell.key()).size()).sum();
        line(lines, json -> {
            json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
            json.writeStringProperty("runId", run.id());
            json.writeNumberProperty("launches", count);
        });
        for (CaseResult cell : run.cases()) {
            List<Launch> launches = samples.launches(cell.key());
            for (Launch launch : launches) {
                line(lines, json -> write(cell, launch, json));
            }
        }
        lines.flush();
        zip.finish();
    }

    private static void write(CaseResult cell, Launch launch, JsonGenerator json) {
        json.writeStringProperty("cellId", cell.key().id());
        json.writeStringProperty("case", cell.key().canonicalName());
        json.writeNumberProperty("launch", launch.number());
        json.writeNumberProperty("batch", launch.batch());
        json.writeNumberProperty("stride", launch.stride());
        times(launch.batchNs(), launch.times(), json);
        if (launch.skew().samples() > 0) {
            json.writeStringProperty("skewHdr", HistogramText.of(launch.skew()));
        }
        json.writeArrayPropertyStart("ranks");
        for (RankTimes rank : launch.ranks()) {
            json.writeStartObject();
            json.writeNumberProperty("rank", rank.rank());
            json.writeNumberProperty("lastPlaces", rank.lastPlaces());
            times(rank.batchNs(), rank.times(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        real("exchangeBefore_ns", launch.exchangeBeforeNs(), json);
        real("exchangeAfter_ns", launch.exchangeAfterNs(), json);
        real("first_us", launch.firstUs(), json);
        Contention contention = launch.contention();
        json.writeObjectPropertyStart("contention");
        real("stealPercent", contention.stealPercent(), json);
        real("cpuPressurePercent", contention.cpuPressurePercent(), json);
        whole("gcCount", contention.gcCount(), json);
        whole("gcMillis", contention.gcMillis(), json);
        json.writeEndObject();
    }

    /** The histogram is written where the series does not say everything. */
    private static void times(Series series, Distribution all, JsonGenerator json) {
        json.writeArrayPropertyStart("batchNs");
        series.stream().forEach(value -> json.writeNumber(Numbers.text(value)));
        json.writeEndArray();
        if (series.size() != all.samples()) {
            json.writeStringProperty("hdr", HistogramText.of(all));
        }
    }

    private static void real(String name, OptionalDouble value, JsonGenerator json) {
        value.ifPresent(number -> {
            json.writeName(name);
            json.writeNumber(Numbers.text(number));
        });
    }

    private static void whole(String name, OptionalLong value, JsonGenerator json) {
        value.ifPresent(number -> json.writeNumberProperty(name, number));
    }

    private static void line(Writer lines, Body body) throws IOException {
        try (JsonGenerator json = Json.MAPPER.createGenerator(lines)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (JacksonIOException failure) {
            throw failure.getCause();
        }
        lines.write('\n');
    }

    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json);
    }
}
