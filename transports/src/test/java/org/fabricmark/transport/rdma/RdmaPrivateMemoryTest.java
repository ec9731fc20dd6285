package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.RankTask;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Staged;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.PrivateRegion;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.RegistrationCounters;
import org.fabricmark.transport.Registrar;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.host.Leftovers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Private memory that verbs reach where it is: what is looked up, what is registered, and what is left. */
@Timeout(60)
class RdmaPrivateMemoryTest {
    private static final int COUNT = 1000;
    private static final long BYTES = 4L * COUNT;

    @AfterEach
    void shouldLeaveNothing() {
        assertEquals(List.of(), Leftovers.ofThisProcess());
    }

    private static void run(String spec, RankTask task) {
        CommunicatorConfig config = new CommunicatorConfig(Duration.ofSeconds(20), Waiting.YIELD);
        ThreadRanks.run(Job.create(2, TransportSpec.parse(spec), config), task);
    }

    private static PlanRequest request(Window window, Collective collective, String algorithm) {
        return PlanRequest.of(
                Algorithms.named(collective, algorithm).orElseThrow(), DataType.INT32,
                collective.reduces() ? ReduceOp.SUM : null, COUNT, window.at(0), window.at(4 * BYTES));
    }

    private static RegistrationCounters counters(Communicator comm) {
        return comm.registrations().orElseThrow();
    }

    private static void fill(MemorySegment memory, int value) {
        for (int i = 0; i < COUNT; i++) {
            memory.setAtIndex(ValueLayout.JAVA_INT, i, value);
        }
    }

