package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.fabricmark.collective.Collective;
import org.junit.jupiter.api.Test;

class SocketTrafficTest {
    private static SocketTraffic traffic(Collective collective, String algorithm, int ranks, long bytes, int cores) {
        return SocketTraffic.of(Cases.of(collective, algorithm, "netty", ranks, false, bytes), cores);
    }

    @Test
    void shouldCountWhatARankMustSendAtLeast() {
        assertEquals(new SocketTraffic(1 << 20, true, 1), traffic(Collective.ALL_REDUCE, "ring", 2, 1 << 20, 2));
        assertEquals(new SocketTraffic(1 << 19, true, 1), traffic(Collective.ALL_GATHER, "ring", 2, 1 << 20, 2));
        assertEquals(new SocketTraffic(3 << 19, true, 1), traffic(Collective.ALL_REDUCE, "ring", 4, 1 << 20, 4));
    }

    @Test
    void shouldCountRanksBeyondTheCoresOneAfterTheOther() {
        assertEquals(new SocketTraffic(3 << 19, true, 2), traffic(Collective.ALL_REDUCE, "ring", 4, 1 << 20, 2));
    }

    @Test
    void shouldSendOneWayFromARoot() {
        assertEquals(
                new SocketTraffic(1 << 20, false, 1), traffic(Collective.BROADCAST, "binomial", 2, 1 << 20, 2));
        assertEquals(
                new SocketTraffic(1 << 20, false, 2), traffic(Collective.BROADCAST, "binomial", 3, 1 << 20, 2));
    }
}
