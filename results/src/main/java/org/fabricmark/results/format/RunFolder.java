package org.fabricmark.results.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.fabricmark.results.model.StoredRun;

/**
 * The folder that one run is saved in: {@value #SAMPLES} if there are any, {@value #SURROUNDINGS}, and last
 * {@value #JMH}, whose presence says that the run is complete. Folders of older builds hold {@value #OLD_JSON} instead,
 * and are still read.
 *
 * <p>{@link #prepare} comes before anything is measured and finds out, by trying, whether saving can work; it leaves
 * nothing behind. {@link #save} makes the folder. Neither ever overwrites or deletes what it did not make itself.
 */
public final class RunFolder {
    /** The cases, in the form of JMH; written last. */
    public static final String JMH = "run.jmh.json";
    /** Everything about the run but its cases. */
    public static final String SURROUNDINGS = "run.env.json";
    /** What the numbers were computed from; absent where that was not kept. */
    public static final String SAMPLES = "run.samples.jsonl.gz";
    /** What older builds saved. */
    public static final String OLD_JSON = "run.json";

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /**
     * Checks that a run can be saved in {@code folder}: it does not exist or is empty, and files can be made in it.
     *
     * @throws RunFolderException if not; nothing has changed then
     */
    public static RunFolder prepare(Path folder) {
        RunFolder prepared = new RunFolder(folder);
        prepared.requireNew();
        Deque<Path> made = new ArrayDeque<>();
        try {
            try {
                prepared.make(made);
                Files.delete(Files.createTempFile(folder, ".writable", ".part"));
            } finally {
                deleteAll(made);
            }
        } catch (IOException failure) {
            throw prepared.unwritable(failure);
        }
        return prepared;
    }

    /**
     * Reads the run that was saved in {@code folder}; its samples when they are asked for.
     *
     * @throws RunFormatException if there is no such folder, no complete run in it, or a file in it cannot be read
     * @throws IOException if reading fails
     */
    public static StoredRun read(Path folder) throws IOException {
        return read(folder, new FileBuffer(), new SharedParts());
    }

    private static StoredRun read(Path folder, FileBuffer buffer, SharedParts shared) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new RunFormatException("no run in '" + folder + "': there is no such folder");
        }
        String name = folder.toString();
        Path jmh = folder.resolve(JMH);
        if (!Files.exists(jmh)) {
            Path old = folder.resolve(OLD_JSON);
            if (Files.exists(old)) {
                return StoredRun.of(name, JsonFormat.read(old));
            }
            String why = Files.exists(folder.resolve(SURROUNDINGS)) || Files.exists(folder.resolve(SAMPLES))
                    ? "it has no " + JMH + ", so its writer was stopped before the end"
                    : "it has neither " + JMH + " nor the " + OLD_JSON + " of older builds";
            throw new RunFormatException("no run in '" + folder + "': " + why);
        }
        Path surroundings = folder.resolve(SURROUNDINGS);
        if (!Files.exists(surroundings)) {
            throw new RunFormatException("no run in '" + folder + "': it has no " + SURROUNDINGS);
        }
        Run run = SurroundingsFile.read(surroundings, id -> JmhFileReader.read(jmh, id, buffer, shared), shared);
        return new StoredRun(name, run, new StoredSamples(folder.resolve(SAMPLES), run));
    }

    /**
     * Reads many runs, on all processors, in the order of their folders.
     *
     * @throws RunFormatException as {@link #read} does, of one of the folders that cannot be read
     * @throws IOException if reading fails
     */
    public static List<StoredRun> readAll(List<Path> folders) throws IOException {
        int workers = Math.clamp(folders.size(), 1, Runtime.getRuntime().availableProcessors());
        StoredRun[] runs = new StoredRun[folders.size()];
        AtomicInteger next = new AtomicInteger();
        try {
            IntStream.range(0, workers).parallel().forEach(worker -> {
                FileBuffer buffer = new FileBuffer();
                SharedParts shared = new SharedParts();
                for (int i = next.getAndIncrement(); i < runs.length; i = next.getAndIncrement()) {
                    try {
                        runs[i] = read(folders.get(i), buffer, shared);
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                }
            });
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        return List.of(runs);
    }

    /** The folder, which exists once a run was saved. */
    public Path path() {
        return path;
    }

    /** Saves {@code run} without samples; otherwise like {@link #save(Run, SampleSource)}. */
    public void save(Run run) {
        save(run, SampleSource.NONE);
    }

    /**
     * Saves {@code run}: every file is whole or absent, and on failure this run's files and folders are removed again.
     *
     * @throws RunFolderException if the folder got content since it was prepared, or writing failed
     */
    public void save(Run run, SampleSource samples) {
        Map<String, WholeFile.Content> files = new LinkedHashMap<>();
        if (SamplesFile.hasSamples(run, samples)) {
            files.put(SAMPLES, out -> SamplesFile.write(run, samples, out));
        }
        files.put(SURROUNDINGS, out -> SurroundingsFile.write(run, out));
        files.put(JMH, out -> JmhFile.write(run, samples, out));
        save(files);
    }

    /** Saves files in their order; the last one completes the run. */
    void save(Map<String, WholeFile.Content> files) {
        requireNew();
        Deque<Path> made = new ArrayDeque<>();
        try {
            boolean done = false;
            try {
                make(made);
                for (Map.Entry<String, WholeFile.Content> file : files.entrySet()) {
                    WholeFile.create(path.resolve(file.getKey()), file.getValue());
                    made.push(path.resolve(file.getKey()));
                }
                WholeFile.forceFolder(path.toAbsolutePath().getParent());
                done = true;
            } finally {
                if (!done) {
                    deleteAll(made);
                }
            }
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private void requireNew() {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new RunFolderException("'" + path + "' is a file: name a folder that does not exist yet");
        }
        if (!Files.isDirectory(path)) {
            return;
        }
        try (Stream<Path> content = Files.list(path)) {
            if (content.findAny().isPresent()) {
                throw new RunFolderException("'" + path + "' is not empty: name a folder that does not exist yet");
            }
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /** Makes the folder and those above it that are missing, and notes each in {@code made}, innermost first. */
    private void make(Deque<Path> made) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path folder = path.toAbsolutePath().normalize(); folder != null
                && !Files.exists(folder); folder = folder.getParent()) {
            missing.push(folder);
        }
        for (Path folder : missing) {
            Files.createDirectory(folder);
            made.push(folder);
        }
    }

    /** Deletes the newest first; a folder that somebody else has put a file into stays, with what is above it. */
    private static void deleteAll(Deque<Path> made) throws IOException {
        for (Path file : made) {
            Files.deleteIfExists(file);
        }
    }

    private RunFolderException unwritable(IOException failure) {
        String reason = switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "no folder can be made there";
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            case FileSystemException failed -> failed.getClass().getSimpleName() + " at " + failed.getFile();
            default -> RunFormatException.firstLine(failure.getMessage());
        };
        return new RunFolderException("cannot save results in '" + path + "': " + reason, failure);
    }
}
