package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Starts a JVM as the launcher does, with a filter at descriptor 2 that marks what it passes on. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a bash script")
@Timeout(60)
class StandardErrorTest {
    private static final String FILTERED = "exec 3>&2; exec 2> >(exec sed -u 's/^/filtered /' >&3 3>&-); exec \"$@\"";

    /** Writes one line before and one after the change, and exits with 7. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            System.err.println("before");
            System.err.flush();
            StandardError.adopt();
            System.err.println("after");
            System.exit(7);
        }
    }

    @Test
    void shouldWriteToTheRealStandardErrorOnceTheFilterIsReplaced() throws Exception {
        assertEquals(List.of("after", "filtered before"), linesOfProbe(FILTERED, "-Dfabricmark.stderr=3"));
    }

    @Test
    void shouldKeepTheFilterWhenNativeCallsAreForbidden() throws Exception {
        assertEquals(List.of("filtered after", "filtered before"),
                linesOfProbe(FILTERED, "-Dfabricmark.stderr=3", "--illegal-native-access=deny",
                        "--enable-native-access=java.base"));
    }

    @Test
    void shouldLeaveStandardErrorAloneWithoutALauncher() throws Exception {
        assertEquals(List.of("after", "before"), linesOfProbe("exec \"$@\""));
    }

    /** The lines in alphabetical order: a filter is a process of its own, and may be late. */
    private static List<String> linesOfProbe(String script, String... flags) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of("bash", "-c", script, "bash", java));
        if (!List.of(flags).contains("--illegal-native-access=deny")) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // Reads to the end of the stream, and so until the filter has ended too: it ends when its last writer has gone.
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(30, TimeUnit.SECONDS);
        assertEquals(7, process.exitValue(), output);
        return output.lines().sorted().toList();
    }
}
