package org.fabricmark.results.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Origin;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.Series;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;

class PartsOfReportTest {
    private static Run run(Origin origin, String... arguments) {
        return Run.of(Instant.EPOCH, origin, List.of(arguments), 42, Samples.ENVIRONMENT, Optional.empty(), List.of());
    }

    @Test
    void shouldPutCellsThatDifferInAlgorithmTransportSizeAndRunIntoOnePicture() {
        List<StoredRun> runs = List.of(SyntheticRuns.of("a", 250, 1, 1), SyntheticRuns.of("b", 200, 2, 1));
        List<Sweep> sweeps = Sweep.of(runs);
        assertEquals(List.of("all-reduce, 2 ranks as threads, float, sum, out of place",
                "all-gather, 2 ranks as threads, float, out of place",
                "all-reduce, 2 ranks as threads, float, sum, out of place, buffers rotate"),
                sweeps.stream().map(Sweep::title).toList());
        Sweep first = sweeps.getFirst();
        assertEquals(25, first.sizes().size());
        assertEquals(List.of("ring over shm, A", "two-shot over shm, A", "ring over netty?io=epoll, A",
                "two-shot over netty?io=epoll, A", "ring over shm, B", "two-shot over shm, B",
                "ring over netty?io=epoll, B", "two-shot over netty?io=epoll, B"),
                first.lines().stream().map(Sweep.Line::name).toList());
        assertEquals(1, first.reference(first.lines().get(5), true), "the same line in the first run");
        assertEquals(0, first.reference(first.lines().get(5), false), "the first line");
    }

    @Test
    void shouldThinOutWithoutLosingPeaks() {
        double[] values = IntStream.range(0, 1000).mapToDouble(i -> i == 777 ? 99 : i == 123 ? -5 : 1).toArray();
        double[] kept = Thinning.of(values, 20);
        assertEquals(20, kept.length);
        assertTrue(IntStream.range(0, 20).anyMatch(i -> kept[i] == 99));
        assertTrue(IntStream.range(0, 20).anyMatch(i -> kept[i] == -5));
        assertArrayEquals(new double[] {1, 2, 3}, Thinning.of(new double[] {1, 2, 3}, 3));
    }

    @Test
    void shouldPutTheSamplesOfAllLaunchesTogether() {
        Launch one = Launch.of(0, 10, Series.of(10_000, 20_000)).withExchangeNs(50, 51)
                .withRankNs(Series.of(1, 2), Series.of(3, 1));
        Launch two = Launch.of(1, 10, Series.of(20_000, 30_000)).withExchangeNs(52, 53)
                .withRankNs(Series.of(1, 1), Series.of(3, 2));
        CellSamples samples = CellSamples.of(List.of(one, two));
        assertEquals(4, samples.times().samples());
        assertEquals(2.0, samples.times().quantile(0.75).orElseThrow());
        assertArrayEquals(new double[] {1, 2, 2, 3}, samples.inOrder());
        assertArrayEquals(new double[] {0.25, 0.75}, samples.lastShares());
        assertEquals(50, samples.exchangeBeforeNs().orElseThrow());
        assertEquals(53, samples.exchangeAfterNs().orElseThrow());
    }

    @Test
    void shouldGiveTheCommandThatMeasuresTheSameAgain() {
        assertEquals("./fabricmark perf --ranks 2-4 --seed 42", Reproduction.of(run(Origin.OURS, "perf", "--out",
                "results/a", "--ranks", "2-4")));
        assertEquals("./fabricmark perf --transport 'netty?io=epoll' --seed=7", Reproduction.of(run(Origin.OURS, "perf",
                "--transport", "netty?io=epoll", "--seed=7", "--out=x")));
        assertEquals("./fabricmark perf 'it'\\''s $(here)' --seed 42", Reproduction.of(run(Origin.OURS, "perf",
                "it's $(here)")));
        assertEquals("# imported: measured by imb", Reproduction.of(run(Origin.of(Origin.IMB))));
    }

    @Test
    void shouldNameExportsAsUsersTypeThem() {
        assertEquals(List.of("github-action-benchmark", "bencher", "openmetrics"), Export.labels());
        assertEquals(Optional.of(Export.BENCHER), Export.named("bencher"));
        assertFalse(Export.named("Bencher").isPresent());
    }

    @Test
    void shouldCallRunsByAsLittleOfTheirPathsAsTellsThemApart() {
        assertEquals(List.of("new"), names("/home/somebody/runs/new"));
        assertEquals(List.of("old", "new"), names("/home/somebody/runs/old", "runs/new/"));
        assertEquals(List.of("a/run", "b/run"), names("/home/somebody/a/run", "/home/somebody/b/run"));
        assertEquals(List.of(run(Origin.OURS, "perf").id()), names("."));
    }

    private static List<String> names(String... folders) {
        return RunNames.withoutPaths(Stream.of(folders).map(folder -> StoredRun.of(folder, run(Origin.OURS, "perf")))
                .toList()).stream().map(StoredRun::name).toList();
    }
}
