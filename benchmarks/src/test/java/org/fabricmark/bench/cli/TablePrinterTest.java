package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Cadence;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.bench.cli.argument.OverRanks;
import org.fabricmark.bench.cli.argument.Percentiles;
import org.fabricmark.bench.harness.CaseNotes;
import org.fabricmark.bench.harness.Registration;
import org.fabricmark.bench.harness.TableFacts;
import org.fabricmark.collective.Collective;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Flags;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import org.fabricmark.transport.RegistrationCounters;
import org.junit.jupiter.api.Test;

class TablePrinterTest {
    private static final Run RUN =
            Run.of(Instant.EPOCH, List.of(), 1, Environment.UNKNOWN, Optional.empty(), List.of());

    /** 1000 samples, of which one in a hundred takes 1.25 us, and one in a thousand more. */
    private static final Distribution TIMES =
            Distribution.of(new double[] {0.298, 1.25, 9.5}, new long[] {989, 999, 1000});

    private final StringWriter out = new StringWriter();
    private final CaseNotes notes = notes(TIMES, 1);

    private static CaseNotes notes(Distribution times, int places) {
        return new CaseNotes(200, 100, 1, false, new double[] {0.25, 0.35}, new long[] {50, 150},
                CaseNotes.Bound.EXCHANGE, new double[2], times, Distribution.EMPTY, places, RegistrationCounters.NONE);
    }

    private TablePrinter printer(boolean color, OverRanks time) {
        return new TablePrinter(new PrintWriter(out), color, time, List.of("header"), 13,
                TablePrinter.Extent.DEFAULT, Optional.empty());
    }

    private static TableFacts facts(Collective collective, int ranks) {
        return facts(collective, ranks, Conditions.DEFAULT);
    }

    private static TableFacts facts(Collective collective, int ranks, Conditions conditions) {
        return new TableFacts(collective, "shm", conditions, ranks, 2, "spin", "scalar", 1, 1,
                new Registration(1 << 20, 12_345));
    }

