package org.fabricmark.bench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.TreeSet;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final long[] INPUTS = {1_000_000, 2_000_000, 3_000_000};
    private static final long[] OUTPUTS = {4_000_000, 5_000_000, 6_000_000};
    private static final int COUNT = 1000;

    private static Traffic traffic(Collective collective, boolean inPlace) {
        Shape shape = Shape.of(collective, 3, COUNT, 4).withInPlace(inPlace);
        return Traffic.of(shape, INPUTS, OUTPUTS);
    }

    /** Every byte that is written, and how often in all. */
    private static long written(Traffic traffic, Set<Long> places) {
        long bytes = 0;
        for (int piece = 0; piece < traffic.pieces(); piece++) {
            int stride = traffic.sources() + traffic.destinations();
            for (int m = 0; m < traffic.destinations(); m++) {
                long address = traffic.operands()[piece * stride + traffic.sources() + m];
                for (long i = 0; i < traffic.pieceBytes(piece); i++) {
                    places.add(address + i);
                    bytes++;
                }
            }
        }
        return bytes;
    }

    @Test
    void shouldReadEveryInputOnceAndWriteEveryOutputOnceForAnAllReduce() {
        Traffic traffic = traffic(Collective.ALL_REDUCE, false);
        Set<Long> places = new TreeSet<>();
        assertEquals(3 * COUNT * 4, written(traffic, places));
        assertEquals(3 * COUNT * 4, places.size());
        assertEquals(2 * 3 * COUNT * 4, traffic.bytes());
    }

    @Test
    void shouldWriteEveryOutputOnceForAnAllGatherAndOnlyPeersInPlace() {
        Set<Long> places = new TreeSet<>();
        assertEquals(9 * COUNT * 4, written(traffic(Collective.ALL_GATHER, false), places));
        assertEquals(9 * COUNT * 4, places.size());
        assertEquals(6 * COUNT * 4, written(traffic(Collective.ALL_GATHER, true), new TreeSet<>()));
        assertEquals((3 + 9) * COUNT * 4, traffic(Collective.ALL_GATHER, false).bytes());
    }

    @Test
    void shouldReadOnlyTheRootForABroadcast() {
        Traffic traffic = traffic(Collective.BROADCAST, true);
        assertEquals(2 * COUNT * 4, written(traffic, new TreeSet<>()));
        assertEquals((1 + 2) * COUNT * 4, traffic.bytes());
    }

    @Test
    void shouldReadEveryInputAndWriteOneResultForAReduceAndAReduceScatter() {
        Set<Long> places = new TreeSet<>();
        assertEquals(COUNT * 4, written(traffic(Collective.REDUCE, false), places));
        assertEquals(COUNT * 4, places.size());
        assertEquals((3 + 1) * COUNT * 4, traffic(Collective.REDUCE, true).bytes());
        places.clear();
        assertEquals(3 * COUNT * 4, written(traffic(Collective.REDUCE_SCATTER, false), places));
        assertEquals(3 * COUNT * 4, places.size());
        assertEquals((9 + 3) * COUNT * 4, traffic(Collective.REDUCE_SCATTER, true).bytes());
    }

    @Test
    void shouldMoveEveryBlockOnceForAnAllToAllAndOnlyThoseOfPeersInPlace() {
        Set<Long> places = new TreeSet<>();
        assertEquals(9 * COUNT * 4, written(traffic(Collective.ALL_TO_ALL, false), places));
        assertEquals(9 * COUNT * 4, places.size());
        places.clear();
        assertEquals(6 * COUNT * 4, written(traffic(Collective.ALL_TO_ALL, true), places));
        assertEquals(6 * COUNT * 4, places.size());
        places.clear();
        assertEquals(3 * COUNT * 4, written(traffic(Collective.SEND_RECV, true), places));
        assertEquals(3 * COUNT * 4, places.size());
    }

    @Test
    void shouldHaveNoneForABarrier() {
        Shape barrier = Shape.of(Collective.BARRIER, 3, 0, 4);
        assertThrows(IllegalArgumentException.class, () -> Traffic.of(barrier, INPUTS, OUTPUTS));
    }
}
