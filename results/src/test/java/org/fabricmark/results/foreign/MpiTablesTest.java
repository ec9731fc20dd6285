package org.fabricmark.results.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Overlap;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.fabricmark.results.foreign.Imports.FILES;
import static org.fabricmark.results.foreign.Imports.TWO_RANKS;
import static org.fabricmark.results.foreign.Imports.assertRefused;
import static org.fabricmark.results.foreign.Imports.names;
import static org.fabricmark.results.foreign.Imports.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tables of OSU and IMB, made as the README beside them says. */
class MpiTablesTest {
    @TempDir
    private Path temp;

    @Test
    void shouldReadTablesOfOsu() throws IOException {
        StoredRun reduce = read(TWO_RANKS, "osu_allreduce.txt");
        assertEquals(new Origin(Origin.OSU, Optional.of("7.4")), reduce.run().origin());
        assertEquals(15, reduce.run().cases().size());
        assertEquals(
                "collective=all-reduce transport=mpi launch=processes type=int8 in_place=no cadence=isolated bytes=65536",
                names(reduce).getLast());
        CaseResult last = reduce.run().cases().getLast();
        assertEquals(13.03, last.timeUs());
        assertEquals(65_536 / 13.03e3, last.busbwGBs().orElseThrow(), 1e-6);
        assertEquals(new Conventions("mean", "average", "nccl"), last.conventions());
        StoredRun gather = read(TWO_RANKS, "osu_allgather.txt");
        CaseResult share = gather.run().cases().getFirst();
        assertEquals(8, share.key().bytes(), "4 bytes of each of 2 ranks");
        assertEquals(4, share.count());
        assertEquals(new Conventions("mean", "slowest", "per-rank"), share.conventions());
        assertEquals(200, share.calls());
        CaseResult barrier = read(TWO_RANKS, "osu_barrier.txt").run().cases().getFirst();
        assertEquals(0.47, barrier.timeUs());
        assertEquals(0, barrier.key().bytes());
        assertEquals(OptionalDouble.empty(), barrier.algbwGBs());
    }

    @Test
    void shouldReadItsFurtherColumnsAndItsVerdict() throws IOException {
        StoredRun run = read(TWO_RANKS, "osu_allreduce_full.txt");
        CaseResult first = run.run().cases().getFirst();
        assertEquals(OptionalLong.of(0), first.wrong());
        assertEquals(OptionalDouble.of(0.37), first.p50Us());
        assertEquals(OptionalDouble.of(0.46), first.p99Us());
        assertTrue(run.run().cases().get(2).isWrong());
        assertEquals(0.23, run.run().cases().get(2).timeUs());
    }

    @Test
    void shouldCountTheFieldsOfARowWhoseHeaderNamesFewer() throws IOException {
        Path file = write("osu.txt", """
                # OSU MPI Allreduce Latency Test v7.3
                # Size       Avg Latency(us)
                1024                    2.12              2.03              2.31        1000
                """);
        CaseResult result = new Importer(Importer.AUTO, TWO_RANKS, false).read(List.of(file), List.of()).run().cases()
                .getFirst();
        assertEquals(2.31, result.timeUs());
        assertEquals(1000, result.calls());
        assertEquals("float", result.key().type(), "what versions that do not print it have used");
    }

    @Test
    void shouldReadNonBlockingCollectivesAsOverlap() throws IOException {
        CaseResult plain = read(TWO_RANKS, "osu_iallreduce.txt").run().cases().getLast();
        assertEquals(3.17, plain.timeUs());
        assertEquals(15.70, plain.overlap().orElseThrow().percent(), 0.5);
        CaseResult full = read(TWO_RANKS, "osu_iallreduce_full.txt").run().cases().getLast();
        assertEquals(2.64, full.timeUs());
        assertEquals(6.08, full.overlap().orElseThrow().totalUs());
    }

    @Test
    void shouldReadPercentilesWithoutExtremesBesideThem() throws IOException {
        StoredRun run = read(TWO_RANKS, "osu_allreduce_tail.txt");
        assertEquals(0.37, run.run().cases().get(1).timeUs());
        assertEquals(new Conventions("mean", "average", "nccl"), run.run().cases().get(1).conventions());
        assertEquals(OptionalLong.of(0), run.run().cases().get(1).wrong());
        assertTrue(run.run().cases().get(2).isWrong());
    }

    @Test
    void shouldReadALatencyOfOsuAsHalfAPingPong() throws IOException {
        CaseResult last = read(Given.NOTHING, "osu_latency.txt").run().cases().getLast();
        assertEquals("collective=send-recv algorithm=ping-pong transport=mpi launch=processes type=int8 in_place=no"
                + " bytes=1048576", last.key().canonicalName());
        assertEquals(2 * 82.88, last.timeUs(), 1e-9, "there and back");
        assertEquals(1_048_576 / (2 * 82.88) / 1e3, last.busbwGBs().orElseThrow(), 1e-6);
        assertEquals(new Conventions("mean", "rank0", "nccl"), last.conventions());
        CaseResult checked = read(Given.NOTHING, "osu_latency_full.txt").run().cases().getFirst();
        assertEquals(2 * 0.39, checked.timeUs(), 1e-9);
        assertEquals(OptionalLong.of(0), checked.wrong());
    }

