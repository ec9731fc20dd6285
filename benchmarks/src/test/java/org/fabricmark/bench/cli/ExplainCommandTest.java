package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ExplainCommandTest {
    static Stream<Algorithm> algorithms() {
        return Algorithms.all().stream();
    }

    /** The last five words of the row that begins with {@code name}. */
    private static List<String> figures(CommandRun run, String name) {
        String row = run.lines().stream().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
        String[] words = row.split(" +");
        return List.of(words).subList(words.length - 5, words.length);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldCountTheCostThatEveryAlgorithmDeclares(Algorithm algorithm) {
        for (int ranks : new int[] {1, 2, 3, 6, 8}) {
            long count = algorithm.collective().movesData() ? 1 : 0;
            if (algorithm.refusal(Shape.of(algorithm.collective(), ranks, count, 4)).isPresent()) {
                continue;
            }
            CommandRun run = CommandRun.of("explain", "--collective", algorithm.collective().label(), "--algorithm",
                    algorithm.name(), "--ranks", Integer.toString(ranks));
            assertEquals(ExitCode.GOOD, run.code(), run.err());
            assertEquals(figures(run, "declared"), figures(run, "counted"), run.out());
            assertTrue(run.out().contains("proven just now"), run.out());
        }
    }

    @Test
    void shouldDrawIntoANewFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("tree.svg");
        CommandRun run =
                CommandRun.of("explain", "--algorithm", "double-tree", "--ranks", "8", "--sizes", "4K", "--svg",
                        file.toString());
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertTrue(run.out().contains("messages by round"), "what is printed without it is printed with it");
        String svg = Files.readString(file);
        assertTrue(svg.startsWith("<svg ") && svg.endsWith("</svg>\n"), svg);
        assertTrue(svg.contains(">all-reduce double-tree, 8 ranks, 1024 x float a rank (4096 B)<"), svg);
        CommandRun again = CommandRun.of("explain", "--algorithm", "ring", "--ranks", "2", "--svg", file.toString());
        assertEquals(ExitCode.MISUSED, again.code());
        assertEquals("fabricmark explain: --svg '" + file + "' exists: name a file that does not exist yet\n",
                again.err());
        assertEquals(svg, Files.readString(file), "nothing is overwritten");
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(file), left.toList(), "nothing else is left");
        }
    }

    @Test
    void shouldRefuseADiagramThatNobodyCanRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("wide.svg");
        CommandRun run = CommandRun.of("explain", "--algorithm", "ring", "--ranks", "17", "--svg", file.toString());
        assertEquals(ExitCode.MISUSED, run.code());
        assertEquals("fabricmark explain: --svg: a diagram has place for 16 ranks, not for 17\n", run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(file));
        CommandRun nowhere =
                CommandRun.of("explain", "--algorithm", "ring", "--svg", folder.resolve("no/x.svg").toString());
        assertEquals(ExitCode.MISUSED, nowhere.code());
        assertTrue(nowhere.err().contains("there is no folder"), nowhere.err());
    }

    @Test
    void shouldPrintTheStepsOfEveryRank() {
        CommandRun run = CommandRun.of("explain", "--algorithm", "rabenseifner", "--ranks", "6");
        for (int rank = 0; rank < 6; rank++) {
            String header = "rank " + rank + " of 6: all-reduce rabenseifner";
            assertTrue(run.lines().stream().anyMatch(line -> line.startsWith(header)), run.out());
        }
        assertTrue(run.out().contains("put        input[0..256) -> 1:scratch[192..448), signal 2"), run.out());
    }

    @Test
    void shouldPrintTheStepsOfOneRankWhenAsked() {
        CommandRun run = CommandRun.of("explain", "--algorithm", "ring", "--ranks", "5", "--rank", "3");
        assertEquals(1, run.lines().stream().filter(line -> line.startsWith("rank ")).count(), run.out());
        assertTrue(run.out().contains("rank 3 of 5"), run.out());
    }

    @Test
    void shouldSayThatStepsAreLeftOutWhenThereAreManyRanks() {
        CommandRun run = CommandRun.of("explain", "--algorithm", "ring", "--ranks", "40");
        assertEquals(1, run.lines().stream().filter(line -> line.startsWith("rank ")).count(), run.out());
        assertTrue(run.err().startsWith("fabricmark explain: only the steps of rank 0"), run.err());
    }

    @Test
    void shouldShowWhatLoweringMakesOfRemoteOperands() {
        String direct = CommandRun.of("explain", "--algorithm", "two-shot", "--rank", "0").out();
        String lowered = CommandRun.of("explain", "--algorithm", "two-shot", "--rank", "0", "--form", "lowered").out();
        assertFalse(direct.contains("  get  "), direct);
        assertTrue(lowered.contains("  get  "), lowered);
    }

    @Test
    void shouldRoundSizesUpToWholeElementsForEveryRank() {
        CommandRun run = CommandRun.of("explain", "--collective", "all-gather", "--algorithm", "ring", "--ranks", "3",
                "--sizes", "13", "-d", "double");
        assertTrue(run.lines().getFirst().contains("1 x double a rank (8 B)"), run.out());
    }

    @Test
    void shouldRefuseATransportThatDoesNotSayWhatItsOperationsBecome() {
        CommandRun run = CommandRun.of("explain", "--algorithm", "ring", "--transport", "shm");
        assertEquals(ExitCode.MISUSED, run.code());
        assertTrue(
                run.err().startsWith("fabricmark explain: --transport 'shm': does not say what its operations become"),
                run.err());
    }

    @Test
    void shouldRefuseAFormBesideATransport() {
        CommandRun run = CommandRun.of("explain", "--algorithm", "ring", "--transport", "shm", "--form", "mixed");
        assertEquals(ExitCode.MISUSED, run.code());
        assertEquals("fabricmark explain: --form: the transport decides which form runs; leave it out",
                run.err().lines().findFirst().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldShowWhatEveryAlgorithmBecomesOverVerbs(Algorithm algorithm) {
        for (int ranks : new int[] {1, 2, 3, 8}) {
            long count = algorithm.collective().movesData() ? 1 : 0;
            if (algorithm.refusal(Shape.of(algorithm.collective(), ranks, count, 4)).isPresent()) {
                continue;
            }
            CommandRun run = CommandRun.of("explain", "--collective", algorithm.collective().label(), "--algorithm",
                    algorithm.name(), "--ranks", Integer.toString(ranks), "--transport", "rdma");
            assertEquals(ExitCode.GOOD, run.code(), run.err());
            assertEquals(ranks > 1, run.out().contains("at the peer: 1 RECV_RDMA_WITH_IMM"), run.out());
        }
    }

    @Test
    void shouldCountPacketsOfTheMtuThatTheTransportHas() {
        CommandRun large = CommandRun.of("explain", "--algorithm", "two-shot", "--sizes", "64K", "--transport", "rdma");
        assertTrue(large.out().contains("lowered form"), large.out());
        assertEquals(List.of("20", "4", "67616", "65536", "96.9", "%"), traffic(large));
        CommandRun small =
                CommandRun.of("explain", "--algorithm", "two-shot", "--sizes", "64K", "--transport", "rdma?mtu=1024");
        // 24 packets more in each of the two transfers
        assertEquals(List.of("68", "4", Integer.toString(67616 + 2 * 24 * 82), "65536", "91.6", "%"), traffic(small));
    }

    /** The last words of rank 0's row: packets, acknowledgements, bytes on the wire, payload. */
    private static List<String> traffic(CommandRun run) {
        String row =
                run.lines().stream().dropWhile(line -> !line.startsWith("rank  ")).skip(1).findFirst().orElseThrow();
        List<String> words = List.of(row.split(" +"));
        return words.subList(words.size() - 6, words.size());
    }

    @Test
    void shouldNameTheTransportsThatSayWhatTheirOperationsBecome() {
        CommandRun run = CommandRun.of("explain", "--algorithm", "ring", "--transport", "netty");
        assertEquals(
                "fabricmark explain: --transport 'netty': does not say what its operations become; those that do: rdma",
                run.err().lines().findFirst().orElseThrow());
    }
}
