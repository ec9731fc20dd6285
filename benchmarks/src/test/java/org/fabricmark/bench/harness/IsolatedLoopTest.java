package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bench.cases.Arrival;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.DataType;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts is which calls are made and in which order the clock is read, not how long anything took. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IsolatedLoopTest {
    private static final int MOST = 16;

    private interface Rank {
        void run(IsolatedLoop loop, int rank, long[] readings);
    }

    private static void onRanks(int ranks, Arrival arrival, boolean cold, Rank task) {
        Job job = Job.create(ranks, TransportSpec.parse("shm"));
        ThreadRanks.run(job, communicator -> SideChannel.use(job, communicator, side -> {
            PlanRequest barrier = PlanRequest.of(Algorithms.barrier(), DataType.FLOAT, null, 0, null, null);
            CaseCall call = CaseCall.of(communicator.plan(barrier));
            try (CacheEviction eviction = cold ? new CacheEviction(1 << 16) : null) {
                IsolatedLoop loop = new IsolatedLoop(call, communicator, side.control(), eviction, arrival, 1);
                task.run(loop, communicator.rank(), new long[2 * MOST]);
            }
        }));
    }

    @Test
    void shouldEndAllRanksAfterTheSameCall() {
        for (boolean cold : new boolean[] {false, true}) {
            for (int ranks : new int[] {1, 2, 3}) {
                long[] calls = new long[ranks];
                onRanks(ranks, Arrival.NONE, cold, (loop, rank, readings) -> {
                    for (int most = 1; most <= MOST; most++) {
                        loop.call();
                        int count = rank == 0 ? loop.lead(1, 1, most, Long.MAX_VALUE, readings)
                                : loop.follow(1, readings);
                        assertEquals(2 * most, count);
                        for (int i = 1; i < count; i++) {
                            assertTrue(readings[i] >= readings[i - 1], "reading " + i);
                        }
                    }
                    calls[rank] = loop.calls();
                });
                for (long each : calls) {
                    assertEquals(MOST + MOST * (MOST + 1) / 2, each);
                }
            }
        }
    }

    @Test
    void shouldStopAtOnceWhenTheTimeIsOverButMakeTheLeastCalls() {
        long[] calls = new long[2];
        onRanks(2, Arrival.NONE, false, (loop, rank, readings) -> {
            int count = rank == 0 ? loop.lead(1, 5, MOST, System.nanoTime(), readings) : loop.follow(1, readings);
            assertEquals(10, count);
            calls[rank] = loop.calls();
        });
        assertArrayEquals(new long[] {5, 5}, calls);
    }

    @Test
    void shouldHoldTheLateRankBackOnEveryCall() {
        long late = 2_000_000;
        long[][] all = new long[3][];
        onRanks(3, new Arrival(Arrival.Kind.LATE, 1, late), false, (loop, rank, readings) -> {
            int count = rank == 0 ? loop.lead(1, 1, 4, Long.MAX_VALUE, readings) : loop.follow(1, readings);
            assertEquals(8, count);
            all[rank] = readings;
        });
        // Nobody leaves a barrier before the late rank has entered it, and that is 2 ms after it left the one before.
        for (int call = 1; call < 4; call++) {
            assertTrue(all[1][2 * call] - all[1][2 * call - 1] >= late);
            assertTrue(all[0][2 * call + 1] >= all[1][2 * call]);
            assertTrue(all[2][2 * call + 1] >= all[1][2 * call]);
        }
    }

    @Test
    void shouldRefuseBatchesAndMoreCallsThanThereIsRoomForReadings() {
        onRanks(1, Arrival.NONE, false, (loop, rank, readings) -> {
            assertThrows(IllegalArgumentException.class, () -> loop.lead(2, 1, 1, 0, readings));
            assertThrows(IllegalArgumentException.class, () -> loop.lead(1, 1, MOST + 1, 0, readings));
        });
    }
}
