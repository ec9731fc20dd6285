package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class StartTest {
    private static final int JAVA_8 = 52;

    @Test
    void shouldBeReadableForJava8() throws IOException {
        try (DataInputStream in = new DataInputStream(Start.class.getResourceAsStream("Start.class"))) {
            in.readInt();
            in.readUnsignedShort();
            assertEquals(JAVA_8, in.readUnsignedShort());
        }
    }

    @Test
    void shouldKnowTheNumberOfAVersion() {
        assertEquals(8, Start.feature("1.8"));
        assertEquals(17, Start.feature("17"));
    }

    @Test
    void shouldSayInOneLineWhichJavaIsNeeded() throws IOException, InterruptedException {
        Optional<Path> older = olderJava();
        Assumptions.assumeTrue(older.isPresent(), "there is no older Java here");
        Process process = new ProcessBuilder(older.orElseThrow().toString(), "-cp",
                System.getProperty("java.class.path"), Start.class.getName(), "-l").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(ExitCode.MISUSED, process.waitFor());
        assertTrue(said.matches("fabricmark: Java 25 or newer is needed, and this is Java [0-9.]+ [^\\n]*\\n"), said);
    }

    private static Optional<Path> olderJava() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(all)) {
            for (Path home : homes.toList()) {
                Path release = home.resolve("release");
                List<String> lines = Files.isReadable(release) ? Files.readAllLines(release) : List.of();
                if (lines.stream().anyMatch(line -> line.matches("JAVA_VERSION=\"(1\\.8|9|1[0-9]|2[0-4])[.\"].*"))) {
                    return Optional.of(home.resolve("bin/java"));
                }
            }
        }
        return Optional.empty();
    }
}
