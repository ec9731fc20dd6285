package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Everything that a user can get wrong: one line on stderr with this text, nothing on stdout, exit code 2. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BadInputTest {
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "bad-input.txt", delimiter = '|', quoteCharacter = '"', numLinesToSkip = 1,
            maxCharsPerColumn = 1000)
    void shouldRefuseInOneLine(String arguments, String message) {
        CommandRun run = CommandRun.ofLine(arguments == null ? "" : arguments);
        assertAll(
                () -> assertEquals(message + System.lineSeparator(), run.err()),
                () -> assertEquals("", run.out()),
                () -> assertEquals(ExitCode.MISUSED, run.code()));
    }

    private static void assertRefused(String pattern, String... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertAll(
                () -> assertTrue(run.err().strip().matches(pattern), run.err()),
                () -> assertEquals(1, run.err().lines().count(), run.err()),
                () -> assertEquals("", run.out()),
                () -> assertEquals(ExitCode.MISUSED, run.code()));
    }

    @Test
    void shouldKeepTheErrorOnOneLineWhenAnArgumentHasSeveral() {
        assertRefused("fabricmark perf: no collective 'all reduce'; .*", "perf", "--collective", "all\nreduce");
    }

    @Test
    void shouldRefuseSizesThatDoNotFitInMemory() {
        assertRefused(
                "fabricmark perf: a message of 4096.0 GiB does not fit in memory, of which .* are free; use smaller sizes",
                "perf", "--sizes", "4096G");
    }

    @Test
    void shouldRefuseRanksThatTogetherDoNotFitInMemory() {
        assertRefused("fabricmark perf: 1024 ranks need .* GiB .*; use smaller sizes or fewer ranks.*", "perf",
                "--ranks",
                "1024", "--sizes", "512M", "--algorithm", "two-shot", "--collective", "all-reduce");
    }

    @Test
    void shouldRefuseMoreProcessesThanFitInMemory() {
        assertRefused(
                "fabricmark perf: (1023 processes need .* of memory beside their data of .*; use fewer ranks"
                        + "|--ranks '1024': the control group allows .*)",
                "perf", "--ranks", "1024", "--sizes", "8", "--launch", "processes", "--collective", "all-reduce",
                "--algorithm", "one-shot");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere cores cannot be chosen")
    void shouldRefuseToPinToACoreThatIsNotOurs() {
        assertRefused(
                "fabricmark perf: --pin '0,999999': core 999999 is not ours; we may use: [0-9, ]+",
                "perf", "--pin", "0,999999");
    }

    @Test
    void shouldRefuseAFolderThatHasSomethingInIt(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        assertRefused("fabricmark perf: --out '.*' is not empty: name a folder that does not exist yet", "perf",
                "--out",
                folder.toString());
        assertEquals("mine", Files.readString(folder.resolve("notes.txt")));
    }

    @Test
    void shouldRefuseAFileAsFolder(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "mine");
        assertRefused("fabricmark perf: --out '.*' is a file: name a folder that does not exist yet", "perf", "--out",
                file.toString());
    }

    @Test
    void shouldRefuseAFolderThatCannotBeMade() {
        assertRefused("fabricmark perf: --out cannot save results in '/proc/fabricmark': .*", "perf", "--out",
                "/proc/fabricmark");
    }

    @Test
    void shouldLeaveNothingBehindWhenRefusing(@TempDir Path folder) {
        Path results = folder.resolve("results");
        assertRefused("fabricmark perf: a message of .*", "perf", "--sizes", "4096G", "--out", results.toString());
        assertFalse(Files.exists(results));
    }

    @Test
    void shouldSayWhereInTheProgramWhenVerbose() {
        CommandRun run = CommandRun.of("verify", "--ranks", "0", "--verbose");
        assertTrue(run.err().contains("at org.fabricmark.bench.cli"), run.err());
        assertEquals(ExitCode.MISUSED, run.code());
    }

    @Test
    void shouldNotShowOptionsThatComeLaterInHelp() {
        String help = CommandRun.of("perf", "--help").out();
        for (String later : Set.of("--workload", "--isolate", "--trace")) {
            assertFalse(help.contains(later), later);
        }
    }
}
