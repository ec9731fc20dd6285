package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.OptionalLong;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Cadence;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cli.argument.Percentiles;
import org.fabricmark.collective.Collective;
import org.fabricmark.results.model.SampleSource;
import org.junit.jupiter.api.Test;

/** Every blank counts: other programs read this. */
class OsuPrinterTest {
    private final StringWriter out = new StringWriter();

    private OsuPrinter printer(boolean full, String percentiles) {
        return new OsuPrinter(new PrintWriter(out), "auto", "float", full, true,
                Optional.ofNullable(percentiles).map(new Percentiles.Converter()::convert));
    }

    private static void row(OsuPrinter printer, Collective collective, long bytes, long wrong, double... means) {
        BenchmarkCase subject = ForeignFormats.subject(collective, false, bytes);
        printer.row(ForeignFormats.result(subject, means[0], 1, OptionalLong.of(wrong)),
                ForeignFormats.notes(means[0], means));
    }

    private String printed() {
        return out.toString().replace(Version.current(), "VERSION").replace(System.lineSeparator(), "\n");
    }

    @Test
    void shouldPrintATestAsOsuDoes() {
        OsuPrinter printer = printer(false, null);
        printer.table(ForeignFormats.facts(Collective.ALL_REDUCE, Conditions.DEFAULT));
        row(printer, Collective.ALL_REDUCE, 8, 0, 1.36, 1.38);
        row(printer, Collective.ALL_REDUCE, 1024, 0, 2.10, 2.14);
        printer.end(ForeignFormats.RUN, SampleSource.NONE);
        assertEquals("""

                # OSU MPI Allreduce Latency Test v7.4
                # Datatype: MPI_FLOAT.
                # layout only, printed by fabricmark VERSION: all-reduce over shm, 2 ranks as threads, algorithm auto
                # size as OSU counts it: the buffer of a rank
                # latencies: over ranks of each rank's mean; calls back to back, without a barrier between them
                # Size       Avg Latency(us)
                8                       1.37
                1024                    2.12
                """, printed());
    }

    @Test
    void shouldPrintAllColumnsWithTailsOfTheAverageOverRanks() {
        OsuPrinter printer = printer(true, "50,90,99");
        printer.table(ForeignFormats.facts(Collective.ALL_GATHER, Conditions.DEFAULT.with(Cadence.ISOLATED)));
        row(printer, Collective.ALL_GATHER, 2048, 0, 2.03, 2.31);
        row(printer, Collective.ALL_GATHER, 4096, 5, 2.03, 2.31);
        printer.end(ForeignFormats.RUN, SampleSource.NONE);
        assertEquals("""

                # OSU MPI Allgather Latency Test v7.4
                # Datatype: MPI_FLOAT.
                # layout only, printed by fabricmark VERSION: all-gather over shm, 2 ranks as threads, algorithm auto, isolated
                # size as OSU counts it: one rank's share, the size of nccl-tests / 2
                # latencies: over ranks of each rank's mean; a barrier, not timed, before each call
                # Size       Avg Latency(us)   Min Latency(us)   Max Latency(us)  Iterations        Validation  \
                P50 Tail Lat(us)  P90 Tail Lat(us)  P99 Tail Lat(us)
                1024                    2.17              2.03              2.31        1000              Pass  \
                            2.03              2.03              3.61
                2048                    2.17              2.03              2.31        1000              Fail  \
                            2.03              2.03              3.61
                """, printed());
    }

    @Test
    void shouldHaveNoSizeForABarrier() {
        OsuPrinter printer = printer(false, null);
        printer.table(ForeignFormats.facts(Collective.BARRIER, Conditions.DEFAULT));
        row(printer, Collective.BARRIER, 0, 0, 0.1, 0.12);
        assertEquals("""

                # OSU MPI Barrier Latency Test v7.4
                # layout only, printed by fabricmark VERSION: barrier over shm, 2 ranks as threads, algorithm auto
                # latencies: over ranks of each rank's mean; calls back to back, without a barrier between them
                # Avg Latency(us)
                             0.11
                """, printed());
    }
}
