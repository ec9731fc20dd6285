package org.fabricmark.bench.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.selection.Access;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;

class BenchmarkCaseTest {
    private static final TransportSpec SHM = TransportSpec.parse("shm");

    private static BenchmarkCase allReduce(String algorithm, int ranks, boolean inPlace, long bytes) {
        return BenchmarkCase.of(
                Collective.ALL_REDUCE, algorithm, SHM, ranks, DataType.FLOAT, ReduceOp.SUM, 0, inPlace, bytes);
    }

    private static BenchmarkCase allGather(int ranks, boolean inPlace, long bytes) {
        return BenchmarkCase.of(Collective.ALL_GATHER, "auto", SHM, ranks, DataType.DOUBLE, null, 0, inPlace, bytes);
    }

    @Test
    void shouldRoundUpToWholeElementsOfEveryRank() {
        assertEquals(new MessageSize(3, 12), allReduce("auto", 2, false, 9).size());
        assertEquals(new MessageSize(1, 24), allGather(3, false, 1).size());
        assertEquals(new MessageSize(2, 48), allGather(3, false, 25).size());
        assertEquals(new MessageSize(0, 0), allGather(3, false, 0).size());
    }

    @Test
    void shouldCountTheGatheredResultOfAnAllGather() {
        BenchmarkCase each = allGather(3, false, 48);
        assertEquals(16, each.inputBytes());
        assertEquals(48, each.outputBytes());
        assertEquals(32, each.inPlaceOffset(2));
    }

    @Test
    void shouldCountTheInputOfAReduceScatterAndBothBuffersOfAnAllToAll() {
        BenchmarkCase scatter = BenchmarkCase.of(
                Collective.REDUCE_SCATTER, "auto", SHM, 3, DataType.FLOAT, ReduceOp.SUM, 0, true, 25);
        assertEquals(new MessageSize(3, 36), scatter.size());
        assertEquals(36, scatter.inputBytes());
        assertEquals(12, scatter.outputBytes());
        assertEquals(24, scatter.inPlaceOffset(2));
        BenchmarkCase transpose =
                BenchmarkCase.of(Collective.ALL_TO_ALL, "auto", SHM, 3, DataType.FLOAT, null, 0, true, 25);
        assertEquals(new MessageSize(3, 36), transpose.size());
        assertEquals(36, transpose.outputBytes());
        assertEquals(0, transpose.inPlaceOffset(2));
    }

    @Test
    void shouldRotateTheRootFromCallToCall() {
        BenchmarkCase each = BenchmarkCase.of(
                Collective.REDUCE, "auto", SHM, 3, DataType.FLOAT, ReduceOp.SUM, BenchmarkCase.ROTATE, false, 8);
        assertEquals(3, each.rotation());
        assertEquals(2, each.root(5));
        assertTrue(each.key().canonicalName().contains(" root=rotate "), each.key().canonicalName());
        assertThrows(IllegalArgumentException.class, () -> BenchmarkCase.of(
                Collective.ALL_REDUCE, "auto", SHM, 3, DataType.FLOAT, ReduceOp.SUM, BenchmarkCase.ROTATE, false, 8));
    }

    @Test
    void shouldNameTheAlgorithmThatRunsAndStoreTheOneAskedFor() {
        BenchmarkCase small = allReduce("auto", 2, false, 8);
        assertEquals("one-shot", small.algorithm().name());
        assertEquals("auto", small.key().algorithm());
        assertEquals("collective=all-reduce transport=shm in_place=no bytes=8", small.key().canonicalName());
        assertEquals("ring", allReduce("ring", 3, true, 8).key().algorithm());
    }

    @Test
    void shouldLeaveOutOptionsOfATransportThatHaveTheirDefaults() {
        BenchmarkCase each = BenchmarkCase.of(
                Collective.BARRIER,
                "auto",
                TransportSpec.parse("shm?inline=0&direct=yes"),
                2,
                DataType.FLOAT,
                null,
                0,
                false,
                0);
        assertEquals("shm?inline=0", each.key().transport().text());
    }

