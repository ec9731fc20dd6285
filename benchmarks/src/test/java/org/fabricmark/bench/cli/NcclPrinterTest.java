package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cli.argument.OverRanks;
import org.fabricmark.collective.Collective;
import org.fabricmark.results.model.SampleSource;
import org.junit.jupiter.api.Test;

/** Every blank counts: other programs read this. */
class NcclPrinterTest {
    private final StringWriter out = new StringWriter();

    private static BenchmarkCase of(boolean inPlace, long bytes) {
        return ForeignFormats.subject(Collective.ALL_REDUCE, inPlace, bytes);
    }

    private NcclPrinter printer(OverRanks time, TablePrinter.Clock clock) {
        List<BenchmarkCase> cases = List.of(of(false, 8), of(true, 8), of(false, 1 << 20), of(true, 1 << 20));
        return new NcclPrinter(new PrintWriter(out),
                new NcclPrinter.Settings(cases, "Some CPU", "2(factor)", "auto", "20", "1", true, 4711), time,
                Optional.ofNullable(clock));
    }

    private void row(NcclPrinter printer, boolean inPlace, long bytes, double us, double gigabytes,
            OptionalLong wrong) {
        printer.row(ForeignFormats.result(of(inPlace, bytes), us, gigabytes, wrong),
                ForeignFormats.notes(us, us, us / 2));
    }

    private String printed() {
        return out.toString().replace(Version.current(), "VERSION").replace(System.lineSeparator(), "\n");
    }

    @Test
    void shouldPrintATestAsNcclTestsDoes() {
        NcclPrinter printer = printer(OverRanks.SLOWEST, null);
        printer.table(ForeignFormats.facts(Collective.ALL_REDUCE, Conditions.DEFAULT));
        row(printer, false, 8, 5.61, 0.001, OptionalLong.of(0));
        row(printer, true, 8, 5.57, 0.001, OptionalLong.of(0));
        row(printer, false, 1 << 20, 21.44, 48.91, OptionalLong.of(0));
        row(printer, true, 1 << 20, 21.40, 49.00, OptionalLong.empty());
        printer.end(ForeignFormats.RUN, SampleSource.NONE);
        // Header lines and rows end in the blanks of the original, so they stand here with their ends marked.
        assertEquals("""
                # nccl-tests version 2.19.6 layout, printed by fabricmark VERSION
                # Collective test starting: all_reduce_perf
                # nThread 2 nGpus 1 minBytes 8 maxBytes 1048576 step: 2(factor) warmup iters: auto iters: 20 agg iters: 1 \
                validation: 1 graph: 0 unalign: 0
                #
                # Using devices
                #  Rank  0 Group  0 Pid   4711 on  localhost device  0 [cpu] Some CPU
                #  Rank  1 Group  0 Pid   4711 on  localhost device  0 [cpu] Some CPU
                #
                # all-reduce over shm, 2 ranks as threads, algorithm auto
                # times: max over ranks (-a 3); calls back to back, median over batches of calls
                #
                #                                                              out-of-place                       in-place         \s
                #       size         count      type   redop    root     time   algbw   busbw  #wrong     time   algbw   busbw  #wrong\s
                #        (B)    (elements)                               (us)  (GB/s)  (GB/s)             (us)  (GB/s)  (GB/s)        \s
                           8             2     float     sum      -1     5.61    0.00    0.00       0     5.57    0.00    0.00       0
                     1048576        262144     float     sum      -1    21.44   48.91   48.91       0    21.40   49.00   49.00     N/A
                # Out of bounds values : 0 OK
                # Avg bus bandwidth    : 24.478\s
                #
                # Collective test concluded: all_reduce_perf
                #

                """, printed());
    }

    @Test
    void shouldCountWrongHalvesAndPrintLargeCountsAsCDoes() {
        NcclPrinter printer = printer(OverRanks.SLOWEST, null);
        printer.table(ForeignFormats.facts(Collective.ALL_REDUCE, Conditions.DEFAULT));
        row(printer, false, 8, 12345.678, 0, OptionalLong.of(1_234_567));
        row(printer, true, 8, 5, 1234.567, OptionalLong.of(0));
        printer.end(ForeignFormats.RUN, SampleSource.NONE);
        assertTrue(printed().contains(
                "           8             2     float     sum      -1  12345.7    0.00    0.00  1.23457e+06     5.00  1234.6"
                        + "  1234.6       0\n"),
                printed());
        assertTrue(printed().contains("# Out of bounds values : 1 FAILED\n"), printed());
    }

    @Test
    void shouldShowTheTimeOfTheRankAskedForWithItsBandwidth() {
        NcclPrinter printer = printer(OverRanks.FASTEST, null);
        printer.table(ForeignFormats.facts(Collective.ALL_REDUCE, Conditions.DEFAULT));
        row(printer, false, 8, 10, 2, OptionalLong.of(0));
        row(printer, true, 8, 10, 2, OptionalLong.of(0));
        assertTrue(printed().contains("# times: min over ranks (-a 2);"), printed());
        assertTrue(printed().contains("     5.00    4.00    4.00       0     5.00    4.00    4.00       0\n"),
                printed());
    }

    @Test
    void shouldEndLinesWithTheTimeOfDayWhenAskedTo() {
        NcclPrinter printer = printer(OverRanks.SLOWEST, () -> "2026-01-02 03:04:05");
        printer.table(ForeignFormats.facts(Collective.ALL_REDUCE, Conditions.DEFAULT));
        row(printer, false, 8, 10, 2, OptionalLong.of(0));
        row(printer, true, 8, 10, 2, OptionalLong.of(0));
        List<String> lines = printed().lines().toList();
        assertTrue(lines.getLast().endsWith("       0  2026-01-02 03:04:05"), printed());
        assertTrue(lines.get(lines.size() - 3).endsWith("#wrong           timestamp"), printed());
    }

    @Test
    void shouldSayWhatTheLayoutHasNoPlaceForAndBeginATestForEachTable() {
        NcclPrinter printer = printer(OverRanks.SLOWEST, null);
        printer.table(ForeignFormats.facts(Collective.ALL_REDUCE, Conditions.DEFAULT));
        row(printer, false, 8, 10, 2, OptionalLong.of(0));
        printer.table(ForeignFormats.facts(Collective.ALL_REDUCE, Conditions.DEFAULT.with(Buffers.COLD)));
        printer.end(ForeignFormats.RUN, SampleSource.NONE);
        assertTrue(printed().contains("    10.00    2.00    2.00       0      N/A     N/A     N/A     N/A\n"),
                printed());
        assertTrue(printed().contains("algorithm auto, isolated, buffers cold\n"), printed());
        assertEquals(2, printed().lines().filter("# Collective test concluded: all_reduce_perf"::equals).count());
    }
}
