package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.fabricmark.transport.SignalTable;
import org.junit.jupiter.api.Test;

class RdmaSignalsTest {
    private static final int SIZE = 3;

    private final RdmaPairs pairs = new RdmaPairs(new RdmaPair[SIZE], 1, null, null, null);
    private final RdmaSignals signals = new RdmaSignals(pairs, SIZE);

    @Test
    void shouldGiveEverySignalOfEveryPeerAPlaceOfItsOwn() {
        SignalTable one = signals.allocate(2);
        SignalTable other = signals.allocate(100);
        assertNotEquals(one.outgoing(1, 1), one.outgoing(2, 1));
        assertNotEquals(
                RdmaSignals.number(one.incoming(1, 1)), RdmaSignals.number(other.incoming(1, 0)));
        assertEquals(RdmaSignals.number(one.incoming(1, 1)), RdmaSignals.number(one.outgoing(2, 1)));
        assertEquals(SIZE * RdmaSignals.number(other.incoming(2, 99)) + 2, RdmaSignals.place(other.incoming(2, 99)));
        assertEquals(0, pairs.counter(RdmaSignals.place(other.incoming(2, 99))));
    }

    @Test
    void shouldUseNumbersAgainThatAClosedTableHad() {
        SignalTable first = signals.allocate(4);
        long name = first.outgoing(1, 0);
        signals.raise(name, 7);
        SignalTable second = signals.allocate(4);
        first.close();
        first.close();
        SignalTable third = signals.allocate(3);
        assertEquals(name, third.outgoing(1, 0));
        assertEquals(1, signals.missing(name, 1), "counts from 0 again");
        assertNotEquals(second.outgoing(1, 0), third.outgoing(1, 0));
    }

    @Test
    void shouldKnowWhichBumpsAreMissing() {
        long name = signals.allocate(1).outgoing(2, 0);
        assertEquals(1, signals.missing(name, 1));
        signals.raise(name, 1);
        assertEquals(0, signals.missing(name, 1), "a repetition");
        assertEquals(2, signals.missing(name, 3), "one was lost");
        signals.raise(name, 3);
        signals.raise(name, 2);
        assertEquals(1, signals.missing(name, 4), "never falls");
    }

    @Test
    void shouldRefuseMoreSignalsThanAnImmediateCanName() {
        assertThrows(IllegalStateException.class, () -> signals.allocate(RdmaLayout.MAX_SIGNALS + 1));
    }
}
