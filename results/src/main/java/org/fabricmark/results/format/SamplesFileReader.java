package org.fabricmark.results.format;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Contention;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.RankTimes;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.Series;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code run.samples.jsonl.gz} line by line. What it expands to is limited, and a line that does not belong to
 * the run is refused, so that a damaged or hostile file costs little.
 */
final class SamplesFileReader {
    /** More than ten thousand cases have; see {@link SamplesFile}. */
    static final long MOST_BYTES = 1L << 30;

    private static final int BUFFER = 1 << 16;

    private final String source;
    private final Map<String, CaseKey> cells = new HashMap<>();
    private final Map<CaseKey, List<Launch>> launches = new HashMap<>();
    private int line;

    private SamplesFileReader(String source, Run run) {
        this.source = source;
        for (CaseResult cell : run.cases()) {
            cells.put(cell.key().id(), cell.key());
        }
    }

    /**
     * The launches of every case of {@code run} that the file has some of.
     *
     * @param mostBytes what it may expand to
     */
    static Map<CaseKey, List<Launch>> read(Path path, Run run, long mostBytes) throws IOException {
        SamplesFileReader reader = new SamplesFileReader(path.toString(), run);
        try (InputStream file = Files.newInputStream(path);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new LimitedInput(new GZIPInputStream(file, BUFFER), path.toString(), mostBytes),
                        StandardCharsets.UTF_8), BUFFER)) {
            reader.all(lines, run);
        } catch (EOFException cut) {
            throw new RunFormatException(path + " ends before its data do: it was cut", cut);
        } catch (ZipException damaged) {
            throw new RunFormatException(path + " is not whole: " + damaged.getMessage(), damaged);
        }
        return reader.launches;
    }

    private void all(BufferedReader lines, Run run) throws IOException {
        String first = lines.readLine();
        JsonNode header = object(first == null ? "" : first);
        Json.requireVersion(header, SamplesFile.SCHEMA_VERSION, source, "a file of samples");
        String id = header.path("runId").asString("");
        if (!id.equals(run.id())) {
            throw new RunFormatException(
                    source + " belongs to run " + id + ", but the run beside it is " + run.id());
        }
        long expected = header.path("launches").asLong(0);
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            try {
                add(object(text));
            } catch (IllegalArgumentException impossible) {
                throw new RunFormatException(place() + ": " + impossible.getMessage(), impossible);
            }
        }
        if (line - 1 != expected) {
            throw new RunFormatException(
                    source + " announces " + expected + " launches, but has " + (line - 1) + ": it was cut or changed");
        }
    }

    private JsonNode object(String text) {
        line++;
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException notJson) {
            throw Json.failure(place(), notJson);
        }
    }

    private String place() {
        return source + " line " + line;
    }

    private void add(JsonNode object) {
        String id = object.path("cellId").asString("");
        CaseKey cell = cells.get(id);
        if (cell == null) {
            throw new IllegalArgumentException("the run has no cell '" + id + "'");
        }
        Launch launch = launch(object);
        List<Launch> before = launches.computeIfAbsent(cell, key -> new ArrayList<>());
        if (before.stream().anyMatch(other -> other.number() == launch.number())) {
            throw new IllegalArgumentException("launch " + launch.number() + " of case '" + cell + "' is there twice");
        }
        before.add(launch);
    }

    private static Launch launch(JsonNode object) {
        Series batchNs = series(object);
        List<RankTimes> ranks = new ArrayList<>();
        for (JsonNode rank : object.path("ranks")) {
            Series own = series(rank);
            ranks.add(new RankTimes(whole(rank, "rank"), rank.path("lastPlaces").asLong(0), times(rank, own), own));
        }
        JsonNode contention = object.path("contention");
        String skew = object.path("skewHdr").asString("");
        return new Launch(whole(object, "launch"), whole(object, "batch"), whole(object, "stride"), batchNs,
                times(object, batchNs), skew.isEmpty() ? Distribution.EMPTY : HistogramText.parse(skew), ranks,
                real(object, "exchangeBefore_ns"), real(object, "exchangeAfter_ns"), real(object, "first_us"),
                new Contention(real(contention, "stealPercent"), real(contention, "cpuPressurePercent"),
                        count(contention, "gcCount"), count(contention, "gcMillis")));
    }

    private static Series series(JsonNode object) {
        JsonNode array = object.path("batchNs");
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            if (!array.get(i).isNumber()) {
                throw new IllegalArgumentException("'" + array.get(i).asString("") + "' in 'batchNs' is not a number");
            }
            values[i] = array.get(i).doubleValue();
        }
        return Series.of(values);
    }

    private static Distribution times(JsonNode object, Series series) {
        String hdr = object.path("hdr").asString("");
        return hdr.isEmpty() ? Distribution.of(series) : HistogramText.parse(hdr);
    }

    private static int whole(JsonNode object, String name) {
        JsonNode value = object.path(name);
        if (!value.isInt()) {
            throw new IllegalArgumentException("it has no whole number '" + name + "'");
        }
        return value.intValue();
    }

    private static OptionalDouble real(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
    }

    private static OptionalLong count(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.canConvertToLong() ? OptionalLong.of(value.longValue()) : OptionalLong.empty();
    }
}
