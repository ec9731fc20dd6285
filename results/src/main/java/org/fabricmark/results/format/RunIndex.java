package org.fabricmark.results.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.fabricmark.results.model.Run;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@value #NAME} in a results folder: one line of JSON for each run below it, in the order in which they were saved, so
 * that runs are found without opening all of them. It can be made anew from the runs, so a lost line loses nothing.
 *
 * <p>Writers append under a lock on the file, each a whole line in one write. A writer that was killed in that write
 * leaves half a line, which the next one ends and readers skip.
 */
public final class RunIndex {
    /** The file's name. */
    public static final String NAME = "index.jsonl";

    private static final int HARDWARE_DIGITS = 8;

    /** A lock on a file is held by a whole virtual machine, so its threads need one of their own. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path file;

    /** @param results the results folder */
    public RunIndex(Path results) {
        this.file = results.resolve(NAME);
    }

    /**
     * A run that the index knows.
     *
     * @param id the run's id
     * @param time when it began
     * @param commit what was measured, if known
     * @param hardwareId the first digits of the short name of its hardware
     * @param suite the program that measured and its version
     * @param folder where it was saved, from the results folder on
     * @param cases how many cases it has
     * @param verdict {@code ok} or {@code wrong}
     */
    public record Entry(String id, Instant time, Optional<String> commit, String hardwareId, String suite,
            String folder, int cases, String verdict) {
        /** The entry of a run. */
        static Entry of(Run run, String folder) {
            String version = run.origin().isOurs() ? run.environment().suite().version().map(v -> " " + v).orElse("")
                    : run.origin().version().map(v -> " " + v).orElse("");
            return new Entry(run.id(), run.startedAt(), run.environment().suite().commit(),
                    run.environment().hardware().id().substring(0, HARDWARE_DIGITS), run.origin().tool() + version,
                    folder, run.cases().size(), run.isWrong() ? "wrong" : "ok");
        }
    }

    /**
     * Appends the line of a run that was saved.
     *
     * @param folder where; below the results folder
     * @throws IOException if the file cannot be written
     */
    public void append(Run run, Path folder) throws IOException {
        Path from = file.toAbsolutePath().normalize().getParent();
        String place = from.relativize(folder.toAbsolutePath().normalize()).toString().replace('\\', '/');
        byte[] line = (line(Entry.of(run, place)) + "\n").getBytes(StandardCharsets.UTF_8);
        THREADS.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            channel.lock(); // until it is closed
            long end = channel.size();
            boolean half = end > 0 && last(channel, end) != '\n';
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
            if (half) {
                bytes.put((byte) '\n');
            }
            bytes.put(line).flip();
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
            channel.force(true);
        } finally {
            THREADS.unlock();
        }
    }

    /** The runs in the order in which they were saved; none if there is no index. Lines that are none are skipped. */
    public List<Entry> read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.exists(file)) {
            return entries;
        }
        for (String line : Files.readString(file, StandardCharsets.UTF_8).lines().toList()) {
            try {
                JsonNode object = Json.MAPPER.readTree(line);
                if (object.has("id")) {
                    entries.add(Json.MAPPER.treeToValue(object, Entry.class));
                }
            } catch (JacksonException half) {
                // The rest of a write that was killed: its run is in its folder, only not in this list.
                continue;
            }
        }
        return entries;
    }

    private static String line(Entry entry) {
        ObjectNode object = Json.MAPPER.valueToTree(entry);
        return object.toString();
    }

    private static byte last(FileChannel channel, long end) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, end - 1);
        return one.get(0);
    }
}
