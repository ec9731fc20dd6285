package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.collective.Collective;
import org.junit.jupiter.api.Test;

class BufferRingTest {
    private static final long RING = 64 << 20;

    private static BenchmarkCase rotating(boolean inPlace, long bytes) {
        return Cases.of(Collective.ALL_REDUCE, "auto", "shm", 2, inPlace, bytes)
                .under(Conditions.DEFAULT.with(Buffers.ROTATE));
    }

    @Test
    void shouldHaveOnePlaceUnlessCallsRotate() {
        BufferRing ring = BufferRing.of(Cases.allReduce(2, 1000), RING);
        assertEquals(new BufferRing(1, 0, 1024, 1024), ring);
        assertEquals(0, ring.input(0));
    }

    @Test
    void shouldTouchMoreThanTheRingHasToHold() {
        // A call touches 4 MiB over both ranks, in place 2 MiB.
        assertEquals(17, BufferRing.of(rotating(false, 1 << 20), RING).places());
        assertEquals(33, BufferRing.of(rotating(true, 1 << 20), RING).places());
    }

    @Test
    void shouldRotateThroughAtLeastTwoAndAtMostAThousandPlaces() {
        assertEquals(2, BufferRing.of(rotating(false, 64 << 20), RING).places());
        assertEquals(BufferRing.MOST_PLACES, BufferRing.of(rotating(false, 8), RING).places());
        assertEquals(BufferRing.MOST_PLACES, BufferRing.of(rotating(false, 0), RING).places());
    }

    @Test
    void shouldKeepPlacesApartAndAligned() {
        BufferRing ring = BufferRing.of(rotating(false, 1 << 20), RING);
        assertEquals((1 << 20) + 256, ring.outputStride());
        assertEquals(3 * ring.outputStride(), ring.output(3));
        assertEquals(17 * ring.inputStride(), ring.inputBytes());
    }

    @Test
    void shouldHaveNoInputsOrNoOutputsWhereTheOthersHoldThem() {
        BufferRing gather = BufferRing.of(Cases.of(Collective.ALL_GATHER, "auto", "shm", 2, true, 2048), RING);
        assertEquals(new BufferRing(1, 0, 0, 2048), gather);
        BufferRing scatter = BufferRing.of(Cases.of(Collective.REDUCE_SCATTER, "auto", "shm", 2, true, 2048), RING);
        assertEquals(new BufferRing(1, 0, 2048, 0), scatter);
    }

    @Test
    void shouldGiveEachPlaceOneRootWhereRootsRotateToo() {
        for (int ranks : new int[] {2, 3, 5}) {
            for (long bytes : new long[] {8, 1 << 20, 64 << 20}) {
                BenchmarkCase fixed = Cases.of(Collective.BROADCAST, "auto", "shm", ranks, false, bytes);
                BenchmarkCase rotating = BenchmarkCase.of(Collective.BROADCAST, "auto", fixed.transport(), ranks,
                        fixed.type(), null, BenchmarkCase.ROTATE, false, bytes)
                        .under(Conditions.DEFAULT.with(Buffers.ROTATE));
                int places = BufferRing.of(rotating, RING).places();
                assertEquals(0, places % ranks);
                assertTrue(places <= BufferRing.MOST_PLACES);
            }
        }
    }

    @Test
    void shouldMissTheAlignmentByOneElement() {
        BenchmarkCase unaligned = Cases.allReduce(2, 1024).under(Conditions.DEFAULT.withUnaligned(true));
        assertEquals(new BufferRing(1, 4, 1152, 1152), BufferRing.of(unaligned, RING));
    }
}
