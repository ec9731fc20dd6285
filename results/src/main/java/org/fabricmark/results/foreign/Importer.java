package org.fabricmark.results.foreign;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

import org.fabricmark.results.format.RunFormatException;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Repetitions;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;

/** Makes one run of files that another program wrote. Not thread-safe. */
public final class Importer {
    /** Finds out by itself which program wrote a file. */
    public static final String AUTO = "auto";

    /** The most specific first: a table is recognised by less than JSON is. */
    private static final List<ForeignFormat> FORMATS = List.of(new NcclJson(), new JmhJson(), new OsuTable(),
            new ImbTable(), new NcclTable());

    /** Larger files are no tables of results. */
    private static final long MOST_BYTES = 256L << 20;

    private final String tool;
    private final Given given;
    private final boolean repeated;
    private final List<String> remarks = new ArrayList<>();

    /**
     * @param tool the program that wrote the files, one of {@link #tools()}
     * @param given what the user says because the files do not
     * @param repeated whether several results of one case are repetitions of it; otherwise they are refused
     */
    public Importer(String tool, Given given, boolean repeated) {
        this.tool = tool;
        this.given = given;
        this.repeated = repeated;
    }

    /** What can be asked for. */
    public static List<String> tools() {
        List<String> tools = new ArrayList<>(List.of(AUTO));
        FORMATS.stream().map(ForeignFormat::tool).distinct().sorted().forEach(tools::add);
        return tools;
    }

    /**
     * Reads all files.
     *
     * @param files of one program
     * @param arguments of the command, kept with the run
     * @throws RunFormatException if one cannot be read, says too little, or does not fit the others
     * @throws IOException if reading fails
     */
    public StoredRun read(List<Path> files, List<String> arguments) throws IOException {
        Instant written = Instant.EPOCH;
        List<ForeignText> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(text(file));
            Instant modified = Files.getLastModifiedTime(file).toInstant();
            written = modified.isAfter(written) ? modified : written;
        }
        return read(texts, written, arguments);
    }

    /**
     * Reads what a program has just printed.
     *
     * @param source what errors call it
     * @param written when it was
     * @throws RunFormatException as above
     */
    public StoredRun read(String source, String text, Instant written, List<String> arguments) {
        return read(List.of(ForeignText.of(source, text)), written, arguments);
    }

    private StoredRun read(List<ForeignText> texts, Instant written, List<String> arguments) {
        Origin origin = null;
        Environment environment = Environment.UNKNOWN;
        SequencedMap<CaseKey, List<ForeignCell>> cells = new LinkedHashMap<>();
        for (ForeignText text : texts) {
            ForeignResults results = format(text).read(text, given);
            remarks.addAll(results.remarks());
            if (results.cells().isEmpty()) {
                throw text.failure("has no results");
            }
            if (origin != null && !origin.tool().equals(results.origin().tool())) {
                throw text.failure("is of " + results.origin().tool() + ", but the files before it are of "
                        + origin.tool() + ": import each program's into a folder of its own");
            }
            origin = results.origin();
            environment = results.environment();
            results.cells().forEach(
                    cell -> cells.computeIfAbsent(cell.result().key(), key -> new ArrayList<>()).add(cell));
        }
        cells.forEach(this::requireOne);
        List<CaseResult> results = cells.values().stream().flatMap(List::stream).map(ForeignCell::result).toList();
        Run run = Run.of(written, origin, arguments, 0, environment, Optional.empty(), Repetitions.merge(results));
        return StoredRun.of(texts.getFirst().source(), run, launches(cells));
    }

    /** What was left out, and why; a line each. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    private void requireOne(CaseKey key, List<ForeignCell> same) {
        if (same.size() > 1 && !repeated) {
            throw new RunFormatException("case '" + key + "' is there twice: " + same.get(0).place() + ", "
                    + same.get(1).place()
                    + "; tell them apart with --label, import them into folders of their own, or take"
                    + " medians with --repeated");
        }
    }

    /** Each repetition is a launch, if all of them have samples. */
    private static Map<CaseKey, List<Launch>> launches(Map<CaseKey, List<ForeignCell>> cells) {
        Map<CaseKey, List<Launch>> launches = new LinkedHashMap<>();
        cells.forEach((key, same) -> {
            List<Launch> all = new ArrayList<>();
            same.stream().flatMap(cell -> cell.launches().stream())
                    .forEach(launch -> all.add(launch.numbered(all.size())));
            if (!all.isEmpty()) {
                launches.put(key, all);
            }
        });
        return launches;
    }

    private ForeignFormat format(ForeignText text) {
        List<ForeignFormat> asked = FORMATS.stream()
                .filter(format -> tool.equals(AUTO) || tool.equals(format.tool())).toList();
        return asked.stream().filter(format -> format.recognises(text)).findFirst()
                .orElseThrow(() -> text.failure(tool.equals(AUTO)
                        ? "is nothing that is known: neither a table nor JSON of nccl-tests, nor a table of OSU or IMB,"
                                + " nor JSON of JMH"
                        : "does not look like what " + tool + " writes"));
    }

    private static ForeignText text(Path file) throws IOException {
        try {
            if (Files.isDirectory(file)) {
                throw new RunFormatException("'" + file + "' is a folder: name the files in it");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new RunFormatException(file + " has " + Files.size(file) + " bytes, more than any results have");
            }
            return ForeignText.of(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException absent) {
            throw new RunFormatException("no file '" + file + "'", absent);
        } catch (MalformedInputException binary) {
            throw new RunFormatException(file + " is not a text in UTF-8", binary);
        }
    }
}
