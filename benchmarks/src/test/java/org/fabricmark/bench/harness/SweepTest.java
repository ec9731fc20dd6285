package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.fabricmark.bench.cases.Arrival;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Cadence;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.collective.Collective;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Launch;
import org.fabricmark.transport.FabricException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SweepTest {
    static class Recorder implements SweepListener {
        final List<Footer.Row> rows = new ArrayList<>();
        final List<TableFacts> tables = new ArrayList<>();
        final List<String> said = new CopyOnWriteArrayList<>();
        int expected;

        @Override
        public void started(int cases) {
            expected = cases;
        }

        @Override
        public void tableStarted(TableFacts facts) {
            tables.add(facts);
        }

        @Override
        public void caseFinished(CaseResult result, CaseNotes notes, Launch launch) {
            rows.add(new Footer.Row(result, notes));
        }

        @Override
        public void rankSaid(int rank, String line) {
            said.add(line);
        }

        @Override
        public void progress(String what) {
            assertFalse(what.isBlank());
        }
    }

    private final Recorder recorder = new Recorder();

    static SweepRequest counted(List<BenchmarkCase> cases, int iterations, int warmup, int batch, int repeat) {
        return new SweepRequest(
                cases,
                Duration.ofMillis(100),
                OptionalInt.of(iterations),
                OptionalInt.of(warmup),
                OptionalInt.of(batch),
                true,
                Duration.ofSeconds(30),
                1,
                repeat);
    }

    private void run(SweepRequest request) {
        try (Sweep sweep = new Sweep()) {
            sweep.run(request, recorder);
        }
    }

    @AfterEach
    void shouldLeaveNoRankBehind() {
        assertEquals(Map.of(), Cases.ranks());
    }

    @Test
    void shouldMakeExactlyTheCallsThatWereAskedFor() {
        run(counted(List.of(Cases.allReduce(2, 8)), 7, 30, 11, 1));
        CaseResult result = recorder.rows.getFirst().result();
        assertEquals(77, result.calls());
        assertEquals(11, result.batch());
        assertEquals(7, recorder.rows.getFirst().notes().samples());
        assertTrue(result.p50Us().isEmpty(), "7 samples make no percentile");
        assertTrue(result.minUs().getAsDouble() <= result.timeUs());
        assertTrue(result.timeUs() <= result.maxUs().getAsDouble());
    }

    @Test
    void shouldMeasureOverlapOfEveryCollectiveAndFindNothingWrong() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (Collective collective : Collective.values()) {
            for (boolean inPlace : collective.movesData() ? new boolean[] {false, true} : new boolean[] {false}) {
                for (int ranks : new int[] {1, 2, 64}) {
                    cases.add(Cases.of(collective, "auto", "shm", ranks, inPlace, collective.movesData() ? 10_000 : 0));
                }
            }
        }
        SweepRequest plain = counted(cases, 3, 2, 2, 1);
        run(new SweepRequest(cases, plain.budget(), plain.iterations(), plain.warmupIterations(), plain.batch(), true,
                plain.timeout(), 1, 1).withOverlap(true));
        int cores = Runtime.getRuntime().availableProcessors();
        for (Footer.Row row : recorder.rows) {
            CaseResult result = row.result();
            assertEquals(0, result.wrong().orElseThrow(), result.key().canonicalName());
            boolean haveCores = result.key().ranks() > 1 && result.key().ranks() <= cores;
            assertEquals(haveCores, result.overlap().isPresent(), result.key().canonicalName());
        }
    }

    @Test
    void shouldMeasureEveryCollectiveInPlaceAndNotAndFindNothingWrong() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (Collective collective : Collective.values()) {
            for (boolean inPlace : collective.movesData() ? new boolean[] {false, true} : new boolean[] {false}) {
                for (long bytes : collective.movesData() ? new long[] {0, 8, 100_000} : new long[] {0}) {
                    cases.add(Cases.of(collective, "auto", "shm", 3, inPlace, bytes));
                }
            }
        }
        run(counted(cases, 3, 2, 2, 1));
        assertEquals(cases.size(), recorder.expected);
        assertEquals(cases.size(), recorder.rows.size());
        assertEquals(Collective.values().length, recorder.tables.size());
        for (Footer.Row row : recorder.rows) {
            assertEquals(0, row.result().wrong().orElseThrow(), row.result().key().canonicalName());
            assertTrue(row.result().firstUs().orElseThrow() > 0);
            boolean empty = row.result().count() == 0 && !row.result().key().collective().equals("barrier");
            boolean leavesEarly = Set.of("broadcast", "reduce", "send-recv").contains(row.result().key().collective());
            assertEquals(empty || leavesEarly, row.notes().barrierAfterCall(), row.result().key().canonicalName());
        }
    }

    @Test
    void shouldMeasureTheSameWithRanksThatAreProcesses() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (Collective collective : Collective.values()) {
            cases.add(Cases.inProcesses(
                    Cases.of(collective, "auto", "shm", 3, false, collective.movesData() ? 100_000 : 0)));
        }
        cases.add(Cases.inProcesses(Cases.allReduce(1, 8)));
        run(counted(cases, 3, 2, 2, 1));
        assertEquals(cases.size(), recorder.rows.size());
        for (Footer.Row row : recorder.rows) {
            CaseResult result = row.result();
            assertEquals(0, result.wrong().orElseThrow(), result.key().canonicalName());
            assertEquals("processes", result.key().launch());
            assertTrue(result.limitUs().isPresent(), result.key().canonicalName());
        }
        assertEquals(List.of(), recorder.said);
    }

    @Test
    void shouldShowNoLimitWhereProcessesDoNotSeeEachOthersMemory() {
        BenchmarkCase subject = Cases.of(Collective.ALL_REDUCE, "auto", "shm?direct=no", 2, false, 1000);
        run(counted(List.of(subject, Cases.inProcesses(subject)), 3, 2, 2, 1));
        for (Footer.Row row : recorder.rows) {
            boolean processes = row.result().key().launch().equals("processes");
            assertEquals(processes, row.result().limitUs().isEmpty(), row.result().key().canonicalName());
            assertEquals(0, row.result().wrong().orElseThrow());
        }
    }

    @Test
    void shouldFindNothingWrongWhereTheRootRotatesAndMakeWholeRotations() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (Collective collective : List.of(Collective.BROADCAST, Collective.REDUCE)) {
            for (boolean inPlace : new boolean[] {false, true}) {
                cases.add(withRotatingRoot(collective, inPlace, 1000));
            }
        }
        run(counted(cases, 3, 2, 4, 1));
        for (Footer.Row row : recorder.rows) {
            assertEquals(0, row.result().wrong().orElseThrow(), row.result().key().canonicalName());
            assertEquals(6, row.result().batch());
            assertFalse(row.notes().barrierAfterCall());
        }
        assertEquals(4, recorder.rows.size());
    }

    private static BenchmarkCase withRotatingRoot(Collective collective, boolean inPlace, long bytes) {
        BenchmarkCase fixed = Cases.of(collective, "auto", "shm", 3, inPlace, bytes);
        return BenchmarkCase.of(collective, "auto", fixed.transport(), 3, fixed.type(), fixed.op(),
                BenchmarkCase.ROTATE, inPlace, bytes);
    }

    private static List<Conditions> everyKindOfConditions() {
        Conditions plain = Conditions.DEFAULT;
        return List.of(
                plain.with(Memory.PRIVATE), plain.with(Buffers.ROTATE), plain.with(Buffers.ROTATE).with(Memory.PRIVATE),
                plain.with(Buffers.COLD), plain.with(Cadence.ISOLATED).with(Buffers.ROTATE),
                plain.with(new Arrival(Arrival.Kind.RANDOM, 0, 2000)).with(Memory.PRIVATE), plain.withUnaligned(true));
    }

    @Test
    void shouldFindNothingWrongWithAnyCollectiveUnderAnyConditions() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (Conditions conditions : everyKindOfConditions()) {
            for (Collective collective : Collective.values()) {
                for (boolean inPlace : collective.movesData() ? new boolean[] {false, true} : new boolean[] {false}) {
                    BenchmarkCase plain = Cases.of(
                            collective, "auto", "shm", 3, inPlace, collective.movesData() ? 300_000 : 0);
                    cases.add(plain.under(conditions));
                    if (collective.rooted()) {
                        cases.add(withRotatingRoot(collective, inPlace, 300_000).under(conditions));
                    }
                }
            }
        }
        run(counted(cases, 3, 2, 1, 1));
        assertEquals(cases.size(), recorder.rows.size());
        for (Footer.Row row : recorder.rows) {
            assertEquals(0, row.result().wrong().orElseThrow(), row.result().key().canonicalName());
        }
    }

    @Test
    void shouldMeasureUnderAnyConditionsWithRanksThatAreProcesses() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (Conditions conditions : everyKindOfConditions()) {
            cases.add(Cases.inProcesses(Cases.of(Collective.REDUCE_SCATTER, "auto", "shm", 3, true, 300_000)
                    .under(conditions)));
            cases.add(Cases.inProcesses(withRotatingRoot(Collective.REDUCE, false, 300_000).under(conditions)));
        }
        run(counted(cases, 3, 2, 1, 1));
        assertEquals(cases.size(), recorder.rows.size());
        for (Footer.Row row : recorder.rows) {
            CaseResult result = row.result();
            assertEquals(0, result.wrong().orElseThrow(), result.key().canonicalName());
            boolean likeTheProbe =
                    result.key().buffers().equals("same") && result.key().arrival().equals("none");
            assertEquals(likeTheProbe, result.limitUs().isPresent(), result.key().canonicalName());
        }
        assertEquals(
                2, recorder.rows.stream().filter(row -> row.result().flags().has(Flag.UNALIGNED)).count(),
                "told to the processes, or their buffers would lie elsewhere");
    }

    @Test
    void shouldMeasureOverlapOnlyWhereACallIsNothingButOnePlanAndStreaming() {
        BenchmarkCase plain = Cases.allReduce(2, 1000);
        List<BenchmarkCase> cases = new ArrayList<>(List.of(plain));
        everyKindOfConditions().forEach(conditions -> cases.add(plain.under(conditions)));
        run(counted(cases, 3, 2, 1, 1).withOverlap(true));
        int measured = Runtime.getRuntime().availableProcessors() < 2 ? 0 : 2; // plain, and unaligned
        assertEquals(measured, recorder.rows.stream().filter(row -> row.result().overlap().isPresent()).count());
        recorder.rows.forEach(row -> assertEquals(0, row.result().wrong().orElseThrow()));
    }

    @Test
    void shouldRunSegmentsAndChannelsAsAsked() {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (String algorithm : List.of("ring?channels=2", "segmented-ring?segment=4096&channels=3",
                "double-tree?segment=512")) {
            cases.add(Cases.of(Collective.ALL_REDUCE, algorithm, "shm", 3, true, 100_000));
        }
        for (Collective collective : List.of(Collective.ALL_GATHER, Collective.REDUCE_SCATTER)) {
            cases.add(Cases.of(collective, "ring?channels=3", "shm", 3, true, 100_000));
            cases.add(Cases.of(collective, "ring?channels=3", "shm", 3, false, 8));
        }
        run(counted(cases, 3, 2, 2, 1));
        for (Footer.Row row : recorder.rows) {
            assertEquals(0, row.result().wrong().orElseThrow(), row.result().key().canonicalName());
            assertEquals(row.result().key().algorithm(), row.result().algorithmSelected());
        }
        assertEquals(cases.size(), recorder.rows.size());
    }

    @Test
    void shouldFlagMoreRanksThanCores() {
        int cores = Runtime.getRuntime().availableProcessors();
        run(counted(List.of(Cases.allReduce(cores + 1, 8)), 3, 0, 1, 1));
        assertTrue(recorder.rows.getFirst().result().flags().has(Flag.OVERSUBSCRIBED));
        assertTrue(recorder.tables.getFirst().oversubscribed());
        assertEquals("yield", recorder.tables.getFirst().waiting());
    }

    @Test
    void shouldRepeatTheWholeSweep() {
        run(counted(List.of(Cases.allReduce(1, 8), Cases.allReduce(2, 8)), 3, 0, 1, 3));
        assertEquals(6, recorder.rows.size());
        assertEquals(List.of(1, 1, 2, 2, 3, 3), recorder.tables.stream().map(TableFacts::repetition).toList());
    }

    @Test
    void shouldStayNearItsBudgetWhenEverythingIsAutomatic() {
        long start = System.nanoTime();
        run(SweepRequest.of(List.of(Cases.allReduce(2, 8), Cases.allReduce(2, 1 << 16)), Duration.ofSeconds(1), 3));
        assertEquals(2, recorder.rows.size());
        for (Footer.Row row : recorder.rows) {
            assertTrue(row.notes().warmupCalls() > 0);
            assertTrue(row.notes().samples() >= 5);
            assertTrue(row.result().limitUs().isPresent());
        }
        // A generous bound: what must not happen is that the budget has no effect.
        assertTrue(System.nanoTime() - start < Duration.ofSeconds(20).toNanos());
    }

    @Test
    void shouldEndAllRanksWhenAListenerFails() {
        SweepListener failing = new Recorder() {
            @Override
            public void caseFinished(CaseResult result, CaseNotes notes, Launch launch) {
                throw new IllegalStateException("the disk is full");
            }
        };
        try (Sweep sweep = new Sweep()) {
            Exception failure = assertThrows(
                    IllegalStateException.class,
                    () -> sweep.run(counted(List.of(Cases.allReduce(2, 8), Cases.allReduce(2, 16)), 3, 0, 1, 1),
                            failing));
            assertEquals("the disk is full", failure.getMessage());
        }
    }

    @Test
    void shouldEndAllRanksWhenItIsClosed() throws InterruptedException {
        Sweep sweep = new Sweep();
        CountDownLatch running = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        SweepListener listener = new Recorder() {
            @Override
            public void caseFinished(CaseResult result, CaseNotes notes, Launch launch) {
                running.countDown();
            }
        };
        Thread runner = Thread.ofPlatform().start(() -> {
            try {
                sweep.run(counted(List.of(Cases.allReduce(2, 8)), 5, 0, 1, 0), listener);
            } catch (FabricException e) {
                failure.set(e);
            }
        });
        assertTrue(running.await(60, TimeUnit.SECONDS));
        sweep.close();
        runner.join();
        assertTrue(failure.get() instanceof FabricException, () -> "ended with " + failure.get());
    }

    @Test
    void shouldEndWhenItsListenerClosesIt() {
        Sweep sweep = new Sweep();
        Recorder closing = new Recorder() {
            @Override
            public void caseFinished(CaseResult result, CaseNotes notes, Launch launch) {
                super.caseFinished(result, notes, launch);
                sweep.close();
            }
        };
        SweepRequest endless = counted(List.of(Cases.allReduce(2, 8)), 5, 0, 1, 0);
        assertThrows(FabricException.class, () -> sweep.run(endless, closing));
        assertTrue(Thread.interrupted(), "closing interrupts the thread that runs the sweep");
        assertEquals(1, closing.rows.size());
    }

    @Test
    void shouldRefuseNumbersThatCannotBe() {
        List<BenchmarkCase> one = List.of(Cases.allReduce(2, 8));
        assertEquals(
                "no case is left to measure",
                assertThrows(IllegalArgumentException.class, () -> counted(List.of(), 1, 1, 1, 1)).getMessage());
        assertEquals(
                "iters '0' is below 1",
                assertThrows(IllegalArgumentException.class, () -> counted(one, 0, 1, 1, 1)).getMessage());
        assertEquals(
                "batch '0' is below 1",
                assertThrows(IllegalArgumentException.class, () -> counted(one, 1, 1, 0, 1)).getMessage());
        assertEquals(
                "warmup-iters '-1' is below 0",
                assertThrows(IllegalArgumentException.class, () -> counted(one, 1, -1, 1, 1)).getMessage());
        assertEquals(
                "repeat '-1' is below 0",
                assertThrows(IllegalArgumentException.class, () -> counted(one, 1, 1, 1, -1)).getMessage());
    }
}
