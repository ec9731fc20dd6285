package org.fabricmark.results.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Flags;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.Series;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.Test;

/** Who wins where, where that changes, and which guidelines are violated. */
class ContestTest {
    private final List<CaseResult> cells = new ArrayList<>();
    private final Map<CaseKey, List<Launch>> samples = new LinkedHashMap<>();

    /** A cell with two launches, {@code spread} (a share) apart. */
    private CaseKey cell(String collective, String algorithm, String transport, long bytes, double us, double spread) {
        return cell(collective, algorithm, transport, bytes, us, spread, 50, Flags.NONE, 0);
    }

    private CaseKey cell(String collective, String algorithm, String transport, long bytes, double us, double spread,
            double exchangeNs, Flags flags, long wrong) {
        CaseKey key = CaseKey.builder(collective).algorithm(algorithm).transport(transport).inPlace(false).bytes(bytes)
                .build();
        cells.add(CaseResult.builder(key, bytes / 4, 20, 1).timeUs(us).exchangeNs(exchangeNs).flags(flags).wrong(wrong)
                .build());
        samples.put(key, List.of(Launch.of(0, 1, Series.of(us * 1e3 * (1 - spread / 2))),
                Launch.of(1, 1, Series.of(us * 1e3 * (1 + spread / 2)))));
        return key;
    }

    private List<Contest> contests() {
        StoredRun run = StoredRun.of("run", Run.of(Instant.EPOCH, List.of(), 1, Environment.UNKNOWN, Optional.empty(),
                cells), samples);
        return Sweep.of(List.of(run)).stream().flatMap(sweep -> Contest.of(List.of(run), sweep).stream()).toList();
    }

    private static List<List<String>> rows(Table table) {
        return table.rows().stream().map(Table.Row::texts).toList();
    }

    @Test
    void shouldNameTheFastestAndItsLead() {
        cell("all-reduce", "ring", "shm", 8, 2.0, 0.01);
        cell("all-reduce", "two-shot", "shm", 8, 1.0, 0.01);
        cell("all-reduce", "ring", "shm", 16, 1.00, 0.1);
        cell("all-reduce", "two-shot", "shm", 16, 1.02, 0.1);
        cell("all-reduce", "ring", "shm", 32, 1.0, 0.01);
        MapTable map = WinnerMaps.of(contests(), false).getFirst();
        assertEquals("all-reduce, float, sum, ranks as threads", map.title());
        assertEquals(List.of("8", "16", "32"), map.columns());
        assertEquals(List.of(new MapTable.Place("two-shot", "2.00 times", 1, true),
                new MapTable.Place("ring", "by 2%, undecided", 1.02 / 1.00 - 1, false),
                new MapTable.Place("ring", "alone", 0, true)), map.rows().getFirst().places());
        assertEquals("2 ranks, out of place", map.rows().getFirst().head());
        assertTrue(map.rows().getFirst().places().get(1).style().endsWith(" undecided"));
    }

    @Test
    void shouldNameTheTransportWhereItDiffers() {
        cell("all-reduce", "ring", "shm", 8, 1.0, 0.01);
        cell("all-reduce", "ring", "netty", 8, 30.0, 0.01);
        assertEquals(new MapTable.Place("shm", "30.0 times", 29, true),
                WinnerMaps.of(contests(), false).getFirst().rows().getFirst().places().getFirst());
    }

    @Test
    void shouldHaveNoMapWhereNobodyCompetes() {
        cell("all-reduce", "ring", "shm", 8, 1.0, 0.01);
        assertEquals(List.of(), WinnerMaps.of(contests(), false));
    }

    @Test
    void shouldNeverLetAWrongResultWin() {
        cell("all-reduce", "ring", "shm", 8, 2.0, 0.01);
        cell("all-reduce", "two-shot", "shm", 8, 0.1, 0.01, 50, Flags.NONE, 7);
        Contest contest = contests().getFirst();
        assertEquals(List.of("ring"), contest.ranking().getFirst().stream()
                .map(entrant -> entrant.cell().key().algorithm()).toList());
    }

    @Test
    void shouldNotDecideBetweenRegimesOfTheMachine() {
        cell("all-reduce", "ring", "shm", 8, 2.0, 0.01, 50, Flags.NONE, 0);
        cell("all-reduce", "two-shot", "shm", 8, 1.0, 0.01, 70, Flags.NONE, 0);
        cell("all-reduce", "ring", "shm", 16, 2.0, 0.01, 50, Flags.NONE, 0);
        cell("all-reduce", "two-shot", "shm", 16, 1.0, 0.01, 50, Flags.of(Flag.MACHINE_CHANGED), 0);
        contests().getFirst().ranking()
                .forEach(ranking -> assertFalse(ranking.get(0).certainlyBeats(ranking.get(1)), ranking.toString()));
    }

