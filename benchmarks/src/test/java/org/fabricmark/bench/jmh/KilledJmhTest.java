package org.fabricmark.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills JMH, or the JVM that it has forked, in the middle of an iteration: nothing of either may be left. */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "looks at /dev/shm and kills by signals")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KilledJmhTest {
    private static final Path SHARED = Path.of("/dev/shm");
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /** Within so long everything has ended: processes notice at once, and take a moment to go. */
    private static final long END_NANOS = 3_000_000_000L;

    @TempDir
    private Path folder;

    private Process jmh;
    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(ProcessHandle::destroyForcibly);
        if (jmh != null) {
            jmh.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"allReduce,threads,jmh", "allReduce,processes,jmh", "allReduce,threads,fork",
        "allReduce,processes,fork",
        "putLatency,processes,jmh", "putLatency,processes,fork"})
    void shouldLeaveNothingBehind(String method, String launch, String killed) throws IOException {
        List<String> before = files();
        jmh = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), "--sun-misc-unsafe-memory-access=allow",
                "org.fabricmark.bench.cli.Start", method + "$", "-f", "1", "-wi", "0", "-i", "1", "-r", "100s", "-p",
                "bytes=8", "-p", "launch=" + launch)
                .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile())
                .redirectInput(new File("/dev/null")).start();
        int processes = launch.equals("processes") ? 2 : 1; // the fork, and its rank
        await(PATIENCE_NANOS, () -> said().contains("Iteration   1") && jmh.descendants().count() >= processes
                && inIteration(), "it did not start");
        started.addAll(jmh.descendants().toList());

        ProcessHandle fork = jmh.children().findFirst().orElseThrow();
        (killed.equals("jmh") ? jmh.toHandle() : fork).destroyForcibly();

        await(END_NANOS, () -> started.stream().noneMatch(KilledJmhTest::lives) && !jmh.isAlive(),
                "still there: " + started);
        assertEquals(before, files());
    }

    /** The files of a job are gone once all its ranks have attached. */
    private static boolean inIteration() {
        return files().stream().noneMatch(file -> file.contains("-" + ProcessHandle.current().pid() + "-"));
    }

    /** Who was not waited for stays as a zombie where nobody adopts orphans. */
    private static boolean lives(ProcessHandle process) {
        try {
            Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
            return process.isAlive() && !(Files.exists(stat) && Files.readString(stat).contains(") Z "));
        } catch (IOException gone) {
            return false;
        }
    }

    private String said() {
        try {
            return Files.readString(folder.resolve("out"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private static List<String> files() {
        if (!Files.isDirectory(SHARED)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(SHARED)) {
            return files.map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void await(long nanos, BooleanSupplier condition, String otherwise) {
        long until = System.nanoTime() + nanos;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, otherwise + "\n" + said());
            LockSupport.parkNanos(20_000_000);
        }
    }
}
