package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.DataType;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts is how many calls were made and how often the clock was read, not how long anything took. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RankLoopTest {
    private static final int MOST = 64;

    private interface Rank {
        void run(RankLoop loop, boolean leads, long[] readings, int rank);
    }

    private static void onRanks(int ranks, Rank task) {
        Job job = Job.create(ranks, TransportSpec.parse("shm"));
        ThreadRanks.run(job, communicator -> SideChannel.use(job, communicator, side -> {
            RankLoop loop = loop(communicator, side.control());
            task.run(loop, communicator.rank() == 0, new long[MOST + 1], communicator.rank());
        }));
    }

    private static RankLoop loop(Communicator communicator, ControlLine control) {
        PlanRequest barrier = PlanRequest.of(Algorithms.barrier(), DataType.FLOAT, null, 0, null, null);
        return new RankLoop(CaseCall.of(communicator.plan(barrier)), 1, null, control);
    }

    @Test
    void shouldEndAllRanksAfterTheSameCallForEveryLengthOfBatch() {
        for (int ranks : new int[] {1, 2, 3}) {
            long[] calls = new long[ranks];
            int[] readingsOf = new int[ranks];
            onRanks(ranks, (loop, leads, readings, rank) -> {
                for (int batch = 1; batch <= 50; batch++) {
                    int count = leads ? loop.lead(batch, 1, 3, Long.MAX_VALUE, readings) : loop.follow(batch, readings);
                    readingsOf[rank] += count;
                    for (int i = 1; i < count; i++) {
                        assertTrue(readings[i] >= readings[i - 1]);
                    }
                }
                calls[rank] = loop.calls();
            });
            for (int rank = 0; rank < ranks; rank++) {
                // Each time one call to fall into step, then three batches of 1, 2, ... 50 calls.
                assertEquals(50 + 3 * (50 * 51 / 2), calls[rank], "rank " + rank);
                assertEquals(50 * 4, readingsOf[rank], "rank " + rank);
            }
        }
    }

    @Test
    void shouldNotStopWhereTheLoopBeforeItStopped() {
        Job job = Job.create(2, TransportSpec.parse("shm"));
        ThreadRanks.run(job, communicator -> SideChannel.use(job, communicator, side -> {
            boolean leads = communicator.rank() == 0;
            long[] readings = new long[MOST + 1];
            for (int i = 0; i < 2000; i++) {
                RankLoop loop = loop(communicator, side.control());
                if (leads) {
                    side.control().begin();
                }
                communicator.barrier();
                int batches = 1 + i % 2; // the second loop decides at the call at which the first has stopped
                int count = leads ? loop.lead(1, batches, batches, Long.MAX_VALUE, readings) : loop.follow(1, readings);
                assertEquals(batches + 1, count);
                communicator.barrier();
            }
        }));
    }

    @Test
    void shouldStopAtOnceWhenTheTimeIsOverButMakeTheLeastBatches() {
        long[] calls = new long[2];
        onRanks(2, (loop, leads, readings, rank) -> {
            if (leads) {
                assertEquals(6, loop.lead(10, 5, MOST, System.nanoTime(), readings));
            } else {
                assertEquals(6, loop.follow(10, readings));
            }
            calls[rank] = loop.calls();
        });
        assertArrayEquals(new long[] {51, 51}, calls);
    }

    @Test
    void shouldFollowALeaderThatOnlyCallsUntilItsClosingCall() {
        long[] calls = new long[3];
        onRanks(3, (loop, leads, readings, rank) -> {
            for (int iteration = 0; iteration < 20; iteration++) {
                if (leads) {
                    for (int i = 0; i < 10 * iteration; i++) {
                        loop.call();
                    }
                    loop.closingCall();
                } else {
                    assertEquals(1, loop.follow(RankLoop.ONE_BATCH, readings));
                }
            }
            calls[rank] = loop.calls();
        });
        assertArrayEquals(new long[] {1920, 1920, 1920}, calls);
    }

    @Test
    void shouldRefuseMoreBatchesThanThereIsRoomForReadings() {
        onRanks(1, (loop, leads, readings, rank) -> assertThrows(
                IllegalArgumentException.class, () -> loop.lead(1, 1, MOST + 1, 0, readings)));
    }
}
