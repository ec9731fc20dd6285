package org.fabricmark.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static String allReduce(int ranks, long bytes, boolean direct) {
        return Selection.choose(Shape.of(Collective.ALL_REDUCE, ranks, bytes / 4, 4), direct).name();
    }

    @Test
    void shouldTakeOneRoundForSmallAndTwoForLargeAllReduces() {
        assertEquals("one-shot", allReduce(2, 8, true));
        assertEquals("two-shot", allReduce(2, 64 * 1024, true));
        assertEquals("two-shot", allReduce(2, 64 << 20, false));
    }

    @Test
    void shouldNotSendEverythingToEveryoneAmongManyRanks() {
        assertEquals("recursive-doubling", allReduce(64, 8, true));
    }

    private static String of(Collective collective, int ranks, long count) {
        return Selection.choose(Shape.of(collective, ranks, count, 4), true).name();
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
                    Algorithm chosen = Selection.choose(shape, ranks % 2 == 0);
                    assertEquals(collective, chosen.collective());
                    assertTrue(chosen.refusal(shape).isEmpty(), () -> chosen.name() + " refuses " + shape);
                }
            }
        }
    }
}
