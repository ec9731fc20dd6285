package org.fabricmark.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static String allReduce(int ranks, long bytes, Access access) {
        return Selection.choose(Shape.of(Collective.ALL_REDUCE, ranks, bytes / 4, 4), access).name();
    }

    @Test
    void shouldTakeOneRoundForSmallAndTwoForLargeAllReduces() {
        assertEquals("one-shot", allReduce(2, 8, Access.DIRECT));
        assertEquals("two-shot", allReduce(2, 64 * 1024, Access.DIRECT));
        assertEquals("two-shot", allReduce(2, 64 << 20, Access.ONE_SIDED));
    }

    @Test
    void shouldSaveRoundsWhereEachIsAMessage() {
        assertEquals("one-shot", allReduce(2, 16 * 1024, Access.MESSAGES));
        assertEquals("rabenseifner", allReduce(2, 1 << 20, Access.MESSAGES));
        assertEquals("segmented-ring", allReduce(2, 64 << 20, Access.MESSAGES));
        assertEquals("recursive-doubling", allReduce(3, 8, Access.MESSAGES));
        assertEquals("rabenseifner", allReduce(8, 256 << 10, Access.MESSAGES));
        assertEquals("segmented-ring", allReduce(8, 1 << 20, Access.MESSAGES));
        assertEquals("segmented-ring", allReduce(5, 1 << 20, Access.MESSAGES));
    }

    @Test
    void shouldNeverReadPeersMemoryWhereThatTakesARequest() {
        Set<String> reading = Set.of("two-shot", "gather-reduce");
        for (int ranks = 2; ranks <= 33; ranks++) {
            for (long bytes = 8; bytes <= 1 << 26; bytes *= 2) {
                assertFalse(reading.contains(allReduce(ranks, bytes, Access.MESSAGES)), ranks + " ranks, " + bytes);
            }
        }
    }

    @Test
    void shouldAskWhetherThePeerHasEnteredOnlyForLongBlocksWhereThatIsAMessage() {
        assertTrue(Selection.tuning(Access.MESSAGES).eagerBytes() > Selection.tuning(Access.DIRECT).eagerBytes());
        assertEquals(Tuning.DEFAULT, Selection.tuning(Access.ONE_SIDED));
    }

    @Test
    void shouldNotSendEverythingToEveryoneAmongManyRanks() {
        assertEquals("recursive-doubling", allReduce(64, 8, Access.DIRECT));
    }

    private static String of(Collective collective, int ranks, long count) {
        return Selection.choose(Shape.of(collective, ranks, count, 4), Access.DIRECT).name();
    }

    @Test
    void shouldReduceAndScatterDirectlyUnlessManyRanksHaveShortBlocks() {
        assertEquals("direct", of(Collective.REDUCE_SCATTER, 2, 1));
        assertEquals("direct", of(Collective.REDUCE_SCATTER, 64, 1 << 20));
        assertEquals("recursive-halving", of(Collective.REDUCE_SCATTER, 64, 1));
    }

    @Test
    void shouldPassLongBroadcastsFromRankToRank() {
        assertEquals("binomial", of(Collective.BROADCAST, 4, 1024));
        assertEquals("chain", of(Collective.BROADCAST, 4, 1 << 20));
        assertEquals("binomial", of(Collective.BROADCAST, 2, 1 << 20));
    }

    @Test
    void shouldChooseAnAlgorithmThatTakesTheShapeForEveryShape() {
        for (Collective collective : Collective.values()) {
            for (int ranks = 1; ranks <= 33; ranks++) {
                for (long count : new long[] {0, 1, ranks, 1000, 1 << 20}) {
                    Shape shape = Shape.of(collective, ranks, collective.movesData() ? count : 0, 4);
                    Algorithm chosen = Selection.choose(shape, Access.values()[ranks % 3]);
                    assertEquals(collective, chosen.collective());
                    assertTrue(chosen.refusal(shape).isEmpty(), () -> chosen.name() + " refuses " + shape);
                }
            }
        }
    }
}
