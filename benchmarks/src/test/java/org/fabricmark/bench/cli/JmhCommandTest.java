package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class JmhCommandTest {
    @TempDir
    private Path temp;

    private static List<List<String>> selections(String... arguments) {
        return command(arguments).selections();
    }

    private static JmhCommand command(String... arguments) {
        CommandLine program = Main.commandLine();
        program.parseArgs(Stream.concat(Stream.of("jmh"), Stream.of(arguments)).toArray(String[]::new));
        return (JmhCommand) program.getSubcommands().get("jmh").getCommand();
    }

    /** A selection for a test, from its parts. */
    private static List<String> selection(String methods, String... values) {
        return Stream.concat(Stream.of("CollectiveBenchmark\\.(" + methods + ")$"),
                Stream.of(values).flatMap(value -> Stream.of("-p", value))).toList();
    }

    @Test
    void shouldTakeTheValuesOfTheBenchmarksWhenNothingIsAsked() {
        assertEquals(
                List.of(selection("allReduce", "transport=shm", "transportOptions=", "launch=threads", "ranks=2",
                        "bytes=8,65536,4194304", "inPlace=false", "type=float", "op=sum", "algorithm=auto"),
                        selection("allGather", "transport=shm", "transportOptions=", "launch=threads", "ranks=2",
                                "bytes=8,65536,4194304", "inPlace=false", "type=float", "algorithm=auto")),
                selections());
    }

    @Test
    void shouldSayACaseInTheWordsOfJmh() {
        assertEquals(
                List.of(selection("allReduce", "transport=shm", "transportOptions=direct:no;inline:0",
                        "launch=processes,threads", "ranks=2,3", "bytes=8,65536", "inPlace=false,true",
                        "type=double", "op=max", "algorithm=auto,ring")),
                selections("--collective", "all-reduce", "--algorithm", "ring,auto", "--transport",
                        "shm?inline=0&direct=no", "--launch", "processes,threads", "--ranks", "2-3", "--sizes", "8,64K",
                        "-d", "double", "-o", "max", "--in-place", "both"));
    }

    @Test
    void shouldNameSegmentAndChannelsWithTheAlgorithm() {
        assertTrue(selections("--collective", "all-reduce", "--algorithm", "double-tree", "--segment", "4K",
                "--channels", "2").getFirst().contains("algorithm=double-tree?segment=4096&channels=2"));
    }

    @Test
    void shouldLeaveOutWhatCannotRunAndNothingElse() {
        JmhCommand command = command("--collective", "all-gather", "--algorithm", "all", "--ranks", "2-5",
                "--sizes", "1K,64K", "--transport", "shm,shm?direct=no");
        List<List<String>> selections = command.selections();
        Set<List<String>> asked = new HashSet<>();
        int combinations = 0;
        for (List<String> selection : selections) {
            List<List<String>> values = IntStream.range(0, selection.size() / 2)
                    .mapToObj(i -> List.of(selection.get(2 * i + 2).split("=", 2)[1].split(","))).toList();
            combinations += values.stream().mapToInt(List::size).reduce(1, (a, b) -> a * b);
            product(values, List.of(), asked);
        }
        assertEquals(combinations, asked.size(), "a case is asked for twice");
        // All-gather: neighbor-exchange takes even numbers of ranks, recursive-doubling powers of two.
        assertTrue(asked.stream().noneMatch(each -> each.getLast().equals("recursive-doubling")
                && (each.contains("3") || each.contains("5"))), asked.toString());
        assertEquals(command.matrix().cases().size(), asked.size());
    }

    private static void product(List<List<String>> values, List<String> begun, Set<List<String>> into) {
        if (begun.size() == values.size()) {
            into.add(begun);
            return;
        }
        for (String value : values.get(begun.size())) {
            product(values, Stream.concat(begun.stream(), Stream.of(value)).toList(), into);
        }
    }

    @Test
    void shouldRefuseWhatCannotRunInOneLine() {
        CommandRun run = CommandRun.of("jmh", "--collective", "all-gather", "--algorithm", "recursive-doubling",
                "--ranks", "3");
        assertEquals(ExitCode.MISUSED, run.code());
        assertTrue(run.err().matches("fabricmark jmh: algorithm 'recursive-doubling' does not take 3 ranks[^\n]*\n"),
                run.err());
    }

    @Test
    void shouldNameOptionsOfJmhInHelp() {
        assertTrue(CommandRun.of("jmh", "--help").out().contains("[-- JMH-OPTION...]"));
    }

    private static final String SHORT = " --out %s -- -f 0 -wi 0 -i 2 -r 5ms -v SILENT";

    @Test
    void shouldSaveARunAsTheSameCasesThatPerfSaves() throws IOException {
        Path out = temp.resolve("run");
        CommandRun run = CommandRun.ofLine("jmh --collective all-reduce --sizes 10" + SHORT.formatted(out));
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertTrue(run.err().endsWith("fabricmark jmh: saved in " + out + "\n"), run.err());
        StoredRun stored = RunFolder.read(out);
        CaseResult result = stored.run().cases().getFirst();
        assertEquals("collective=all-reduce transport=shm in_place=no bytes=12", result.key().canonicalName());
        assertNotEquals("unknown", result.algorithmSelected());
        assertEquals(OptionalLong.of(0), result.wrong());
        assertEquals(2, stored.launches(result).getFirst().batchNs().size());
        assertEquals(Origin.JMH, stored.run().origin().tool());
        assertTrue(stored.run().environment().hardware().cpuModel().isPresent());
        assertTrue(stored.run().arguments().containsAll(List.of("--sizes", "10", "-f", "0")));
    }

    @Test
    void shouldRefuseSeveralModesBeforeTheyAreMeasuredUnlessNothingIsSaved() {
        String modes = " -bm avgt,sample";
        CommandRun run =
                CommandRun.ofLine("jmh --collective all-reduce --sizes 8" + SHORT.formatted(temp.resolve("run"))
                        + modes);
        assertEquals(ExitCode.MISUSED, run.code());
        assertEquals(
                "fabricmark jmh: -bm avgt,sample: a case has one time, so results of several modes cannot be saved as one"
                        + " run; ask for one mode, or for --out none\n",
                run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(temp.resolve("run")));
        assertEquals(ExitCode.GOOD, CommandRun
                .ofLine("jmh --collective all-reduce --sizes 8" + SHORT.formatted("none") + modes).code());
    }

    @Test
    void shouldSaveTheFlagsOfTheForksThatMeasured() throws IOException {
        Path out = temp.resolve("run");
        CommandRun run = CommandRun.ofLine("jmh --collective all-reduce --sizes 8 --out " + out
                + " -- -f 1 -wi 0 -i 1 -r 5ms -v SILENT -jvmArgs -XX:+UseSerialGC -jvmArgsAppend -Xmx400m");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        Environment.Software software = RunFolder.read(out).run().environment().software();
        assertTrue(software.jvmFlags().containsAll(List.of("-XX:+UseSerialGC", "-Xmx400m")), software::toString);
        assertEquals(Optional.empty(), software.garbageCollector());
        assertTrue(software.libc().isPresent());
    }

    @Test
    void shouldSaveAWrongRunAsWrong() throws IOException {
        Path out = temp.resolve("run");
        CommandRun run = CommandRun.ofLine("jmh --collective reduce-scatter --sizes 8" + SHORT.formatted(out)
                + " -p transportOptions=fault:corrupt@1/1:rank1:bytes1024 -p bytes=65536");
        assertEquals(ExitCode.FAILED, run.code(), run.err());
        assertTrue(RunFolder.read(out).run().isWrong());
        assertTrue(run.err().endsWith("fabricmark jmh: saved in " + out + "\n"), run.err());
    }

    @Test
    void shouldSaveNothingWhereNothingWasMeasuredOrAsked() throws IOException {
        Path out = temp.resolve("run");
        assertEquals(ExitCode.GOOD, CommandRun.ofLine("jmh --out " + out + " -- -lprof").code());
        assertFalse(Files.exists(out));
        CommandRun none = CommandRun.ofLine("jmh --collective barrier" + SHORT.formatted("none"));
        assertEquals(ExitCode.GOOD, none.code());
        assertEquals("", none.err());
    }

    @Test
    void shouldRefuseAFolderThatIsInUseBeforeAnythingIsMeasured() throws IOException {
        Files.writeString(temp.resolve("notes"), "mine");
        CommandRun run = CommandRun.ofLine("jmh" + SHORT.formatted(temp));
        assertEquals(ExitCode.MISUSED, run.code());
        assertEquals(1, run.err().lines().count(), run.err());
    }
}