    /** The put itself: from memory that was never copied, and only its owner has a key to it. */
    @Test
    void shouldPutFromPrivateMemoryAndGetIntoIt() {
        Job job = Job.create(2, TransportSpec.parse("rdma?inline=0"));
        Thread other = Thread.ofPlatform().start(() -> putAndGet(job, 1));
        putAndGet(job, 0);
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void putAndGet(Job job, int rank) {
        try (Transport transport = job.open(rank); Arena arena = Arena.ofConfined()) {
            Region region = transport.allocate(2 * BYTES);
            SignalTable signals = transport.allocateSignals(1);
            Registrar registrar = transport.registrar().orElseThrow();
            PrivateRegion source = registrar.region(BYTES);
            MemorySegment memory = arena.allocate(3 * BYTES, 64);
            fill(memory.asSlice(BYTES), 7 + rank);
            assertTrue(source.place(memory.asSlice(BYTES, BYTES)));
            assertEquals(memory.address() + BYTES, source.address());
            int peer = 1 - rank;
            assertTrue(transport.putAndNotify(
                    peer, 0, source.reference(0), region.reference(0), BYTES, signals.outgoing(peer, 0), 1, false));
            while (!transport.arrived(signals.incoming(peer, 0), 1) || !transport.flushed(0)) {
                transport.progress();
            }
            assertEquals(7 + peer, region.segment().getAtIndex(ValueLayout.JAVA_INT, COUNT - 1));
            source.release();
            assertTrue(source.place(memory)); // elsewhere, under the same references
            assertTrue(transport.get(peer, 0, region.reference(4), source.reference(0), BYTES - 4));
            while (!transport.flushed(0)) {
                transport.progress();
            }
            assertEquals(7 + rank, memory.getAtIndex(ValueLayout.JAVA_INT, COUNT - 2));
            source.release();
            assertEquals(new RegistrationCounters(2, 0, 2, 0, 0, 0, 2 * BYTES), registrar.counters());
        }
    }

    /** Lookups of three calls, of which the first misses. */
    @ParameterizedTest
    @CsvSource({"ALL_REDUCE, one-shot, 2", "ALL_REDUCE, ring, 1", "ALL_REDUCE, two-shot, 0", "ALL_GATHER, bruck, 2",
        "ALL_GATHER, ring, 1", "ALL_GATHER, direct, 1", "REDUCE_SCATTER, ring, 2"})
    void shouldLeaveBuffersWhereTheyAreThatNoPeerTouches(Collective collective, String algorithm, int buffers) {
        run("rdma", comm -> {
            try (Window window = comm.allocate(8 * BYTES); Arena arena = Arena.ofConfined()) {
                MemorySegment input = arena.allocate(2 * BYTES);
                MemorySegment output = arena.allocate(2 * BYTES);
                try (Staged call = Staged.plan(comm, request(window, collective, algorithm))) {
                    for (int i = 0; i < 3; i++) {
                        call.execute(input, output);
                    }
                }
                RegistrationCounters counters = counters(comm);
                assertEquals(3L * buffers, counters.lookups());
                assertEquals(2L * buffers, counters.hits());
                assertEquals(buffers, counters.registrations());
                assertEquals(0, counters.refusals());
            }
        });
    }

    @Test
    void shouldHaveNoRegistrarWhereItIsSwitchedOff() {
        run("rdma?registration=staged", comm -> assertFalse(comm.registrations().isPresent()));
    }

    /** A window is private memory too for a call that has other windows; and it can be closed before the call is. */
    @Test
    void shouldLetAWindowGoThatWasUsedAsPrivateMemory() {
        run("rdma", comm -> {
            Window window = comm.allocate(8 * BYTES);
            Window used = comm.allocate(8 * BYTES);
            try (Staged call = Staged.plan(comm, request(window, Collective.ALL_REDUCE, "one-shot"))) {
                for (int round = 0; round < 3; round++) {
                    MemorySegment input = used.segment().asSlice(0, BYTES);
                    fill(input, comm.rank() + round);
                    call.execute(input, used.segment().asSlice(BYTES, BYTES));
                    assertEquals(1 + 2 * round, used.segment().getAtIndex(ValueLayout.JAVA_INT, 2 * COUNT - 1));
                    used.close();
                    used = comm.allocate(8 * BYTES);
                }
                assertEquals(6, counters(comm).registrations());
                assertEquals(6, counters(comm).invalidations());
                assertEquals(0, counters(comm).bytes());
            }
        });
    }

    /** Before it throws: the caller may free its memory then, and a transfer that nobody has waited for must not find other memory. */
    @Test
    void shouldDeregisterWhatACallUsedThatFailed() {
        AtomicReference<RegistrationCounters> left = new AtomicReference<>();
        assertThrows(IllegalStateException.class, () -> run("rdma", comm -> {
            Window window = comm.allocate(8 * BYTES);
            Staged call = Staged.plan(comm, request(window, Collective.ALL_REDUCE, "one-shot"));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment input = arena.allocate(BYTES);
                MemorySegment output = arena.allocate(BYTES);
                call.execute(input, output);
                if (comm.rank() == 1) {
                    throw new IllegalStateException("rank 1 has had enough");
                }
                try {
                    call.execute(input, output);
                } finally {
                    left.set(counters(comm));
                }
            }
        }));
        assertEquals(new RegistrationCounters(4, 2, 2, 0, 2, 0, 0), left.get());
    }

    @Test
    void shouldCopyWhatDoesNotFitBesideWhatIsInUse() {
        run("rdma?ranges=1", comm -> {
            try (Window window = comm.allocate(8 * BYTES); Arena arena = Arena.ofConfined()) {
                MemorySegment input = arena.allocate(BYTES);
                MemorySegment output = arena.allocate(BYTES);
                try (Staged call = Staged.plan(comm, request(window, Collective.ALL_REDUCE, "one-shot"))) {
                    for (int i = 1; i <= 3; i++) {
                        fill(input, i);
                        call.execute(input, output);
                        assertEquals(2 * i, output.getAtIndex(ValueLayout.JAVA_INT, COUNT - 1));
                    }
                }
                assertEquals(new RegistrationCounters(6, 2, 1, 0, 0, 3, BYTES), counters(comm));
            }
        });
    }
}
