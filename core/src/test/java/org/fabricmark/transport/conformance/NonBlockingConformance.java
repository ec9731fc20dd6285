package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
import org.fabricmark.collective.Tuning;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Request;
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

/** Calls that are started and overlap, over the transport under test: order, data, lifetimes and failures. */
@Timeout(120)
public abstract class NonBlockingConformance extends ConformanceTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final DataType TYPE = DataType.INT32;
    private static final Tuning SMALL = new Tuning(64, 4, 40);
    private static final long SEED = Seeds.next();

    /** As {@link ConformanceTest}. */
    protected NonBlockingConformance(TransportSpec transport, Supplier<List<String>> leftBehind) {
        super(transport, leftBehind);
    }

    private static CommunicatorConfig config() {
        return new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD);
    }

    private void run(int size, RankTask task) {
        ThreadRanks.run(Job.create(size, transport(), config()), task);
    }

    private FabricException runAndFail(int size, RankTask task) {
        Job job = Job.create(size, transport(), config().withTimeout(SHORT));
        return assertThrows(FabricException.class, () -> ThreadRanks.run(job, task));
    }

    /** Plans of all-reduces, each with a window of its own; the first 4 bytes are the input, the next the output. */
    private static List<Plan> allReduces(Communicator comm, int number, List<Window> windows) {
        Algorithm algorithm = Algorithms.named(Collective.ALL_REDUCE, "one-shot").orElseThrow();
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            Window window = comm.allocate(64);
            window.segment().set(ValueLayout.JAVA_INT, 0, 1 + comm.rank() + i);
            windows.add(window);
            plans.add(comm.plan(
                    PlanRequest.of(algorithm, TYPE, ReduceOp.SUM, 1, window.at(0), window.at(Integer.BYTES))));
        }
        return plans;
    }

    /** All cases of the catalogue, and a broadcast in which the root runs as far ahead as it is allowed to. */
    private static List<CollectiveCase> cases(int size) {
        List<CollectiveCase> cases = new ArrayList<>(CollectiveConformance.cases(size, 1));
        for (long count : new long[] {2, 200}) {
            for (int i = 0; i < cases.size() / 10; i++) {
                cases.add(new CollectiveCase(
                        new EagerBroadcast(), TYPE, null, count, i % size, i % 2 == 0, SMALL, SEED));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldComputeWhatIsStartedAndFinishedInOrder(int size) {
        List<CollectiveCase> cases = cases(size);
        run(size, comm -> {
            OverlappingPlans plans = new OverlappingPlans(comm, cases, 24, SEED + size);
            for (int round = 0; round < 10; round++) {
                plans.startAndFinishInOrder();
            }
        });
    }

    /** More calls than there are lanes, and far more than may be under way. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldFinishManyCallsInAnyOrder(int size) {
        List<CollectiveCase> cases = cases(size);
        run(size, comm -> {
            OverlappingPlans plans = new OverlappingPlans(comm, cases, 24, SEED + 10L * size);
            for (int round = 0; round < 10; round++) {
                plans.startAllAndFinishInAnyOrder();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void shouldMixStartedCallsWithExecutedOnesAndBarriers(int size) {
        List<CollectiveCase> cases = cases(size);
        for (int run = 0; run < 4; run++) {
            long seed = SEED + 100L * size + run;
            run(size, comm -> {
                OverlappingPlans plans = new OverlappingPlans(comm, cases, 12, seed);
                for (int act = 0; act < 400; act++) {
                    plans.act();
                }
                plans.finishAll();
            });
        }
    }

    @Test
    void shouldMixThemWithFewerLanesWhenScratchIsLarge() {
        List<CollectiveCase> cases = cases(3);
        ThreadRanks.run(Job.create(3, transport(), config().withLargeScratch(100)), comm -> {
            OverlappingPlans plans = new OverlappingPlans(comm, cases, 12, SEED);
            for (int act = 0; act < 400; act++) {
                plans.act();
            }
            plans.finishAll();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void shouldNotOverwriteWhatASlowRankHasNotReadYet(int count) {
        int calls = 60;
        AtomicInteger made = new AtomicInteger();
        run(2, comm -> {
            List<Window> windows = new ArrayList<>();
            List<Plan> plans = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Window window = comm.allocate(1 << 12);
                windows.add(window);
                plans.add(comm.plan(
                        PlanRequest.of(new EagerBroadcast(), TYPE, null, count, window.at(0), window.at(1024))));
            }
            long last = 4L * count - 4;
            for (int first = 0; first < calls; first += plans.size()) {
                List<Request> requests = new ArrayList<>();
                for (int i = 0; i < plans.size(); i++) {
                    if (comm.rank() == 0) {
                        windows.get(i).segment().set(ValueLayout.JAVA_INT, last, 1000 + first + i);
                    }
                    for (int yields = 0; comm.rank() == 1 && yields < 300 && made.get() < calls; yields++) {
                        Thread.yield(); // let the root run as far ahead as it may
                    }
                    requests.add(plans.get(i).start());
                    made.addAndGet(1 - comm.rank());
                }
                for (int i = plans.size() - 1; i >= 0; i--) {
                    requests.get(i).await();
                    assertEquals(
                            1000 + first + i, windows.get(i).segment().get(ValueLayout.JAVA_INT, 1024 + last));
                }
            }
        });
    }

    @Test
    void shouldBeOverAtOnceWithoutElements() {
        run(3, comm -> {
            Window window = comm.allocate(64);
            Plan plan = comm.plan(PlanRequest.of(
                    Algorithms.named(Collective.ALL_REDUCE, "ring").orElseThrow(), TYPE, ReduceOp.SUM, 0,
                    window.at(0), window.at(32)));
            if (comm.rank() == 0) {
                Request request = plan.start(); // alone: would wait for ever if it took part in anything
                assertTrue(request.test());
                request.await();
                plan.start();
            }
            comm.barrier();
        });
    }

    @Test
    void shouldRefuseToMakeOrClosePlansWhoseCallIsOutstanding() {
        run(2, comm -> {
            List<Window> windows = new ArrayList<>();
            Plan plan = allReduces(comm, 1, windows).getFirst();
            Request request = plan.start();
            assertThrows(IllegalStateException.class, plan::start);
            assertThrows(IllegalStateException.class, plan::execute);
            assertThrows(IllegalStateException.class, plan::close);
            assertThrows(IllegalStateException.class, () -> windows.getFirst().close(), "its plan is open");
            request.await();
            assertTrue(request.test(), "and stays so");
            request.await();
            assertSame(request, plan.start(), "one request for all calls");
            while (!request.test()) {
                Thread.yield();
            }
            plan.close();
            windows.getFirst().close();
            assertThrows(IllegalStateException.class, plan::start);
        });
    }

    @Test
    void shouldNotLetABarrierWaitForCallsThatWereStarted() {
        run(2, comm -> {
            List<Window> windows = new ArrayList<>();
            List<Plan> plans = allReduces(comm, 2, windows);
            Request first = plans.get(0).start();
            comm.barrier();
            Request second = plans.get(1).start();
            comm.barrier();
            second.await();
            first.await();
            assertEquals(3, windows.get(0).segment().get(ValueLayout.JAVA_INT, Integer.BYTES));
            assertEquals(5, windows.get(1).segment().get(ValueLayout.JAVA_INT, Integer.BYTES));
        });
    }

    /** A rank that waits for others to map memory makes no progress; so nobody may need it then. */
    @Test
    void shouldFinishCallsBeforeMemoryIsAllocated() {
        run(3, comm -> {
            List<Window> windows = new ArrayList<>();
            Plan plan = allReduces(comm, 1, windows).getFirst();
            for (int call = 0; call < 20; call++) {
                Request request = plan.start();
                if (comm.rank() == call % 3) {
                    request.await();
                }
                comm.allocate(64).close();
                request.await();
            }
        });
    }

    @Test
    void shouldFinishCallsWhenTheCommunicatorCloses() {
        AtomicInteger right = new AtomicInteger();
        run(3, comm -> {
            List<Window> windows = new ArrayList<>();
            List<Plan> plans = allReduces(comm, 6, windows);
            List<Request> requests = new ArrayList<>();
            plans.forEach(plan -> requests.add(plan.start()));
            if (comm.rank() == 2) {
                requests.forEach(Request::await); // the others are closing meanwhile
                right.set(windows.get(5).segment().get(ValueLayout.JAVA_INT, Integer.BYTES));
            }
        });
        assertEquals(6 + 7 + 8, right.get());
    }

    @Test
    void shouldFailEveryOutstandingRequestWithTheSameFactsWhenARankIsSilent() {
        Failure[] seen = new Failure[3];
        CountDownLatch ended = new CountDownLatch(2);
        FabricException thrown = runAndFail(3, comm -> {
            List<Window> windows = new ArrayList<>();
            List<Plan> plans = allReduces(comm, 6, windows);
            if (comm.rank() == 1) {
                ended.await(); // never starts a call
                return;
            }
            List<Request> requests = new ArrayList<>();
            plans.forEach(plan -> requests.add(plan.start()));
            assertFalse(requests.getFirst().test());
            try {
                requests.get(1).await();
            } catch (FabricException e) {
                seen[comm.rank()] = e.failure();
                for (Request request : requests) {
                    assertEquals(e.failure(), assertThrows(FabricException.class, request::test).failure());
                    assertEquals(e.failure(), assertThrows(FabricException.class, request::await).failure());
                }
                assertEquals(e.failure(), assertThrows(FabricException.class, comm::progress).failure());
                assertEquals(e.failure(), assertThrows(FabricException.class, comm::barrier).failure());
                plans.getFirst().close();
                throw e;
            } finally {
                ended.countDown();
            }
        });
        assertNotNull(seen[0]);
        assertEquals(seen[0], seen[2]);
        assertEquals(seen[0], thrown.failure());
        assertEquals(Category.LINK_LOST, thrown.failure().category());
        assertEquals(1, thrown.failure().peer(), thrown.failure().what());
        assertTrue(thrown.failure().elapsedNanos() >= SHORT.toNanos(), thrown.failure().facts());
    }

    @Test
    void shouldGiveUpAskingWhenARankIsSilent() {
        CountDownLatch ended = new CountDownLatch(1);
        FabricException thrown = runAndFail(2, comm -> {
            Plan plan = allReduces(comm, 1, new ArrayList<>()).getFirst();
            if (comm.rank() == 1) {
                ended.await();
                return;
            }
            Request request = plan.start();
            try {
                while (!request.test()) {
                    Thread.yield();
                }
            } finally {
                ended.countDown();
            }
        });
        assertEquals(Category.LINK_LOST, thrown.failure().category());
        assertTrue(thrown.failure().elapsedNanos() >= SHORT.toNanos(), thrown.failure().facts());
    }

    @Test
    void shouldTellARankThatAsksWhenAnotherFails() {
        IllegalStateException own = new IllegalStateException("of rank 1");
        Failure[] seen = new Failure[2];
        CountDownLatch started = new CountDownLatch(1);
        assertSame(own, assertThrows(IllegalStateException.class, () -> run(2, comm -> {
            Plan plan = allReduces(comm, 1, new ArrayList<>()).getFirst();
            if (comm.rank() == 1) {
                started.await();
                throw own;
            }
            Request request = plan.start();
            started.countDown();
            try {
                while (!request.test()) {
                    Thread.yield();
                }
            } catch (FabricException e) {
                seen[0] = e.failure();
                throw e;
            }
        })));
        assertEquals(Category.RANK_FAILED, seen[0].category());
        assertEquals(1, seen[0].rank());
    }
}
