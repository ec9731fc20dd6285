package org.fabricmark.results.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

import org.fabricmark.results.format.RunFolder;
import org.fabricmark.results.format.RunFormatException;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Conventions;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.fabricmark.results.foreign.Imports.FILES;
import static org.fabricmark.results.foreign.Imports.TWO_RANKS;
import static org.fabricmark.results.foreign.Imports.assertRefused;
import static org.fabricmark.results.foreign.Imports.names;
import static org.fabricmark.results.foreign.Imports.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Files that were made as the README beside them says: of nccl-tests and JMH, and what all have in common. */
class ImporterTest {
    @TempDir
    private Path temp;

    @Test
    void shouldReadTheTableOfNcclTests() throws IOException {
        StoredRun run = read(Given.NOTHING, "nccl-2.19_all_reduce.txt");
        assertEquals(new Origin(Origin.NCCL_TESTS, Optional.of("2.19.6")), run.run().origin());
        assertEquals(List.of(
                "collective=all-reduce transport=nccl launch=processes ranks=4 in_place=no placement=2x2 bytes=8",
                "collective=all-reduce transport=nccl launch=processes ranks=4 in_place=yes placement=2x2 bytes=8",
                "collective=all-reduce transport=nccl launch=processes ranks=4 in_place=no placement=2x2 bytes=1048576",
                "collective=all-reduce transport=nccl launch=processes ranks=4 in_place=yes placement=2x2 bytes=1048576"),
                names(run));
        CaseResult large = run.run().cases().get(2);
        assertEquals(21.44, large.timeUs());
        assertEquals(262_144, large.count());
        assertEquals(20, large.calls());
        assertEquals(OptionalLong.of(3), large.wrong());
        assertEquals(48.91, large.algbwGBs().orElseThrow(), 0.01);
        assertEquals(73.36, large.busbwGBs().orElseThrow(), 0.01);
        assertEquals(OptionalLong.empty(), run.run().cases().get(3).wrong());
        assertEquals(new Conventions("mean", "average", "nccl"), large.conventions());
        assertTrue(run.run().isWrong());
    }

    @Test
    void shouldReadItWithTimesOfIterationsAndOfDay() throws IOException {
        StoredRun run = read(Given.NOTHING, "nccl-2.19_reduce_per_iteration.txt");
        assertEquals(List.of("collective=reduce transport=nccl type=float16 op=avg root=1 in_place=no bytes=1024",
                "collective=reduce transport=nccl type=float16 op=avg root=1 in_place=yes bytes=1024",
                "collective=reduce transport=nccl type=float16 op=avg root=1 in_place=no bytes=2048",
                "collective=reduce transport=nccl type=float16 op=avg root=1 in_place=yes bytes=2048"), names(run));
        assertEquals(6.4, run.run().cases().get(3).timeUs());
        assertEquals(100, run.run().cases().get(3).calls());
    }

    @Test
    void shouldReadItsOlderLayouts() throws IOException {
        StoredRun middle = read(Given.NOTHING, "nccl-2.13_all_gather_perf.txt");
        assertEquals(
                "collective=all-gather transport=nccl launch=processes in_place=yes bytes=65536",
                names(middle).getLast());
        assertEquals(4, middle.run().cases().size());
        assertEquals(12.02, middle.run().cases().getLast().timeUs());
        assertEquals(2.73, middle.run().cases().getLast().busbwGBs().orElseThrow(), 0.01);
        StoredRun old = read(Given.NOTHING, "nccl-2.0_all_reduce_perf.txt");
        assertEquals("collective=all-reduce transport=nccl in_place=no bytes=8", names(old).getFirst());
        assertEquals(OptionalLong.empty(), old.run().cases().getLast().wrong(), "a deviation is no count");
        StoredRun single = read(Given.NOTHING, "rccl_in_place_broadcast_perf.txt");
        assertEquals(List.of("collective=broadcast transport=rccl launch=processes in_place=yes bytes=1024"),
                names(single));
    }

