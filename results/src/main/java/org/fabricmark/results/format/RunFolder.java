package org.fabricmark.results.format;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;

/**
 * The folder that one run is saved in: {@value #CSV}, then {@value #JSON}, whose presence says that the run is
 * complete.
 *
 * <p>{@link #prepare} comes before anything is measured and finds out, by trying, whether saving can work; it leaves
 * nothing behind. {@link #save} makes the folder. Neither ever overwrites or deletes what it did not make itself.
 */
public final class RunFolder {
    /** The run as JSON, written last. */
    public static final String JSON = "run.json";
    /** The run's cases as CSV. */
    public static final String CSV = "run.csv";

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
     * @throws RunFolderException if there is no such folder, or no run in it
     * @throws RunFormatException if a file in it cannot be read
     * @throws IOException if reading fails
     */
    public static StoredRun read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new RunFolderException("no run in '" + folder + "': there is no such folder");
        }
        Path json = folder.resolve(JSON);
        if (!Files.exists(json)) {
            throw new RunFolderException("no run in '" + folder + "': it has no " + JSON);
        }
        return StoredRun.of(folder.toString(), JsonFormat.read(json));
    }

    /** The folder, which exists once a run was saved. */
    public Path path() {
        return path;
    }

    /**
     * Saves {@code run}: every file is whole or absent, and on failure this run's files and folders are removed again.
     *
     * @throws RunFolderException if the folder got content since it was prepared, or writing failed
     */
    public void save(Run run) {
        Map<String, WholeFile.Content> files = new LinkedHashMap<>();
        files.put(CSV, out -> {
            CsvWriter lines = CsvFormat.writer(out);
            for (CaseResult result : run.cases()) {
                lines.write(result);
            }
        });
        files.put(JSON, out -> JsonFormat.write(run, out));
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
