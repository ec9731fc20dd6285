package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.collective.Collective;
import org.junit.jupiter.api.Test;

class SweepOrderTest {
    private static List<BenchmarkCase> cases() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (int ranks = 2; ranks <= 4; ranks++) {
            for (Collective collective : List.of(Collective.ALL_REDUCE, Collective.ALL_GATHER)) {
                for (long bytes : new long[] {24, 240, 2400}) {
                    cases.add(Cases.of(collective, "auto", "shm", ranks, false, bytes));
                }
            }
        }
        return cases;
    }

    private static List<BenchmarkCase> flat(List<SweepOrder.Job> jobs) {
        return jobs.stream().flatMap(job -> job.cases().stream()).toList();
    }

    @Test
    void shouldMeasureEveryCaseOnce() {
        List<BenchmarkCase> measured = flat(SweepOrder.jobs(cases(), 1, 1));
        assertEquals(cases().size(), measured.size());
        assertEquals(new HashSet<>(cases()), new HashSet<>(measured));
    }

    @Test
    void shouldKeepTheRowsOfATableInTheirOrder() {
        for (SweepOrder.Job job : SweepOrder.jobs(cases(), 7, 3)) {
            assertEquals(2, job.tables().size());
            for (List<BenchmarkCase> table : job.tables()) {
                assertEquals(1, table.stream().map(BenchmarkCase::collective).distinct().count());
                long[] sizes = table.stream().mapToLong(BenchmarkCase::bytes).toArray();
                assertEquals(
                        LongStream.of(sizes).sorted().boxed().toList(),
                        LongStream.of(sizes).boxed().toList());
            }
        }
    }

    @Test
    void shouldDependOnTheSeedAndOnTheRepetitionOnly() {
        assertEquals(SweepOrder.jobs(cases(), 5, 2), SweepOrder.jobs(cases(), 5, 2));
        Set<List<BenchmarkCase>> orders = new HashSet<>();
        for (int repetition = 1; repetition <= 20; repetition++) {
            orders.add(flat(SweepOrder.jobs(cases(), 5, repetition)));
        }
        assertNotEquals(1, orders.size());
    }
}
