package org.fabricmark.transport.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
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
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each fault does to a job of three ranks that reduce again and again. */
@Timeout(60)
class FaultTransportTest {
    private static final int SIZE = 3;
    private static final int CALLS = 200;
    private static final int COUNT = 100;
    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final int OUTPUT_AT = 1024;

    /** What came of a job: each rank's failure or null, wrong elements of all ranks, and the longest time that any took. */
    private record Outcome(List<Throwable> thrown, long wrong, long nanos) {
        FabricException failure() {
            return assertInstanceOf(FabricException.class, thrown.getFirst(), thrown.toString());
        }
    }

    private static Job job(String faults) {
        return Job.create(
                SIZE, TransportSpec.parse("queue?fault=" + faults),
                new CommunicatorConfig(DEADLINE, Waiting.YIELD));
    }

    /** Runs each rank on a thread that keeps what it threw. */
    private static Outcome run(String faults, String algorithm) {
        Throwable[] thrown = new Throwable[SIZE];
        long[] wrong = new long[SIZE];
        Job job = job(faults);
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int rank = 0; rank < SIZE; rank++) {
            int number = rank;
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try (Communicator comm = job.attach(number)) {
                    try {
                        wrong[number] = reduce(comm, algorithm);
                    } catch (RuntimeException e) {
                        comm.abort(e);
                        throw e;
                    }
                } catch (RuntimeException e) {
                    thrown[number] = e;
                }
            }));
        }
        threads.forEach(FaultTransportTest::join);
        return new Outcome(
                Arrays.asList(thrown), wrong[0] + wrong[1] + wrong[2], System.nanoTime() - start);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long reduce(Communicator comm, String algorithm) {
        Window window = comm.allocate(4096);
        Plan plan = comm.plan(
                PlanRequest.of(
                        Algorithms.named(Collective.ALL_REDUCE, algorithm).orElseThrow(),
                        DataType.INT32, ReduceOp.SUM, COUNT, window.at(0), window.at(OUTPUT_AT)));
        long wrong = 0;
        for (int call = 0; call < CALLS; call++) {
            for (int i = 0; i < COUNT; i++) {
                window.segment().setAtIndex(ValueLayout.JAVA_INT, i, comm.rank() + 7 * call + i);
            }
            plan.execute();
            for (int i = 0; i < COUNT; i++) {
                int got = window.segment().get(ValueLayout.JAVA_INT, OUTPUT_AT + 4L * i);
                wrong += got == 3 + SIZE * (7 * call + i) ? 0 : 1;
            }
        }
        comm.barrier();
        return wrong;
    }

    private static void assertSameFailureWithinDeadline(Outcome outcome) {
        Failure first = outcome.failure().failure();
        for (Throwable each : outcome.thrown()) {
            assertEquals(first, assertInstanceOf(FabricException.class, each).failure());
        }
        assertEquals(Category.LINK_LOST, first.category());
        assertTrue(first.rank() >= 0 && first.peer() >= 0 && first.step() >= 0, first.facts());
        assertTrue(first.elapsedNanos() >= DEADLINE.toNanos(), first.facts());
        assertTrue(first.transport().startsWith("queue?fault="), first.facts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "two-shot", "one-shot", "double-tree", "recursive-doubling"})
    void shouldEndAllRanksWithOneFailureWhenABumpIsLost(String algorithm) {
        assertSameFailureWithinDeadline(run("drop@100:rank1", algorithm));
    }

    @Test
    void shouldLoseABumpAtOnePeerOnlyAlthoughOthersNameTheirCounterAlike() {
        Job job = job("drop@1:rank0");
        boolean[] arrived = new boolean[SIZE];
        List<Thread> threads = new ArrayList<>();
        for (int rank = 0; rank < SIZE; rank++) {
            int number = rank;
            threads.add(Thread.ofPlatform().daemon().start(() -> {
                try (Transport transport = job.open(number)) {
                    SignalTable signals = transport.allocateSignals(1);
                    for (int peer = 1; number == 0 && peer < SIZE; peer++) {
                        assertTrue(transport.notifyPeer(peer, 0, signals.outgoing(peer, 0), 1));
                    }
                    long start = System.nanoTime();
                    while (number > 0 && !arrived[number] && System.nanoTime() - start < DEADLINE.toNanos() / 2) {
                        transport.progress();
                        arrived[number] = transport.arrived(signals.incoming(0, 0), 1);
                    }
                }
            }));
        }
        threads.forEach(FaultTransportTest::join);
        assertFalse(arrived[1], "it was lost");
        assertTrue(arrived[2], "it was not");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disconnect@100:rank1", "disconnect@50:rank0:peer1", "hang@77:rank2", "drop@20-400:rank0"})
    void shouldEndAllRanksWithOneFailureWhenOneFallsSilent(String faults) {
        assertSameFailureWithinDeadline(run(faults, "ring"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay@1/3", "delay@1/10:100us", "delay@1/2:rank1", "delay@40:rank2:2ms"})
    void shouldComputeTheSameWhateverIsLate(String faults) {
        Outcome outcome = run(faults, "ring");
        assertEquals(Arrays.asList(null, null, null), outcome.thrown());
        assertEquals(0, outcome.wrong());
    }

    @Test
    void shouldTakeARepeatedBumpForWhatItIs() {
        Outcome outcome = run("duplicate@1/2:rank1", "one-shot"); // slots of scratch are written once in a call
        assertEquals(Arrays.asList(null, null, null), outcome.thrown());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "two-shot"})
    void shouldDeliverAFlippedBitOfTheData(String algorithm) {
        Outcome outcome = run("corrupt@5:rank1:bytes100", algorithm);
        assertEquals(Arrays.asList(null, null, null), outcome.thrown());
        assertTrue(outcome.wrong() > 0, "nobody saw it");
        assertEquals(outcome.wrong(), run("corrupt@5:rank1:bytes100", algorithm).wrong(), "and again with this seed");
    }

    @Test
    void shouldEndAllRanksWhenOneIsKilled() {
        Outcome outcome = run("kill@60:rank1", "ring");
        for (Throwable each : outcome.thrown()) {
            Failure failure = assertInstanceOf(FabricException.class, each).failure();
            assertEquals(Category.RANK_FAILED, failure.category());
            assertEquals(1, failure.rank());
            assertEquals("rank 1 was killed at its operation 60, by fault 'kill@60:rank1'", failure.what());
        }
    }

    @Test
    void shouldEndAllRanksWhenOneThrows() {
        Outcome outcome = run("throw@60:rank1", "ring");
        IllegalStateException own = assertInstanceOf(IllegalStateException.class, outcome.thrown().get(1));
        assertEquals("rank 1 threw at its operation 60, by fault 'throw@60:rank1'", own.getMessage());
        Failure failure = outcome.failure().failure();
        assertEquals(Category.RANK_FAILED, failure.category());
        assertTrue(failure.what().contains(own.getMessage()), failure.what());
    }

    @Test
    void shouldEndByItselfWhenAllHang() {
        Outcome outcome = run("hang@30", "ring");
        assertNotNull(outcome.failure().failure());
        assertTrue(outcome.nanos() < Duration.ofSeconds(20).toNanos(), "took " + outcome.nanos() + " ns");
    }

    @Test
    void shouldNotPassForARunUnderAFaultThatHasNotHappened() {
        FabricException thrown = assertThrows(
                FabricException.class, () -> ThreadRanks.run(job("drop@100000:rank1"), Communicator::barrier));
        assertTrue(
                thrown.failure().what()
                        .matches("fault 'drop@100000:rank1' has not happened: rank 1 made \\d+ operations of its kind"),
                thrown.getMessage());
    }

    @Test
    void shouldRefuseARankThatDoesNotExistBeforeAnythingIsOpened() {
        assertThrows(IllegalArgumentException.class, () -> job("drop@1:rank3").open(0));
    }

    @Test
    void shouldHaveNoDirectAccess() {
        Job alone = Job.create(1, TransportSpec.parse("queue?fault=delay@1/2"));
        try (Transport transport = alone.open(0)) {
            assertFalse(transport.capabilities(0).isEmpty(), "own memory");
            assertEquals("queue?fault=delay@1/2+seed1", transport.name());
            assertSame(1, transport.pollsPerProgress());
        }
        ThreadRanks.run(Job.create(2, TransportSpec.parse("queue?fault=delay@1/2")), comm -> {
            Window window = comm.allocate(64);
            assertEquals(64, window.bytes());
            assertEquals(Set.of("queue?fault=delay@1/2+seed1"), Set.of(comm.transport()));
        });
    }
}
