package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Collective;
import org.fabricmark.schedule.verify.Theorem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class VerifyCommandTest {
    private static final Algorithm RING = Algorithms.named(Collective.ALL_REDUCE, "ring").orElseThrow();

    @Test
    void shouldProveEverythingOfEveryAlgorithmAndSequencesOfCalls() {
        CommandRun run = CommandRun.of("verify", "--ranks", "1-3,5");
        int theorems = Algorithms.all().stream()
                .mapToInt(a -> List.of(1, 2, 3, 5).stream().mapToInt(size -> Theorem.about(a, size).size()).sum())
                .sum();
        int all = theorems + 4 * 12; // twelve sequences for each number of ranks
        assertEquals("proved " + all + " of " + all + " schedules", run.lastLine());
        assertEquals(ExitCode.GOOD, run.code());
        assertEquals("", run.err());
    }

    @Test
    void shouldProveOnlyWhatWasNamed() {
        CommandRun run = CommandRun.of("verify", "--ranks", "4", "--algorithm", "ring", "--collective", "all-gather");
        assertTrue(run.out().contains("all-gather ring"), run.out());
        assertTrue(run.lines().stream().noneMatch(line -> line.startsWith("all-reduce")), run.out());
    }

    @Test
    void shouldPrintOnlyTheLastLineWhenQuiet() {
        CommandRun run = CommandRun.of("verify", "--ranks", "2", "--algorithm", "bruck", "--quiet");
        assertEquals(1, run.lines().size(), run.out());
        assertTrue(run.lastLine().matches("proved (\\d+) of \\1 schedules"), run.out());
    }

    @Test
    void shouldPrintEveryNumberOfRanksWhenVerbose() {
        CommandRun run = CommandRun.of("verify", "--ranks", "2-4", "--algorithm", "bruck", "--verbose");
        assertEquals(4, run.lines().stream().filter(line -> line.startsWith("all-gather bruck")).count(), run.out());
    }

    private static String tableOf(boolean verbose, boolean[] proven, String... violations) {
        StringWriter out = new StringWriter();
        try (ProofRun run = new ProofRun(List.of(RING), List.of(3), new TuningOptions(), 1)) {
            ProofTable table = new ProofTable(new PrintWriter(out), verbose, true);
            table.begin(List.of(RING), run);
            table.row(RING, List.of(new Proof(3, 20, 0.5, List.of(violations))));
            table.end();
            proven[0] = table.allProven();
        }
        return out.toString();
    }

    @Test
    void shouldPrintTheFirstViolationAndFailWhenSomethingIsNotProven() {
        boolean[] proven = new boolean[1];
        String table = tableOf(false, proven, "race: rank 1", "race: rank 2", "race: rank 3");
        assertEquals(
                List.of("  race: rank 1", "  and 2 more (--verbose shows all)", "proved 17 of 20 schedules"),
                table.lines().toList());
        assertEquals(false, proven[0]);
    }

    @Test
    void shouldPrintAllViolationsWhenVerbose() {
        boolean[] proven = new boolean[1];
        String table = tableOf(true, proven, "race: rank 1", "race: rank 2");
        assertTrue(table.contains("  race: rank 1" + System.lineSeparator() + "  race: rank 2"), table);
        assertEquals(false, proven[0]);
    }
}
