package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as users start it: by {@code ./fabricmark}, in a process of its own. Needs the jar, and builds it if it must. */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LauncherTest {
    private static final Path LAUNCHER = Path.of("..", "fabricmark").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @BeforeEach
    void requireLauncher() {
        Assumptions.assumeTrue(Files.isExecutable(LAUNCHER), "not in a checkout");
    }

    private Process start(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(arguments.split(" ")));
        return new ProcessBuilder(command).directory(folder.toFile())
                .redirectError(folder.resolve("stderr").toFile()).start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("stderr"), StandardCharsets.UTF_8);
    }

    private CommandRun run(String arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandRun(process.waitFor(), out, err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "perf --ranks 0 | fabricmark perf: --ranks '0': at least 1 rank is needed; ranks are whole numbers from 1 to 1024, as in 4 or 2-5,7,9",
        "perf --fault x | fabricmark perf: --fault is not available yet",
        "compare | fabricmark: no command 'compare' yet; known: perf, jmh, verify, list, explain, machine"})
    void shouldRefuseInOneLine(String arguments, String message) throws IOException, InterruptedException {
        run("--version"); // builds if need be, and may say so
        CommandRun run = run(arguments);
        assertEquals(message + "\n", run.err());
        assertEquals("", run.out());
        assertEquals(ExitCode.MISUSED, run.code());
    }

    @Test
    void shouldWriteNothingButResultsToStdout() throws IOException, InterruptedException {
        run("--version");
        CommandRun run = run("perf --sizes 8 --collective all-reduce --iters 3 --budget 2s --format csv --out none");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertEquals(3, run.lines().size(), run.out());
        assertEquals("", run.err());
    }

    @Test
    void shouldEndRanksAndLeaveNothingWhenInterrupted() throws IOException, InterruptedException {
        Process process = start("perf --collective all-reduce --budget 300s --out run");
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.contains(" out ")) { // until the first row
                line = out.readLine();
            }
            assertTrue(line != null, "no row came: " + err());
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still runs");
        }
        assertEquals(130, process.exitValue());
        assertTrue(err().matches("(?s).*fabricmark perf: interrupted after \\d+ of \\d+ cases; nothing is saved\n"),
                err());
        assertTrue(Files.notExists(folder.resolve("run")), "saved something");
        if (Files.isDirectory(Path.of("/dev/shm"))) {
            try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
                String name = "-" + process.pid() + "-";
                assertEquals(List.of(), files.filter(file -> file.toString().contains(name)).toList());
            }
        }
    }
}