    @Test
    void shouldFindTheSizeAtWhichAnotherBecomesTheFastest() {
        // ring: 4 us at each size; two-shot: 1, 2, 8, 16 us: on logarithmic axes they cross half-way between 2K and 4K.
        double[] twoShot = {1, 2, 8, 16};
        for (int i = 0; i < twoShot.length; i++) {
            cell("all-reduce", "ring", "shm", 1024L << i, 4, i == 1 ? 1.5 : 0.01);
            cell("all-reduce", "two-shot", "shm", 1024L << i, twoShot[i], 0.01);
        }
        assertEquals(List.of(List.of("all-reduce, 2 ranks as threads, float, sum, out of place", "two-shot over shm",
                "ring over shm", "2896", "1K", "4K")), rows(Crossovers.of(contests(), false)));
    }

    @Test
    void shouldNotTakeATieForACrossover() {
        double[] ring = {4, 4, 4, 4};
        double[] twoShot = {1, 4.01, 3.99, 9};
        for (int i = 0; i < ring.length; i++) {
            cell("all-reduce", "ring", "shm", 1024L << i, ring[i], 0.01);
            cell("all-reduce", "two-shot", "shm", 1024L << i, twoShot[i], 0.01);
        }
        List<String> only = rows(Crossovers.of(contests(), false)).getFirst();
        assertEquals(1, rows(Crossovers.of(contests(), false)).size());
        assertEquals(List.of("1K", "8K"), only.subList(4, 6));
        assertEquals(4, Long.parseLong(only.get(3)) / 1024, "in the last gap in which the two change places");
    }

    @Test
    void shouldNotTakeAGapForACrossover() {
        cell("all-reduce", "ring", "shm", 8, 4, 0.01);
        cell("all-reduce", "two-shot", "shm", 16, 1, 0.01);
        assertEquals(List.of(), rows(Crossovers.of(contests(), false)));
    }

    @Test
    void shouldReportTimeThatFallsWithSizeTheWorstFirst() {
        cell("all-reduce", "ring", "shm", 8, 3.0, 0.01);
        cell("all-reduce", "ring", "shm", 16, 2.0, 0.01);
        cell("all-reduce", "ring", "shm", 32, 1.94, 0.001);
        cell("all-gather", "ring", "shm", 8, 6.0, 0.01);
        cell("all-gather", "ring", "shm", 16, 2.0, 0.01);
        assertEquals(List.of(List.of("not slower than 16 bytes",
                "all-gather, 2 ranks as threads, float, out of place, ring over shm", "8", "6.00", "2.00", "3.00"),
                List.of("not slower than 16 bytes",
                        "all-reduce, 2 ranks as threads, float, sum, out of place, ring over shm", "8", "3.00", "2.00",
                        "1.50")),
                rows(Guidelines.of(contests(), false)));
    }

    @Test
    void shouldReportSharedMemoryThatIsSlowerThanSockets() {
        cell("all-reduce", "ring", "shm", 8, 3.0, 0.01);
        cell("all-reduce", "two-shot", "netty?io=epoll", 8, 2.0, 0.01);
        assertEquals("shared memory not slower than netty?io=epoll", rows(Guidelines.of(contests(), false)).getFirst()
                .getFirst());
    }

    @Test
    void shouldReportAnAllReduceThatIsSlowerThanItsParts() {
        cell("all-reduce", "ring", "shm", 1024, 9.0, 0.01);
        cell("reduce-scatter", "ring", "shm", 1024, 3.0, 0.01);
        cell("all-gather", "direct", "shm", 1024, 3.0, 0.01);
        cell("all-gather", "direct", "netty", 1024, 0.5, 0.01);
        assertEquals(List.of(List.of("not slower than reduce-scatter and all-gather",
                "all-reduce, 2 ranks as threads, float, sum, out of place, ring over shm", "1024", "9.00", "6.00",
                "1.50")),
                rows(Guidelines.of(contests(), false)).stream().filter(row -> row.getFirst().contains("scatter"))
                        .toList());
    }

    @Test
    void shouldTakeTheIntervalOfALonelyLaunchFromItsBatches() {
        CaseKey key = cell("all-reduce", "ring", "shm", 8, 1.0, 0);
        double[] nanos = new double[100];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = 1000 + i;
        }
        samples.put(key, List.of(Launch.of(0, 1, Series.of(nanos))));
        StoredRun run = StoredRun.of("run", Run.of(Instant.EPOCH, List.of(), 1, Environment.UNKNOWN, Optional.empty(),
                cells), samples);
        TimeInterval interval = TimeInterval.of(run, cells.getFirst()).orElseThrow();
        assertEquals(1.0, interval.lowUs());
        assertEquals(1.059, interval.highUs(), 1e-9);
    }
}
