package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class JmhCommandTest {
    private static List<String> jmhArguments(String... arguments) {
        CommandLine program = Main.commandLine();
        program.parseArgs(Stream.concat(Stream.of("jmh"), Stream.of(arguments)).toArray(String[]::new));
        return ((JmhCommand) program.getSubcommands().get("jmh").getCommand()).jmhArguments();
    }

    @Test
    void shouldLeaveJmhItsDefaultsWhenNothingIsAsked() {
        assertEquals(List.of("CollectiveBenchmark\\.(allReduce|allGather)$"), jmhArguments());
    }

    @Test
    void shouldSayACaseInTheWordsOfJmh() {
        assertEquals(
                List.of("CollectiveBenchmark\\.(allReduce)$", "-p", "algorithm=ring,auto", "-p", "transport=shm", "-p",
                        "transportOptions=direct:no;inline:0", "-p", "ranks=2,3", "-p", "launch=processes,threads",
                        "-p", "bytes=8,65536", "-p",
                        "type=double",
                        "-p", "op=max", "-p", "inPlace=false,true"),
                jmhArguments("--collective", "all-reduce", "--algorithm", "ring,auto", "--transport",
                        "shm?inline=0&direct=no", "--launch", "processes,threads", "--ranks", "2-3", "--sizes", "8,64K",
                        "-d", "double", "-o", "max",
                        "--in-place", "both"));
    }

    @Test
    void shouldNameSegmentAndChannelsWithTheAlgorithm() {
        assertEquals(
                List.of("-p", "algorithm=double-tree?segment=4096&channels=2"),
                jmhArguments("--collective", "all-reduce", "--algorithm", "double-tree", "--segment", "4K",
                        "--channels", "2").subList(1, 3));
    }

    @Test
    void shouldPassOnWhatFollowsTwoDashes() {
        List<String> arguments = jmhArguments("--ranks", "2", "--", "-f", "3", "-rf", "json", "-h");
        assertEquals(List.of("-p", "ranks=2", "-f", "3", "-rf", "json", "-h"), arguments.subList(1, arguments.size()));
    }

    @Test
    void shouldSayHowMuchJmhIsToSay() {
        assertEquals(List.of("-v", "SILENT"), jmhArguments("--quiet").subList(1, 3));
        assertEquals(List.of("-v", "EXTRA"), jmhArguments("--verbose").subList(1, 3));
    }

    @Test
    void shouldNameOptionsOfJmhInHelp() {
        assertTrue(CommandRun.of("jmh", "--help").out().contains("[-- JMH-OPTION...]"));
    }
}