    @Test
    void shouldReadTheJsonOfNcclTestsAndNothingOfItsEnvironment() throws IOException {
        StoredRun run = read(Given.NOTHING, "nccl-json-3.json");
        assertEquals("collective=all-reduce transport=nccl type=bfloat16 in_place=no bytes=1048576", names(run).get(2));
        CaseResult large = run.run().cases().get(2);
        assertEquals(OptionalLong.of(2), large.wrong());
        assertEquals(OptionalLong.empty(), run.run().cases().get(1).wrong());
        assertEquals(OptionalDouble.of(20), large.minUs());
        assertEquals(OptionalDouble.of(23), large.p99Us());
        Launch launch = run.launches(large).getFirst();
        assertEquals(120, launch.batchNs().size());
        assertEquals(20_500, launch.batchNs().get(1));
        RunFolder.prepare(temp.resolve("run")).save(run.run(), run.samples());
        for (Path file : List.of(temp.resolve("run/run.jmh.json"), temp.resolve("run/run.env.json"))) {
            String text = Files.readString(file);
            assertFalse(text.contains("hunter2") || text.contains("someone") || text.contains("node1"), text);
        }
    }

    @Test
    void shouldReadJmhOfOurBenchmarksAsTheSameCases() throws IOException {
        StoredRun run = read(Given.NOTHING, "jmh_collectives.json");
        assertEquals(new Origin(Origin.JMH, Optional.of("1.37")), run.run().origin());
        assertEquals(8, run.run().cases().size());
        assertTrue(names(run).contains("collective=all-reduce transport=shm in_place=yes bytes=1024"),
                names(run)::toString);
        CaseResult first = run.run().cases().getFirst();
        List<Launch> forks = run.launches(first);
        assertEquals(2, forks.size());
        assertEquals(3, forks.getFirst().batchNs().size());
        assertEquals(690.0356232544267, forks.getFirst().batchNs().get(0), 1e-9);
        assertEquals(new Conventions("mean", "rank0", "nccl"), first.conventions());
        assertTrue(run.run().environment().software().jvmVersion().isPresent());
    }

    @Test
    void shouldReadJmhOfPrimitivesAsTheCasesOfPerf() throws IOException {
        StoredRun run = read(Given.NOTHING, "jmh_primitives.json");
        assertEquals(List.of("primitive=notify transport=shm bytes=0", "primitive=put-lat transport=shm bytes=64",
                "primitive=fetch-and-add-bw transport=rdma bytes=8 tx_depth=128 qps=1 cq_mod=100 post_list=1",
                "primitive=poll-empty transport=rdma bytes=0",
                "primitive=rate transport=rdma bytes=8 tx_depth=128 qps=1 inline=0 cq_mod=100 post_list=1",
                "primitive=read-bw transport=rdma bytes=64 tx_depth=128 qps=1 cq_mod=100 post_list=1",
                "primitive=write-bw transport=rdma bytes=64 tx_depth=128 qps=1 inline=0 cq_mod=100 post_list=1",
                "primitive=write-lat transport=rdma bytes=64 inline=220 cq_mod=1"), names(run));
        CaseResult bandwidth = run.run().cases().get(6);
        assertEquals(Measure.BANDWIDTH, bandwidth.measure());
        assertEquals(64 / bandwidth.timeUs() / 1e3, bandwidth.figure().orElseThrow(), 1e-12);
        assertEquals(Measure.RATE, run.run().cases().get(4).measure());
        assertEquals(0, bandwidth.wrong().orElseThrow());
        assertEquals(1, run.launches(bandwidth).size());
    }

    /** Our benchmarks take semicolons, since JMH separates values by commas; files of ours that perf writes have commas. */
    @ParameterizedTest
    @ValueSource(strings = {"io:nio;pace:rack:1", "io:nio,pace:rack:1", "pace:rack:1;io:nio", ";io:nio;;pace:rack:1,"})
    void shouldReadTransportOptionsOfJmhWhateverSeparatesThem(String options) throws IOException {
        Path file = write("options.json", Files.readString(FILES.resolve("jmh_collectives.json"))
                .replace("\"transportOptions\": \"\"", "\"transportOptions\": \"" + options + "\""));
        CaseKey key = new Importer(Origin.JMH, Given.NOTHING, false).read(List.of(file), List.of()).run().cases()
                .getFirst().key();
        assertEquals(Map.of("io", "nio", "pace", "rack:1"), key.transport().options());
        assertEquals("shm", key.transport().name());
    }

    @Test
    void shouldTakeTheMedianOfProbesOfWhichOneWasDisturbed() throws IOException {
        StoredRun run = read(Given.NOTHING, "jmh_secondary.json");
        CaseResult result = run.run().cases().getFirst();
        assertEquals(62.98046875, result.exchangeNs().orElseThrow(), "the mean is 18,882");
        assertEquals(0.035, result.skewUs().orElseThrow());
        assertEquals(OptionalLong.of(0), result.wrong());
        assertTrue(run.run().environment().software().jvmFlags().contains("-XX:MaxNewSize=128m"));
    }

