package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books of queue pairs, over a wire that carries one request at a time and forgives nothing. */
@Timeout(60)
class RdmaCreditsTest {
    private static final int SIGNAL = 5;
    private static final int COUNTERS = 2 * (SIGNAL + 1);

    /** Both ends of one connection, as ranks 0 and 1 have them. */
    private static final class Connection {
        final FakeWire[] wires;
        final RdmaPair[] ends = new RdmaPair[2];
        final RdmaPairs[] ranks = new RdmaPairs[2];
        final long[] raised = new long[2];

        Connection(int depth) {
            wires = new FakeWire[] {new FakeWire(depth), new FakeWire(depth)};
            FakeWire.join(wires[0], wires[1]);
            for (int rank = 0; rank < 2; rank++) {
                int peer = 1 - rank;
                ends[rank] = new RdmaPair(wires[rank], peer, peer, depth);
                assertTrue(ends[rank].prepare());
                RdmaPair[] pairs = new RdmaPair[2];
                pairs[peer] = ends[rank];
                ranks[rank] = new RdmaPairs(pairs, 1, wires[rank].sends(), wires[rank].arrivals(), null);
                ranks[rank].countUpTo(COUNTERS);
            }
        }

        boolean raise(int rank) {
            if (!ends[rank].room(1, 1)) {
                return false;
            }
            ranks[rank].count(ends[rank], ends[rank].notifyPeer(SIGNAL));
            raised[rank]++;
            return true;
        }

        void poll(int rank) {
            ranks[rank].pollSends();
            ranks[rank].pollReceives();
        }

        boolean deliver(int rank) {
            return wires[rank].deliver();
        }

        long seen(int rank) {
            return ranks[rank].counter(SIGNAL * 2 + 1 - rank);
        }

        void settle() {
            while (!wires[0].idle() || !wires[1].idle()) {
                deliver(0);
                deliver(1);
                poll(0);
                poll(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 8, 16, 128, 1024})
    void shouldNeverMeetAnEmptyReceiveQueueNorStopWhateverTheTiming(int depth) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(1000 * depth + seed);
            int[] weights = {1 + random.nextInt(8), 1 + random.nextInt(8), 1 + random.nextInt(8), 1 + random.nextInt(8),
                1 + random.nextInt(8), 1 + random.nextInt(8)};
            Connection connection = new Connection(depth);
            for (int step = 0; step < 50_000; step++) {
                switch (pick(weights, random)) {
                    case 0 -> connection.raise(0);
                    case 1 -> connection.raise(1);
                    case 2 -> connection.poll(0);
                    case 3 -> connection.poll(1);
                    case 4 -> connection.deliver(0);
                    default -> connection.deliver(1);
                }
            }
            connection.settle();
            assertEquals(connection.raised[0], connection.seen(1), "seed " + seed);
            assertEquals(connection.raised[1], connection.seen(0), "seed " + seed);
            assertTrue(connection.raised[0] > depth && connection.raised[1] > depth, "credits never came back");
            assertTrue(connection.raise(0) && connection.raise(1), "no credit is left, seed " + seed);
        }
    }

    private static int pick(int[] weights, Random random) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int at = random.nextInt(sum);
        int choice = 0;
        while (at >= weights[choice]) {
            at -= weights[choice++];
        }
        return choice;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 16, 128})
    void shouldGiveCreditsBackWhenNothingFlowsTheOtherWay(int depth) {
        Connection connection = new Connection(depth);
        for (int i = 0; i < 10 * depth; i++) {
            while (!connection.raise(0)) {
                connection.settle();
            }
        }
        connection.settle();
        assertEquals(10L * depth, connection.seen(1));
    }

    @Test
    void shouldStopAtItsCreditsWhileThePeerDoesNotPoll() {
        Connection connection = new Connection(16);
        int raised = 0;
        for (int i = 0; i < 100; i++) {
            if (connection.raise(0)) {
                raised++;
            }
            connection.deliver(0);
            connection.poll(0);
        }
        assertEquals(16, raised);
        connection.settle();
        assertTrue(connection.raise(0), "the peer has polled");
    }

    @Test
    void shouldBothGoOnWhenBothHaveNoCreditsLeft() {
        Connection connection = new Connection(8);
        for (int i = 0; i < 8; i++) {
            assertTrue(connection.raise(0) && connection.raise(1));
        }
        assertFalse(connection.raise(0) || connection.raise(1));
        connection.settle();
        assertTrue(connection.raise(0) && connection.raise(1));
    }

    @Test
    void shouldBeDrainedOnlyWhenTheLastRequestIsOver() {
        Connection connection = new Connection(128);
        assertTrue(connection.ranks[0].drained());
        for (int i = 0; i < 3; i++) {
            assertTrue(connection.raise(0)); // the first is signalled, the others are not
        }
        for (int i = 0; i < 3; i++) {
            assertFalse(connection.ranks[0].drained());
            assertTrue(connection.deliver(0));
        }
        assertFalse(connection.ranks[0].drained(), "the marker is under way");
        assertTrue(connection.deliver(0), "the marker");
        assertTrue(connection.ranks[0].drained());
        assertFalse(connection.deliver(0), "nothing more was posted");
    }

    @Test
    void shouldAskForNoSecondCompletionOfALoneRequest() {
        Connection connection = new Connection(128);
        for (int i = 0; i < 200; i++) {
            assertTrue(connection.raise(0));
            assertFalse(connection.ranks[0].drained());
            assertTrue(connection.deliver(0));
            assertTrue(connection.ranks[0].drained(), "its own completion says so");
            connection.settle();
        }
    }

    @Test
    void shouldReuseItsPlacesAlthoughFewRequestsAreSignalled() {
        Connection connection = new Connection(4);
        for (int i = 0; i < 1000; i++) {
            while (!connection.raise(0)) {
                connection.deliver(0);
                connection.deliver(1);
                connection.poll(0);
                connection.poll(1);
            }
        }
        connection.settle();
        assertEquals(1000, connection.seen(1));
    }

    @Test
    void shouldHoldBackRequestsBehindAReadUntilItIsOver() {
        Connection connection = new Connection(8);
        assertTrue(connection.ends[0].read(
                0, new RemoteKey(1), 0, 8,
                new LocalKey(1)));
        connection.ranks[0].count(connection.ends[0], true);
        assertTrue(connection.raise(0));
        connection.settle();
        assertEquals(1, connection.wires[0].fenced());
        assertTrue(connection.raise(0));
        connection.settle();
        assertEquals(1, connection.wires[0].fenced(), "the read is over");
    }
}