    @Test
    void shouldKeepCallsOfWhichManyAreUnderWayApartFromOthers() throws IOException {
        CaseResult first = read(Given.NOTHING, "osu_bibw.txt").run().cases().getFirst();
        assertEquals(
                "collective=send-recv transport=mpi launch=processes type=int8 in_place=no cadence=windowed bytes=1",
                first.key().canonicalName());
        assertEquals(2 / 7.35, first.timeUs(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bandwidth", "Multiple Bandwidth / Message Rate"})
    void shouldSayWhyARateInOneDirectionIsNoCase(String title) throws IOException {
        assertRefused("bw.txt line 1: '" + title + "' sends in one direction, which no call of ours does; osu_bibw and"
                + " osu_latency can be imported", Given.NOTHING,
                write("bw.txt",
                        "# OSU MPI " + title + " Test v7.4\n# Size      Bandwidth (MB/s)\n1 8.32\n"));
    }

    @Test
    void shouldReadNonBlockingCollectivesOfImbAsOverlap() throws IOException {
        Importer importer = new Importer(Importer.AUTO, Given.NOTHING, false);
        StoredRun run = importer.read(List.of(FILES.resolve("imb_nbc.txt")), List.of());
        assertEquals(
                List.of("all-reduce", "all-gather", "broadcast", "reduce-scatter", "all-to-all", "gather", "barrier"),
                run.run().cases().stream().map(each -> each.key().collective()).distinct().toList());
        CaseResult first = run.run().cases().getFirst();
        assertEquals(4, first.key().bytes());
        assertEquals(200, first.calls());
        assertEquals(1.13, first.timeUs());
        assertEquals(new Overlap(1.13, 1.26, 2.26), first.overlap().orElseThrow());
        assertEquals(0.44, run.run().cases().getLast().timeUs(), "a barrier has no size");
        assertEquals(List.of("'Iallreduce_pure', whose time is t_pure of the table with overlap, is left out",
                "'Ialltoallv', which is no collective of ours, is left out"),
                importer.remarks().stream().filter(remark -> !remark.contains("0 bytes"))
                        .map(remark -> remark.substring(remark.indexOf('\''))).toList());
    }

    @Test
    void shouldReadItsTablesWithoutOverlapWhereThereAreNoOthers() throws IOException {
        String all = Files.readString(FILES.resolve("imb_nbc.txt"));
        Path file = write("pure.txt", all.substring(all.indexOf("# Benchmarking Iallreduce_pure")));
        CaseResult first = read(Given.NOTHING, file.toString()).run().cases().getFirst();
        assertEquals("all-reduce", first.key().collective());
        assertEquals(0.86, first.timeUs());
        assertEquals(Optional.empty(), first.overlap());
    }

    @Test
    void shouldReadTablesOfImb() throws IOException {
        Importer importer = new Importer(Importer.AUTO, Given.NOTHING, false);
        StoredRun run = importer.read(List.of(FILES.resolve("imb_mpi1.txt")), List.of());
        assertEquals(new Origin(Origin.IMB, Optional.of("2021.11")), run.run().origin());
        assertEquals(
                List.of("all-reduce", "all-gather", "broadcast", "reduce-scatter", "all-to-all", "barrier",
                        "send-recv"),
                run.run().cases().stream().map(each -> each.key().collective()).distinct().toList());
        CaseResult reduce = run.run().cases().stream()
                .filter(each -> each.key().collective().equals("all-reduce") && each.key().bytes() == 1024).findFirst()
                .orElseThrow();
        assertEquals(0.58, reduce.timeUs());
        assertEquals("float", reduce.key().type());
        assertEquals(new Conventions("mean", "slowest", "nccl"), reduce.conventions());
        assertTrue(run.run().cases().stream()
                .anyMatch(each -> each.key().collective().equals("all-gather") && each.key().bytes() == 8192
                        && each.timeUs() == 1.51 && each.key().type().equals("uint8")));
        CaseResult message = run.run().cases().getLast();
        assertEquals("collective=send-recv algorithm=ping-pong transport=mpi launch=processes type=uint8 in_place=no"
                + " bytes=4096", message.key().canonicalName());
        assertEquals(2 * 0.59, message.timeUs(), 1e-9, "there and back");
        assertEquals(new Conventions("mean", "rank0", "nccl"), message.conventions());
        assertEquals(11, read(Given.NOTHING, "imb_tagged.txt").run().cases().size());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }
}