    @Test
    void shouldNotTakeFlagsOfForksForThoseOfABenchmarkWithoutAFork() throws IOException {
        Path file = write("here.json", Files.readString(FILES.resolve("jmh_secondary.json"))
                .replace("\"forks\" : 1,", "\"forks\" : 0,"));
        assertEquals(List.of(), read(Given.NOTHING, file.toAbsolutePath().toString()).run().environment().software()
                .jvmFlags());
    }

    @Test
    void shouldReadJmhOfAnyBenchmarks() throws IOException {
        StoredRun run = read(Given.NOTHING, "jmh_kernel.json");
        CaseKey key = run.run().cases().getFirst().key();
        assertEquals("ReductionBenchmark.average", key.collective());
        assertEquals("2x1", key.transport().options().get("shape"));
        assertEquals((27.01421183863293 + 15.610206954943475 + 15.79887330100946) / 3 / 1e3,
                run.run().cases().getFirst().timeUs(), 1e-9);
    }

    @Test
    void shouldReadWhatWePrintInOtherLayouts() throws IOException {
        StoredRun osu = read(Given.NOTHING, "fabricmark_osu.txt");
        assertEquals(new Origin(Origin.FABRICMARK, Optional.of("0.1.0-SNAPSHOT")), osu.run().origin());
        assertEquals(List.of("collective=all-reduce transport=shm in_place=no bytes=8",
                "collective=all-reduce transport=shm in_place=no bytes=1024",
                "collective=all-reduce transport=shm in_place=no bytes=65536",
                "collective=all-gather transport=shm in_place=no bytes=8",
                "collective=all-gather transport=shm in_place=no bytes=1024",
                "collective=all-gather transport=shm in_place=no bytes=65536"), names(osu));
        StoredRun nccl = read(Given.NOTHING, "fabricmark_nccl.txt");
        assertEquals(24, nccl.run().cases().size());
        assertEquals("collective=all-reduce transport=shm in_place=no cadence=isolated bytes=8",
                names(nccl).getFirst());
        assertTrue(
                names(nccl).contains("collective=all-gather transport=netty in_place=yes cadence=isolated bytes=1024"),
                names(nccl)::toString);
        assertTrue(Conventions.OURS.sameTime(nccl.run().cases().getFirst().conventions()));
    }

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.endsWith(".md")).sorted()
                    .toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldSaveEveryImportAsARunThatReadsBack(String name) throws IOException {
        StoredRun run = read(TWO_RANKS, name);
        RunFolder.prepare(temp.resolve("run")).save(run.run(), run.samples());
        StoredRun back = RunFolder.read(temp.resolve("run"));
        assertEquals(run.run().cases().size(), back.run().cases().size());
        for (int i = 0; i < run.run().cases().size(); i++) {
            CaseResult before = run.run().cases().get(i);
            CaseResult after = back.run().cases().get(i);
            assertEquals(before.key(), after.key());
            assertEquals(before.timeUs(), after.timeUs(), 1e-8 * before.timeUs());
            assertEquals(before.conventions(), after.conventions());
            assertEquals(run.launches(before).size(), back.launches(after).size());
        }
    }

    @Test
    void shouldAskForWhatAFileDoesNotSay() throws IOException {
        assertRefused("osu_allreduce.txt line 11: OSU does not print how many ranks there were; say it with --ranks",
                Given.NOTHING, FILES.resolve("osu_allreduce.txt"));
        Path renamed = Files.copy(FILES.resolve("nccl-2.0_all_reduce_perf.txt"), temp.resolve("old.txt"));
        assertRefused("old.txt line 10: the file does not say which collective this is, or one that is none of ours"
                + " (known: all_gather_perf, all_reduce_perf, alltoall_perf, broadcast_perf, gather_perf,"
                + " reduce_perf, reduce_scatter_perf, scatter_perf, sendrecv_perf); say it with"
                + " --label collective=NAME", Given.NOTHING, renamed);
        assertEquals(4, new Importer(Importer.AUTO, new Given(Map.of(CasePart.COLLECTIVE, "all-reduce")), false)
                .read(List.of(renamed), List.of()).run().cases().size());
    }

    @Test
    void shouldTakeWhatTheUserSays() throws IOException {
        Given given = new Given(Map.of(CasePart.RANKS, "8", CasePart.TRANSPORT, "ucx?tls=tcp", CasePart.PLACEMENT,
                "2x4", CasePart.ALGORITHM, "ring"));
        assertEquals("collective=all-gather algorithm=ring transport=ucx?tls=tcp launch=processes ranks=8 type=int8"
                + " in_place=no placement=2x4 cadence=isolated bytes=32",
                names(read(given, "osu_allgather.txt")).getFirst());
    }

    @Test
    void shouldRefuseTwoResultsOfACaseUnlessTheyAreRepetitions() throws IOException {
        Path copy = Files.copy(FILES.resolve("osu_bcast.txt"), temp.resolve("again.txt"));
        List<Path> both = List.of(FILES.resolve("osu_bcast.txt"), copy);
        Exception refusal = assertThrows(RunFormatException.class,
                () -> new Importer(Importer.AUTO, TWO_RANKS, false).read(both, List.of()));
        assertTrue(refusal.getMessage()
                .matches("case 'collective=broadcast .*' is there twice: .*osu_bcast.txt line \\d+,"
                        + " .*again.txt line \\d+; tell them apart with --label, import them into folders of their own, or take"
                        + " medians with --repeated"),
                refusal.getMessage());
        assertEquals(11, new Importer(Importer.AUTO, TWO_RANKS, true).read(both, List.of()).run().cases().size());
    }

    @Test
    void shouldRefuseWhatItCannotRead() throws IOException {
        assertRefused("notes.txt: is nothing that is known: neither a table nor JSON of nccl-tests, nor a table of OSU"
                + " or IMB, nor JSON of JMH", Given.NOTHING, write("notes.txt", "nothing\n"));
        assertRefused("cut.json line 1: is not JSON, or was cut: Unexpected end-of-input in property name",
                Given.NOTHING,
                write("cut.json", Files.readString(FILES.resolve("nccl-json-3.json")).substring(0, 900)));
        String table = Files.readString(FILES.resolve("nccl-2.19_all_reduce.txt"));
        assertRefused("cut.txt line 15: a row of 4 fields under a header of 13", Given.NOTHING,
                write("cut.txt", table.substring(0, table.indexOf("float") + 11)));
        assertRefused("nan.txt line 15: time 'nan' is not a number", Given.NOTHING,
                write("nan.txt", table.replace("   5.61", "    NaN").replace("NaN", "nan")));
        assertRefused("empty.txt: has no results", Given.NOTHING,
                write("empty.txt", table.lines().filter(line -> line.startsWith("#")).toList().toString()
                        .replace(", #", "\n#")));
        assertRefused("newer.json: version 4 of nccl-tests' JSON is not known; known: 1 to 3", Given.NOTHING,
                write("newer.json", Files.readString(FILES.resolve("nccl-json-3.json")).replace("\"version\":3",
                        "\"version\":4")));
        assertRefused("zero.json result 1: 'org.fabricmark.bench.jmh.ReductionBenchmark.average' has no samples",
                Given.NOTHING, write("zero.json", Files.readString(FILES.resolve("jmh_kernel.json"))
                        .replaceAll("(?s)\"rawData\": \\[.*?\\]\\s*\\]", "\"rawData\": []")));
        assertRefused("' is a folder: name the files in it", Given.NOTHING, FILES);
        assertRefused("mixed.txt: is of osu, but the files before it are of imb: import each program's into a folder of"
                + " its own", TWO_RANKS, FILES.resolve("imb_mpi1.txt"),
                write("mixed.txt", Files.readString(FILES.resolve("osu_bcast.txt"))));
        assertRefused(
                "put.txt line 1: 'MPI_Put Latency' is no test that can be imported; known: All-to-All Personalized"
                        + " Exchange, Allgather, Allreduce, Barrier, Bi-Directional Bandwidth, Broadcast, Gather, Latency,"
                        + " Reduce, Reduce_scatter, Scatter",
                TWO_RANKS, write("put.txt",
                        "# OSU MPI_Put Latency Test v7.4\n1 2.0\n"));
    }

    @Test
    void shouldRefuseAFileOfAnotherProgramThanSaid() {
        Exception refusal = assertThrows(RunFormatException.class, () -> new Importer("imb", TWO_RANKS, false)
                .read(List.of(FILES.resolve("osu_bcast.txt")), List.of()));
        assertTrue(refusal.getMessage().endsWith("osu_bcast.txt: does not look like what imb writes"),
                refusal.getMessage());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }
}
