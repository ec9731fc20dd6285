package org.fabricmark.results.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A writer is killed at random moments: every file is whole or absent, and a run is complete or says that it is not. */
class KilledWriterTest {
    private static final int KILLS = 6;

    @TempDir
    private Path temp;

    @Test
    @Timeout(120)
    void shouldLeaveWholeFilesOrNone() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int incomplete = 0;
        int complete = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path runs = Files.createDirectory(temp.resolve("kill-" + kill));
            Process writer = ChildJvm.start(EndlessWriter.class, runs.toString());
            try {
                int seen = 1 + random.nextInt(3);
                while (count(runs) < seen) {
                    assertFalse(writer.waitFor(1, TimeUnit.MILLISECONDS), "the writer ended by itself");
                }
                long until = System.nanoTime() + random.nextLong(4_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
            } finally {
                writer.destroyForcibly().waitFor();
            }
            for (Path run : list(runs)) {
                if (isWhole(run, "seed " + seed)) {
                    complete++;
                } else {
                    incomplete++;
                }
            }
        }
        assertTrue(complete + incomplete >= KILLS, complete + " complete, " + incomplete + " incomplete");
    }

    /** Whether the run is complete; every file that has its name is whole in any case. */
    private static boolean isWhole(Path run, String seed) throws IOException {
        List<String> names = list(run).stream().map(file -> file.getFileName().toString())
                .filter(name -> !name.endsWith(".part")).toList();
        if (names.contains(RunFolder.JMH)) {
            StoredRun stored = RunFolder.read(run);
            assertEquals(Samples.RUN, stored.run(), seed);
            assertEquals(Samples.STORED.launches(Samples.FULL), stored.launches(Samples.FULL), seed);
            return true;
        }
        assertThrows(RunFormatException.class, () -> RunFolder.read(run), seed);
        if (names.contains(RunFolder.SAMPLES)) {
            assertEquals(1, SamplesFileReader.read(run.resolve(RunFolder.SAMPLES), Samples.RUN, 1 << 20).size(), seed);
        }
        if (names.contains(RunFolder.SURROUNDINGS)) {
            assertEquals(Samples.RUN.id(),
                    SurroundingsFile.read(run.resolve(RunFolder.SURROUNDINGS), id -> List.of(), new SharedParts()).id(),
                    seed);
        }
        return false;
    }

    /** Saves one run after the other until it is killed. */
    static final class EndlessWriter {
        private EndlessWriter() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < Integer.MAX_VALUE; i++) {
                RunFolder.prepare(Path.of(arguments[0], Integer.toString(i)))
                        .save(Samples.RUN, Samples.STORED.samples());
            }
        }
    }

    private static int count(Path folder) throws IOException {
        return list(folder).size();
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            return content.toList();
        }
    }
}
