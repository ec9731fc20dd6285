package org.fabricmark.bench.primitive.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class QueuesTest {
    @Test
    void shouldDoAsPerftestWhenNothingIsSaid() {
        Queues usual = Queues.DEFAULT;
        assertEquals(128, usual.depth(VerbsPrimitive.WRITE_BW));
        assertEquals(100, usual.signalEvery(VerbsPrimitive.WRITE_BW, 8192));
        assertEquals(1, usual.signalEvery(VerbsPrimitive.WRITE_BW, 8193));
        assertEquals(1, usual.signalEvery(VerbsPrimitive.WRITE_LAT, 8));
        assertEquals(220, usual.inline(VerbsPrimitive.SEND_LAT));
        assertEquals(0, usual.inline(VerbsPrimitive.SEND_BW));
        assertEquals(0, usual.inline(VerbsPrimitive.READ_LAT));
    }

    @Test
    void shouldSignalOftenEnoughForAShortQueue() {
        Queues shallow = new Queues(10, 1, OptionalInt.empty(), OptionalInt.empty(), 1);
        assertEquals(10, shallow.signalEvery(VerbsPrimitive.WRITE_BW, 8));
    }

    @Test
    void shouldKeepOneRequestUnderWayWhereOneIsAwaited() {
        Queues wide = new Queues(64, 8, OptionalInt.of(16), OptionalInt.of(64), 4);
        assertEquals(1, wide.pairs(VerbsPrimitive.WRITE_LAT));
        assertEquals(1, wide.depth(VerbsPrimitive.READ_LAT));
        assertEquals(1, wide.signalEvery(VerbsPrimitive.READ_LAT, 8));
        assertEquals(64, wide.signalEvery(VerbsPrimitive.WRITE_LAT, 8));
        assertEquals(8, wide.pairs(VerbsPrimitive.READ_BW));
    }

    @Test
    void shouldMakeOneOfWhatDiffersOnlyInWhatIsNotUsed() {
        Queues one = new Queues(300, 8, OptionalInt.of(16), OptionalInt.of(200), 4);
        Queues other = new Queues(500, 2, OptionalInt.of(16), OptionalInt.of(200), 8);
        assertEquals(one.usedBy(VerbsPrimitive.WRITE_LAT), other.usedBy(VerbsPrimitive.WRITE_LAT));
        assertEquals(Queues.DEFAULT, one.usedBy(VerbsPrimitive.FETCH_AND_ADD_LAT));
        assertEquals(one, one.usedBy(VerbsPrimitive.WRITE_BW));
    }

    @Test
    void shouldRefuseMoreThanTheQueueHolds() {
        assertEquals("--cq-mod '11': 1 to 10, the depth of the queue (--tx-depth)",
                assertThrows(IllegalArgumentException.class,
                        () -> new Queues(10, 1, OptionalInt.empty(), OptionalInt.of(11), 1)).getMessage());
        assertThrows(IllegalArgumentException.class,
                () -> new Queues(10, 1, OptionalInt.empty(), OptionalInt.empty(), 11));
        assertThrows(IllegalArgumentException.class,
                () -> new Queues(0, 1, OptionalInt.empty(), OptionalInt.empty(), 1));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        Queues odd = new Queues(64, 8, OptionalInt.empty(), OptionalInt.of(7), 4);
        assertEquals(odd, Queues.parse(odd.text().split(" "), 0));
    }
}
