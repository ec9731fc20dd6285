package org.fabricmark.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JMH in this JVM, with iterations that are too short to measure anything. */
@Isolated("replaces stderr")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class JmhRunTest {
    private static final List<String> SHORT = List.of("-f", "0", "-wi", "0", "-r", "5ms");

    @TempDir
    private Path folder;

    private String err = "";

    private int run(String... options) throws IOException {
        return run(List.of(List.of()), options);
    }

    private int run(List<List<String>> selections, String... options) throws IOException {
        List<String> all = new ArrayList<>(SHORT);
        all.addAll(List.of("-rf", "json", "-rff", result().toString(), "-o", folder.resolve("out").toString()));
        all.addAll(List.of(options));
        if (!all.contains("-i")) {
            all.addAll(List.of("-i", "1"));
        }
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            return new JmhRun(List.of()).run(selections, all);
        } finally {
            System.setErr(before);
            err = said.toString(StandardCharsets.UTF_8);
        }
    }

    private Path result() {
        return folder.resolve("result.json");
    }

    private List<JsonNode> saved() {
        return JsonMapper.shared().readTree(result()).valueStream().toList();
    }

    private String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    @Test
    void shouldHaveASmallDefaultMatrixOfWhichEveryCombinationRuns() throws IOException {
        assertEquals(JmhRun.GOOD, run(), err);
        assertTrue(saved().size() < 80, saved().size() + " benchmarks take too long");
        Set<String> kinds = new TreeSet<>();
        saved().forEach(each -> kinds.add(each.get("benchmark").stringValue().replaceAll(".*\\.(\\w+)\\.\\w+", "$1")));
        assertEquals(Set.of("CollectiveBenchmark", "EngineBenchmark", "HarnessBenchmark", "PrimitiveBenchmark",
                "ReductionBenchmark", "VerbsBenchmark"), kinds);
    }

    @Test
    void shouldSaveSecondaryResultsWithTheirUnits() throws IOException {
        assertEquals(JmhRun.GOOD, run("CollectiveBenchmark.allReduce", "-p", "bytes=65536"), err);
        JsonNode secondary = saved().getFirst().get("secondaryMetrics");
        for (String metric : List.of("algbw GB/s", "busbw GB/s", "skew us", "exchange ns", "loop us/op")) {
            JsonNode found = secondary.get(metric.split(" ")[0]);
            assertEquals(metric.split(" ")[1], found.get("scoreUnit").stringValue());
            assertTrue(found.get("score").doubleValue() >= 0, metric);
        }
        double us = saved().getFirst().get("primaryMetric").get("score").doubleValue();
        assertEquals(65536 / us / 1000, secondary.get("algbw").get("score").doubleValue(), 1e-6);
    }

    @Test
    void shouldFailAndSaveThatDataWereWrong() throws IOException {
        int code = run(List.of(List.of("CollectiveBenchmark.reduceScatter", "-p", "bytes=8"),
                List.of("CollectiveBenchmark.reduceScatter", "-p", "bytes=65536", "-p",
                        "transportOptions=fault:corrupt@1/1:rank1:bytes1024")));
        assertEquals(JmhRun.FAILED, code);
        assertTrue(err.matches("(?s)fabricmark: failed: CollectiveBenchmark.reduceScatter .*bytes=65536.*:"
                + " wrong data: \\d+ elements? differs?\\n"), err);
        assertEquals(List.of("8", "65536"),
                saved().stream().map(each -> each.get("params").get("bytes").stringValue()).toList());
        List<Double> wrong = saved().stream()
                .map(each -> each.get("secondaryMetrics").get("wrong").get("score").doubleValue()).toList();
        assertEquals(0.0, wrong.getFirst());
        assertTrue(wrong.getLast() > 0, wrong.toString());
        assertTrue(out().lines().noneMatch(line -> line.startsWith("CollectiveBenchmark.") && line.contains(" 65536 ")),
                "a wrong result in the table: " + out());
    }

    @Test
    void shouldRefuseACombinationThatCannotRunInOneLine() throws IOException {
        assertEquals(JmhRun.FAILED, run("CollectiveBenchmark.allGather", "-p", "ranks=3", "-p", "bytes=8", "-p",
                "algorithm=recursive-doubling"));
        assertTrue(err.matches("fabricmark: failed: [^\\n]*: refused: algorithm 'recursive-doubling' does not take 3"
                + " ranks[^\\n]*\\n"), err);
        assertTrue(out().lines().anyMatch(line -> line.startsWith("refused: ")), out());
        assertFalse(out().contains("\tat "), out());
    }

    @Test
    void shouldMakeOneTableAndOneFileOfSeveralSelections() throws IOException {
        int code = run(List.of(List.of("CollectiveBenchmark.barrier", "-p", "ranks=2"),
                List.of("CollectiveBenchmark.barrier", "-p", "ranks=3", "-p", "algorithm=auto")));
        assertEquals(JmhRun.GOOD, code, err);
        assertEquals(List.of("2", "3"),
                saved().stream().map(each -> each.get("params").get("ranks").stringValue()).toList());
        assertEquals(1, out().lines().filter(line -> line.startsWith("Benchmark  ")).count(), out());
    }

    @Test
    void shouldSayWhatIsWrongWithOptions() throws IOException {
        assertEquals(JmhRun.MISUSED, run("-no-such-option"));
        assertEquals(1, err.lines().count(), err);
        assertEquals(JmhRun.FAILED, run("noSuchBenchmark"));
        assertTrue(err.startsWith("fabricmark: no benchmark matches [noSuchBenchmark]"), err);
    }

    @Test
    void shouldGiveForksWhatTheyNeedWhateverTheUserAppends() throws Exception {
        var given = new org.openjdk.jmh.runner.options.CommandLineOptions("-jvmArgsAppend", "-Xmx1g");
        var options = ForkFlags.of(given, List.of("-Dfabricmark.stderr=3", "-XX:+UseSerialGC"), List.of("-Da=b"));
        assertEquals(Stream.of(ForkFlags.ADD_MODULES, ForkFlags.VECTOR, ForkFlags.NATIVE, ForkFlags.UNSAFE, "-Da=b",
                "-Xmx1g").toList(), List.copyOf(options.getJvmArgsAppend().get()));
        assertEquals(List.of("-XX:+UseSerialGC", "-XX:-UsePerfData"), List.copyOf(options.getJvmArgs().get()));
    }
}
