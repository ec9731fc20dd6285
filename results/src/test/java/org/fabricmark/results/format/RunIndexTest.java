package org.fabricmark.results.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;

class RunIndexTest {
    private static final int RUNS = 100;

    @TempDir
    private Path results;

    @Test
    void shouldHaveALineForEachRunInTheirOrder() throws IOException {
        RunIndex index = new RunIndex(results);
        index.append(Samples.RUN, results.resolve("runs/a"));
        index.append(run(7), results.resolve("runs/b"));
        assertEquals(2, Files.readAllLines(results.resolve("index.jsonl")).size());
        List<RunIndex.Entry> entries = index.read();
        RunIndex.Entry first = entries.getFirst();
        assertEquals(Samples.RUN.id(), first.id());
        assertEquals("runs/a", first.folder());
        assertEquals("wrong", first.verdict());
        assertEquals("fabricmark 0.1.0", first.suite());
        assertEquals(Optional.of("3f2a9c1d"), first.commit());
        assertEquals(Samples.ENVIRONMENT.hardware().id().substring(0, 8), first.hardwareId());
        assertEquals("ok", entries.getLast().verdict());
    }

    @Test
    void shouldBeEmptyWithoutAFile() throws IOException {
        assertEquals(List.of(), new RunIndex(results).read());
    }

    @Test
    void shouldSurviveAWriterThatWasKilledInItsLine() throws IOException {
        RunIndex index = new RunIndex(results);
        index.append(Samples.RUN, results.resolve("runs/a"));
        Files.writeString(results.resolve("index.jsonl"), "{\"id\":\"2026", StandardOpenOption.APPEND);
        index.append(run(7), results.resolve("runs/b"));
        assertEquals(List.of("runs/a", "runs/b"), index.read().stream().map(RunIndex.Entry::folder).toList());
    }

    @Test
    @Timeout(60)
    void shouldSurviveThreadsThatWriteAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Callable<Void>> writers = List.of(() -> write(results, 0), () -> write(results, 1));
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        assertHasAll();
    }

    @Test
    @Timeout(60)
    void shouldSurviveProcessesThatWriteAtOnce() throws Exception {
        List<Process> writers = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            writers.add(ChildJvm.start(Writer.class, results.toString(), Integer.toString(writer)));
        }
        for (Process writer : writers) {
            assertEquals(true, writer.waitFor(50, TimeUnit.SECONDS));
            assertEquals(0, writer.exitValue());
        }
        assertHasAll();
    }

    /** One of two processes. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            write(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        }
    }

    private static Void write(Path results, int writer) throws IOException {
        for (int i = 0; i < RUNS; i++) {
            new RunIndex(results).append(run(i), results.resolve("runs/" + writer + "-" + i));
        }
        return null;
    }

    private void assertHasAll() throws IOException {
        Set<String> folders = new HashSet<>();
        new RunIndex(results).read().forEach(entry -> folders.add(entry.folder()));
        assertEquals(2 * RUNS, folders.size());
        assertEquals(2 * RUNS, Files.readAllLines(results.resolve("index.jsonl")).size());
    }

    private static Run run(long seed) {
        return Run.of(Instant.EPOCH, List.of(), seed, Environment.UNKNOWN, Optional.empty(), List.of(Samples.SPARSE));
    }
}
