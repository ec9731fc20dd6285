package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.RankTask;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What communicators must do over every transport: lifetimes, agreement, deadlines, misuse. */
@Timeout(60)
public abstract class CommunicatorConformance extends ConformanceTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final DataType TYPE = DataType.INT32;

    /** As {@link ConformanceTest}. */
    protected CommunicatorConformance(TransportSpec transport, Supplier<List<String>> leftBehind) {
        super(transport, leftBehind);
    }

    /** Ranks that yield: tests share their cores with whatever else runs, and are about results, not time. */
    private static CommunicatorConfig config() {
        return new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD);
    }

    private void run(int size, RankTask task) {
        ThreadRanks.run(Job.create(size, transport(), config()), task);
    }

    private FabricException runAndFail(int size, RankTask task) {
        Job job = Job.create(
                size, transport(), config().withTimeout(SHORT));
        return assertThrows(FabricException.class, () -> ThreadRanks.run(job, task));
    }

    private static Algorithm algorithm(Collective collective, String name) {
        return Algorithms.named(collective, name).orElseThrow();
    }

    private static PlanRequest allReduce(String name, long count, Window window, long outputOffset) {
        return PlanRequest.of(
                algorithm(Collective.ALL_REDUCE, name), TYPE, ReduceOp.SUM, count, window.at(0),
                window.at(outputOffset));
    }

    @Test
    void shouldLetNoRankLeaveABarrierBeforeAllHaveEntered() {
        int size = 5;
        AtomicInteger entered = new AtomicInteger();
        run(size, comm -> {
            for (int round = 1; round <= 50; round++) {
                entered.incrementAndGet();
                comm.barrier();
                assertTrue(entered.get() >= round * size, "left early in round " + round);
                comm.barrier();
            }
        });
    }

    @Test
    void shouldReturnAtOnceFromACallWithoutElements() {
        run(3, comm -> {
            Window window = comm.allocate(64);
            Plan plan = comm.plan(allReduce("ring", 0, window, 32));
            if (comm.rank() == 0) {
                plan.execute(); // alone: would wait for ever if it took part in anything
            }
            comm.barrier();
        });
    }

    @Test
    void shouldGrowScratchWhilePlansOfBeforeStayUsable() {
        run(3, comm -> {
            Window window = comm.allocate(4 << 20);
            Plan small = comm.plan(allReduce("one-shot", 10, window, 2 << 20));
            Plan large = comm.plan(allReduce("one-shot", 400_000, window, 2 << 20));
            for (int call = 0; call < 12; call++) {
                for (Plan plan : List.of(small, large, small)) {
                    int count = (int) plan.shape().count();
                    for (int i : new int[] {0, count - 1}) {
                        window.segment().setAtIndex(ValueLayout.JAVA_INT, i, comm.rank() + call + i);
                    }
                    plan.execute();
                    for (int i : new int[] {0, count - 1}) {
                        assertEquals(
                                3 + 3 * (call + i), window.segment().get(ValueLayout.JAVA_INT, (2 << 20) + 4L * i));
                    }
                }
            }
            small.close();
            large.close();
            window.close();
        });
    }

    @Test
    void shouldKeepCallsApartThatDoNotSynchronise() {
        run(4, comm -> {
            Window window = comm.allocate(1 << 16);
            PlanRequest request = PlanRequest.of(
                    algorithm(Collective.BROADCAST, "binomial"), TYPE, null, 100, window.at(0), window.at(4096));
            Plan[] plans = {comm.plan(request), comm.plan(request.withRoot(2))};
            for (int call = 0; call < 500; call++) {
                int root = call % 2 * 2;
                window.segment().set(ValueLayout.JAVA_INT, 99 * 4, comm.rank() == root ? 1000 + call : -1);
                plans[call % 2].execute();
                assertEquals(1000 + call, window.segment().get(ValueLayout.JAVA_INT, 4096 + 99 * 4), "call " + call);
            }
            comm.barrier();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void shouldNotOverwriteWhatASlowRankHasNotReadYet(int count) {
        int calls = 40;
        AtomicInteger made = new AtomicInteger();
        run(2, comm -> {
            Window window = comm.allocate(1 << 12);
            Plan plan = comm.plan(
                    PlanRequest.of(new EagerBroadcast(), TYPE, null, count, window.at(0), window.at(1024)));
            long last = 4L * count - 4;
            for (int call = 0; call < calls; call++) {
                if (comm.rank() == 0) {
                    window.segment().set(ValueLayout.JAVA_INT, last, 1000 + call);
                } else {
                    for (int i = 0; i < 1000 && made.get() < calls; i++) {
                        Thread.yield(); // let the root run as far ahead as it may
                    }
                }
                plan.execute();
                made.incrementAndGet();
                assertEquals(1000 + call, window.segment().get(ValueLayout.JAVA_INT, 1024 + last), "call " + call);
            }
        });
    }

    @Test
    void shouldKeepFewerLanesWhenScratchIsLarge() {
        Job job = Job.create(3, transport(), config().withLargeScratch(100_000));
        ThreadRanks.run(job, comm -> {
            Window window = comm.allocate(1 << 18);
            Plan small = comm.plan(allReduce("one-shot", 10, window, 1 << 17));
            Plan large = comm.plan(allReduce("one-shot", 20_000, window, 1 << 17));
            for (int call = 0; call < 20; call++) {
                for (Plan plan : List.of(large, small)) {
                    window.segment().setAtIndex(ValueLayout.JAVA_INT, 9, comm.rank() + call);
                    plan.execute();
                    assertEquals(3 + 3 * call, window.segment().get(ValueLayout.JAVA_INT, (1 << 17) + 36));
                }
            }
        });
    }

    @Test
    void shouldEndAllRanksWithTheSameFactsWhenOneIsSilent() {
        Failure[] seen = new Failure[3];
        CountDownLatch ended = new CountDownLatch(2);
        FabricException thrown = runAndFail(3, comm -> {
            Window window = comm.allocate(1024);
            Plan plan = comm.plan(allReduce("one-shot", 1, window, 512));
            if (comm.rank() == 1) {
                ended.await(); // never enters the call
                return;
            }
            try {
                plan.execute();
            } catch (FabricException e) {
                seen[comm.rank()] = e.failure();
                assertEquals(
                        e.failure(), assertThrows(FabricException.class, plan::execute).failure(), "and stays ended");
                throw e;
            } finally {
                ended.countDown();
            }
        });
        assertNotNull(seen[0]);
        assertEquals(seen[0], seen[2]);
        assertEquals(seen[0], thrown.failure());
        assertEquals(Category.LINK_LOST, seen[0].category());
        assertEquals(1, seen[0].peer());
        assertTrue(seen[0].elapsedNanos() >= SHORT.toNanos(), seen[0].facts());
        assertTrue(
                seen[0].what()
                        .matches("rank [02] waited 0\\.\\d s for rank 1 at step \\d+ \\(await signal 0\\) over .*"),
                seen[0].what());
    }

    @Test
    void shouldEndAllRanksWhenOneFailsInItsOwnCode() {
        IllegalStateException own = new IllegalStateException("of rank 2");
        Failure[] seen = new Failure[3];
        CountDownLatch othersAreThere = new CountDownLatch(2);
        IllegalStateException thrown = assertThrows(
                IllegalStateException.class,
                () -> run(3, comm -> {
                    if (comm.rank() == 2) {
                        othersAreThere.await();
                        throw own;
                    }
                    othersAreThere.countDown();
                    try {
                        comm.barrier();
                    } catch (FabricException e) {
                        seen[comm.rank()] = e.failure();
                        throw e;
                    }
                }));
        assertSame(own, thrown);
        assertEquals(Category.RANK_FAILED, seen[0].category());
        assertEquals(2, seen[0].rank());
        assertTrue(seen[0].what().contains("of rank 2"), seen[0].what());
        assertEquals(seen[0], seen[1]);
    }

    @Test
    void shouldEndAllRanksWhenOneIsInterrupted() {
        CountDownLatch ended = new CountDownLatch(1);
        Failure[] seen = new Failure[2];
        FabricException thrown = assertThrows(
                FabricException.class,
                () -> run(2, comm -> {
                    if (comm.rank() == 0) {
                        Thread.currentThread().interrupt();
                    } else {
                        ended.await(); // so that rank 0 has to wait
                    }
                    try {
                        comm.barrier(); // rank 0 has entered this one when it notices
                        comm.barrier();
                    } catch (FabricException e) {
                        seen[comm.rank()] = e.failure();
                        throw e;
                    } finally {
                        ended.countDown();
                    }
                }));
        assertEquals(Category.INTERRUPTED, thrown.failure().category());
        assertEquals(thrown.failure(), seen[0]);
        assertEquals(thrown.failure(), seen[1]);
    }

    @Test
    void shouldNoticeWhenRanksPlanDifferentCalls() {
        Failure[] seen = new Failure[2];
        runAndFail(2, comm -> {
            Window window = comm.allocate(1024);
            try {
                comm.plan(allReduce("ring", 10 + comm.rank(), window, 512));
            } catch (FabricException e) {
                seen[comm.rank()] = e.failure();
                throw e;
            }
        });
        for (Failure failure : seen) {
            assertNotNull(failure);
            assertEquals(Category.PROGRAM_WRONG, failure.category());
            assertTrue(failure.what().contains("plans another call"), failure.what());
        }
    }

    @Test
    void shouldRefuseBuffersThatDoNotFit() {
        run(2, comm -> {
            Window window = comm.allocate(1024);
            assertRefused("ends behind its window of 1024 bytes", () -> comm.plan(allReduce("ring", 2, window, 1020)));
            assertRefused("overlaps", () -> comm.plan(allReduce("ring", 128, window, 508)));
            assertRefused("overlaps", () -> comm.plan(allReduce("ring", 2, window, 4)));
            assertRefused("offset=1025", () -> window.at(1025));
            assertRefused("does not fit all-reduce", () -> PlanRequest.of(
                    algorithm(Collective.ALL_REDUCE, "ring"), TYPE, null, 1, window.at(0), window.at(512)));
            comm.plan(allReduce("ring", 128, window, 512)).execute(); // and goes on working
        });
    }

    private static void assertRefused(String part, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void shouldKeepAWindowOpenAsLongAsAPlanUsesIt() {
        run(2, comm -> {
            Window window = comm.allocate(1024);
            Plan plan = comm.plan(allReduce("ring", 8, window, 512));
            assertThrows(IllegalStateException.class, window::close);
            plan.execute();
            plan.close();
            plan.close();
            assertThrows(IllegalStateException.class, plan::execute);
            window.close();
            window.close();
            assertThrows(IllegalStateException.class, () -> comm.plan(allReduce("ring", 8, window, 512)));
            assertThrows(IllegalStateException.class, () -> window.segment().get(ValueLayout.JAVA_BYTE, 0));
        });
    }

    @Test
    void shouldRefuseAnotherThread() {
        run(1, comm -> {
            AtomicInteger refused = new AtomicInteger();
            Thread other = Thread.ofPlatform().start(() -> {
                assertThrows(IllegalStateException.class, comm::barrier);
                refused.incrementAndGet();
            });
            other.join();
            assertEquals(1, refused.get());
        });
    }

    @Test
    void shouldTellWhichAlgorithmAPlanRuns() {
        run(2, comm -> {
            Window window = comm.allocate(1024);
            Plan plan = comm.plan(allReduce("rabenseifner", 4, window, 512));
            assertEquals("rabenseifner", plan.algorithm());
            assertEquals(4, plan.shape().count());
            assertEquals(Optional.of(Collective.ALL_REDUCE), Collective.named(plan.shape().collective().label()));
        });
    }

    @Test
    void shouldNameRankPeerAndElapsedInTheFacts() {
        FabricException thrown = runAndFail(2, comm -> {
            if (comm.rank() == 1) {
                comm.barrier();
            } else {
                assertInstanceOf(Communicator.class, comm);
                Thread.currentThread().join(4 * SHORT.toMillis()); // longer than the peer is patient
            }
        });
        String facts = thrown.failure().facts();
        assertTrue(
                facts.matches("category=link-lost rank=1 peer=0 step=1 transport=\\S+ elapsed=0\\.\\ds"), facts);
    }
}