    private static CaseResult result(String collective, String algorithm, Consumer<CaseResultBuilder> changes) {
        CaseKey key =
                CaseKey.builder(collective).algorithm(algorithm).transport("shm").inPlace(true).bytes(1024).build();
        CaseResultBuilder result = CaseResult.builder(key, 256, 20_000, 100).algorithmSelected("two-shot").timeUs(0.302)
                .p50Us(0.298).p99Us(1.25).algbwGBs(3.39).busbwGBs(3.39).limitUs(0.151).wrong(0);
        changes.accept(result);
        return result.build();
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private String rowOf(Consumer<CaseResultBuilder> changes) {
        TablePrinter printer = printer(false, OverRanks.SLOWEST);
        printer.table(facts(Collective.ALL_REDUCE, 2));
        int before = lines().size();
        printer.row(result("all-reduce", "auto", changes), notes);
        return lines().get(before).strip().replaceAll(" +", " ");
    }

    @Test
    void shouldPrintEveryColumnOfARow() {
        assertEquals("1024 256 float sum auto:two-shot in 0.302 0.298 1.25 3.39 3.39 50 0", rowOf(result -> {}));
    }

    @Test
    void shouldNameTheColumnsInOrder() {
        printer(false, OverRanks.SLOWEST).table(facts(Collective.ALL_REDUCE, 2));
        assertEquals("size count type op algorithm place time p50 p99 algbw busbw %limit wrong",
                lines().get(3).strip().replaceAll(" +", " "));
        assertEquals("B us us us GB/s GB/s", lines().get(4).strip().replaceAll(" +", " "));
    }

    @Test
    void shouldMarkRowsOfAnUnsteadyOrOverloadedMachine() {
        String row = rowOf(result -> result.flags(Flags.of(Flag.OVERSUBSCRIBED, Flag.MACHINE_CHANGED)));
        assertTrue(row.endsWith("50 0 *~"), row);
    }

    @Test
    void shouldPrintADashForDataThatWereNotChecked() {
        CaseKey key = CaseKey.builder("all-reduce").transport("shm").inPlace(false).bytes(8).build();
        TablePrinter printer = printer(false, OverRanks.SLOWEST);
        printer.table(facts(Collective.ALL_REDUCE, 2));
        printer.row(CaseResult.builder(key, 2, 10, 1).algorithmSelected("ring").timeUs(5).build(),
                notes(Distribution.EMPTY, 1));
        assertEquals("8 2 float sum auto:ring out 5.00 - - - - - -",
                lines().getLast().strip().replaceAll(" +", " "));
    }

    @Test
    void shouldShowEveryColumnAndThePercentilesAskedForWhenTheyHaveEnoughSamples() {
        Percentiles wanted = new Percentiles.Converter().convert("50,99.9,99.99");
        TablePrinter printer = new TablePrinter(new PrintWriter(out), false, OverRanks.SLOWEST, List.of(), 13,
                new TablePrinter.Extent(wanted, true), Optional.empty());
        printer.table(facts(Collective.ALL_REDUCE, 2));
        assertEquals(
                "size count type op algorithm place time p50 p99.9 p99.99 algbw busbw %limit wrong min max skew first"
                        + " limit exchange calls batch",
                lines().get(2).strip().replaceAll(" +", " "));
        printer.row(result("all-reduce", "auto",
                changes -> changes.minUs(0.25).maxUs(9.5).skewUs(0.05).firstUs(1234).exchangeNs(56)), notes);
        assertEquals("1024 256 float sum auto:two-shot in 0.302 0.298 1.25 - 3.39 3.39 50 0 0.250 9.50 0.050 1234 0.151"
                + " 56.0 20000 100", lines().getLast().strip().replaceAll(" +", " "));
    }

    @Test
    void shouldNameConditionsThatAreNotTheDefaultAndTheRing() {
        TablePrinter printer = printer(false, OverRanks.SLOWEST);
        printer.table(facts(Collective.ALL_REDUCE, 2,
                Conditions.DEFAULT.with(Memory.PRIVATE).with(Cadence.ISOLATED).with(Buffers.ROTATE)));
        assertEquals(
                "all-reduce over shm, 2 ranks as threads on 2 cores that spin while they wait; scalar; private memory,"
                        + " isolated, buffers rotate",
                lines().get(2));
        printer.row(result("all-reduce", "auto", changes -> {}), notes(TIMES, 5));
        printer.row(result("all-reduce", "auto", changes -> {}), notes(TIMES, 100));
        printer.end(RUN, SampleSource.NONE);
        assertTrue(lines().contains("  ring           from 5 to 100 buffers"), out.toString());
        assertTrue(lines().contains(
                "  registration   1.00 MiB of windows on each rank in 12.3 ms, once for all tables of these ranks"),
                out.toString());
    }

    @Test
    void shouldSayHowOftenRegistrationsOfPrivateMemoryWereUsedAgain() {
        TablePrinter printer = printer(false, OverRanks.SLOWEST);
        printer.table(facts(Collective.ALL_REDUCE, 2, Conditions.DEFAULT.with(Memory.PRIVATE)));
        printer.row(result("all-reduce", "auto", changes -> {}), registered(60, 59, 1, 1 << 20));
        printer.row(result("all-reduce", "auto", changes -> {}), registered(40, 39, 2, 3 << 19));
        printer.end(RUN, SampleSource.NONE);
        assertTrue(
                lines().contains(
                        "  registered     98.00 % of 100 lookups hit, over all ranks and calls; 2 registrations,"
                                + " 3 evictions, 0 invalidations, 0 buffers copied; at most 1.50 MiB at a time"),
                out.toString());
    }

    private static CaseNotes registered(long lookups, long hits, long evictions, long bytes) {
        return new CaseNotes(200, 100, 1, false, new double[] {0.25, 0.35}, new long[] {50, 150},
                CaseNotes.Bound.EXCHANGE, new double[2], TIMES, Distribution.EMPTY, 1,
                new RegistrationCounters(lookups, hits, lookups - hits, evictions, 0, 0, bytes));
    }

    @Test
    void shouldNotSpeakOfRegistrationsWhereNothingWasLookedUp() {
        TablePrinter printer = printer(false, OverRanks.SLOWEST);
        printer.table(facts(Collective.ALL_REDUCE, 2));
        printer.row(result("all-reduce", "auto", changes -> {}), notes);
        printer.end(RUN, SampleSource.NONE);
        assertFalse(out.toString().contains("  registered "), out.toString());
    }

    @Test
    void shouldWarnWhenThereAreMoreRanksThanCores() {
        printer(false, OverRanks.SLOWEST).table(facts(Collective.ALL_REDUCE, 5));
        assertTrue(lines().get(3).startsWith("more ranks than cores"), out.toString());
    }

    @Test
    void shouldShowTheRootsOfRootedCollectivesOnly() {
        TablePrinter printer = printer(false, OverRanks.SLOWEST);
        printer.table(facts(Collective.BROADCAST, 2));
        assertTrue(lines().get(3).contains("root"), out.toString());
        printer.row(result("broadcast", "two-shot", changes -> {}), notes);
        assertTrue(lines().getLast().strip().replaceAll(" +", " ").startsWith("1024 256 float none 0 two-shot in"),
                out.toString());
    }

    @Test
    void shouldShowTheTimeOfTheRankAskedFor() {
        TablePrinter printer = printer(false, OverRanks.RANK_0);
        printer.table(facts(Collective.ALL_REDUCE, 2));
        printer.row(result("all-reduce", "auto", changes -> {}), notes);
        assertTrue(lines().getLast().contains(" 0.250 "), out.toString());
    }

    @Test
    void shouldPrintTheFooterBelowEachTableAndTheHeaderOnce() {
        TablePrinter printer = printer(false, OverRanks.SLOWEST);
        for (Collective collective : List.of(Collective.ALL_REDUCE, Collective.ALL_GATHER)) {
            printer.table(facts(collective, 2));
            printer.row(result(collective.label(), "auto", changes -> {}), notes);
        }
        printer.end(RUN, SampleSource.NONE);
        assertEquals(1, lines().stream().filter("header"::equals).count());
        for (String footer : List.of("  smallest size  1024 B in 0.302 us (auto:two-shot, in place)",
                "  peak busbw     3.39 GB/s at 1K (auto:two-shot, in place)", "  half of that   from 1K on",
                "  slowest rank   rank 1: last in 75 % of the samples",
                "  limit          line exchange at every size")) {
            assertEquals(2, lines().stream().filter(footer::equals).count(), () -> footer + "\n" + out);
        }
    }

    @Test
    void shouldColourWrongRowsOnlyWhereColoursAreWanted() {
        for (boolean color : new boolean[] {true, false}) {
            TablePrinter printer = printer(color, OverRanks.SLOWEST);
            printer.table(facts(Collective.ALL_REDUCE, 2));
            printer.row(result("all-reduce", "auto", changes -> changes.wrong(17)), notes);
            assertEquals(color, lines().getLast().startsWith("\033[31m"), out.toString());
            assertTrue(lines().getLast().contains(" 17"), out.toString());
        }
        assertFalse(lines().getLast().contains("\033"), out.toString());
    }
}