    @Test
    void shouldChooseOtherwiseWhereRanksCannotReachEachOthersMemory() {
        assertEquals(Access.DIRECT, Reachability.of(SHM));
        assertEquals(Access.ONE_SIDED, Reachability.of(TransportSpec.parse("shm?direct=no")));
        assertEquals(Access.MESSAGES, Reachability.of(TransportSpec.parse("netty?socket=unix")));
    }

    @Test
    void shouldKnowWhichCallsNeedABarrierBehindThem() {
        assertTrue(allReduce("auto", 2, false, 8).synchronising());
        assertFalse(allReduce("auto", 2, false, 0).synchronising());
        assertFalse(BenchmarkCase.of(Collective.BROADCAST, "auto", SHM, 2, DataType.FLOAT, null, 0, false, 8)
                .synchronising());
    }

    @Test
    void shouldRefuseWhatCannotRunInOneLine() {
        assertMessage("ranks '0' is below 1", () -> allReduce("auto", 0, false, 8));
        assertMessage(
                "no algorithm 'bruck' for all-reduce; known: auto, one-shot, two-shot, recursive-doubling,"
                        + " gather-reduce, rabenseifner, ring, segmented-ring, double-tree",
                () -> allReduce("bruck", 2, false, 8));
        assertMessage("size '-8' is negative", () -> allReduce("auto", 2, false, -8));
        assertMessage("size '9223372036854775807' is too large", () -> allReduce("auto", 2, false, Long.MAX_VALUE));
        assertMessage(
                "barrier has no buffers, so it cannot be in place",
                () -> BenchmarkCase.of(Collective.BARRIER, "auto", SHM, 2, DataType.FLOAT, null, 0, true, 0));
        assertMessage(
                "all-gather has no operation, 'sum' was given",
                () -> BenchmarkCase.of(
                        Collective.ALL_GATHER, "auto", SHM, 2, DataType.FLOAT, ReduceOp.SUM, 0, false, 8));
        assertMessage(
                "launch 'env' is not available yet; available: threads, processes",
                () -> Conditions.DEFAULT.withLaunch("env"));
        Conditions late = Conditions.DEFAULT.with(new Arrival(Arrival.Kind.LATE, 2, 5000));
        assertMessage(
                "arrival 'late:2:5us': with 2 ranks, a rank is 0 to 1",
                () -> allReduce("auto", 2, false, 8).under(late));
    }

    @Test
    void shouldReadBackTheNameOfACase() {
        for (Collective collective : Collective.values()) {
            for (String launch : List.of("threads", "processes")) {
                for (int root : collective.rooted() ? List.of(3, BenchmarkCase.ROTATE) : List.of(0)) {
                    BenchmarkCase given = BenchmarkCase.of(
                            collective, "auto", TransportSpec.parse("shm?direct=no"), 5, DataType.INT32,
                            collective.reduces() ? ReduceOp.MAX : null, root,
                            collective.movesData(), collective.movesData() ? 1001 : 0)
                            .under(Conditions.DEFAULT.withLaunch(launch));
                    assertEquals(given, BenchmarkCase.parse(given.key().canonicalName()));
                }
            }
        }
    }

    @Test
    void shouldReadBackTheConditionsInTheNameOfACase() {
        BenchmarkCase plain = allReduce("auto", 3, false, 8);
        Conditions late = Conditions.DEFAULT.with(new Arrival(Arrival.Kind.LATE, 2, 5000));
        for (Conditions conditions : List.of(
                late, late.with(Buffers.COLD), Conditions.DEFAULT.with(Memory.PRIVATE).with(Buffers.ROTATE),
                Conditions.DEFAULT.withLaunch("processes").with(Cadence.ISOLATED))) {
            BenchmarkCase given = plain.under(conditions);
            assertEquals(given, BenchmarkCase.parse(given.key().canonicalName()));
        }
    }

    private static void assertMessage(String message, Runnable wrong) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, wrong::run).getMessage());
    }
}
