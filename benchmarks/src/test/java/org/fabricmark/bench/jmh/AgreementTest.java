package org.fabricmark.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code .ci/agree} says of numbers that are known: it decides whether perf and JMH measure the same. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it is a bash script")
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AgreementTest {
    private static final Path SCRIPT = Path.of("..", ".ci", "agree").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @BeforeEach
    void requireScript() {
        Assumptions.assumeTrue(Files.isExecutable(SCRIPT), "not in a checkout");
    }

    private record Verdict(int code, List<String> lines, String err) {}

    private Verdict evaluate(String... pairs) throws IOException, InterruptedException {
        Files.write(folder.resolve("pairs"), List.of(pairs));
        Process process = new ProcessBuilder(SCRIPT.toString(), "--evaluate", "pairs").directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(process.waitFor(), out.lines().toList(), Files.readString(folder.resolve("err")));
    }

    /** A pair of all-reduces: time in us and exchange in ns of perf, then of JMH. */
    private static String pair(String transport, double perf, double perfNs, double jmh, double jmhNs) {
        return "all-reduce %s threads 8 %s %s 0.5 %s %s 0.6".formatted(transport, perf, perfNs, jmh, jmhNs);
    }

    @ParameterizedTest
    @CsvSource({"104.9, 0, +4.9%", "95.1, 0, -4.9%", "105, 1, +5.0%", "95, 1, -5.0%", "163.6, 1, +63.6%"})
    void shouldAgreeBelowFivePercentInEitherDirection(double jmh, int code, String differ) throws Exception {
        Verdict verdict = evaluate(pair("shm", 100, 50, jmh, 50));
        assertEquals(code, verdict.code(), verdict.lines().toString());
        assertTrue(verdict.lines().get(1).contains(" " + differ + " "), verdict.lines().toString());
        assertEquals((1 - code) + " of 1 cases agree within 5 %; 0 of 1 rounds dropped", verdict.lines().getLast());
    }

    @ParameterizedTest
    @CsvSource({"50, 75, 0", "75, 50, 0", "50, 76, 1", "76, 50, 1"})
    void shouldDropARoundOfTwoRegimesWhicheverWasTheFaster(double perfNs, double jmhNs, int dropped) throws Exception {
        Verdict verdict = evaluate(pair("shm", 1, 50, 1, 50), pair("shm", 1, perfNs, 1, jmhNs));
        assertEquals(0, verdict.code());
        assertEquals("1 of 1 cases agree within 5 %; " + dropped + " of 2 rounds dropped", verdict.lines().getLast());
        String[] row = verdict.lines().get(1).split(" +");
        assertEquals(Integer.toString(2 - dropped), row[4], "rounds that are compared");
        assertEquals(Integer.toString(dropped), row[5]);
    }

    @Test
    void shouldNotLetADroppedRoundIntoAMedian() throws Exception {
        Verdict verdict = evaluate(pair("shm", 1, 50, 1, 50), pair("shm", 900, 50, 1, 200));
        assertEquals(0, verdict.code());
        assertTrue(verdict.lines().get(1).contains("     1.000      1.000   +0.0%"), verdict.lines().get(1));
    }

    @Test
    void shouldTakeTheMedianOfAnOddAndOfAnEvenNumberOfRounds() throws Exception {
        Verdict odd = evaluate(pair("shm", 10, 50, 1, 50), pair("shm", 9, 50, 100, 50), pair("shm", 1000, 50, 10, 50));
        assertTrue(odd.lines().get(1).contains("10.000     10.000  -90.0%"), odd.lines().get(1));
        Verdict even = evaluate(pair("shm", 9, 50, 10, 50), pair("shm", 11, 50, 10, 50), pair("shm", 1, 50, 1, 50),
                pair("shm", 100, 50, 100, 50));
        assertTrue(even.lines().get(1).contains("10.000     10.000   +0.0%"), even.lines().get(1));
    }

    @Test
    void shouldCompareWithinARoundThoughRegimesChangeFromRoundToRound() throws Exception {
        Verdict verdict =
                evaluate(pair("shm", 10, 50, 10.1, 50), pair("shm", 30, 250, 33, 250), pair("shm", 10, 50, 10.3, 50));
        assertTrue(verdict.lines().get(1).contains(" +3.0%"), verdict.lines().get(1));
        assertEquals(0, verdict.code());
    }

    @Test
    void shouldFailIfOneCaseOfSeveralDiffers() throws Exception {
        Verdict verdict = evaluate(pair("shm", 1, 50, 1, 50), pair("netty", 10, 9000, 12, 9000));
        assertEquals(1, verdict.code());
        assertEquals("1 of 2 cases agree within 5 %; 0 of 2 rounds dropped", verdict.lines().getLast());
    }

    @Test
    void shouldNotTakeACaseThatWasNeverInOneRegimeForOneThatAgrees() throws Exception {
        Verdict verdict = evaluate(pair("shm", 1, 50, 1, 100), pair("shm", 1, 100, 1, 50));
        assertEquals(1, verdict.code());
        assertTrue(verdict.lines().get(1).endsWith("never in one regime"), verdict.lines().get(1));
        assertEquals("0 of 1 cases agree within 5 %; 2 of 2 rounds dropped", verdict.lines().getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "all-reduce shm threads 8 1.0 50 1.0", "all-reduce shm threads 8 1 50 1 1 0 1",
        "all-reduce shm threads 8 none 50 1 1 50 1"})
    void shouldRefuseWhatIsNoMeasurement(String line) throws Exception {
        Verdict verdict = line.isEmpty() ? evaluate() : evaluate(pair("shm", 1, 50, 1, 50), line);
        assertEquals(2, verdict.code(), verdict.lines().toString());
        assertTrue(verdict.err().contains(line.isEmpty() ? "there are no pairs" : "line 2 is no pair of measurements"),
                verdict.err());
    }
}
