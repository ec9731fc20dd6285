package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.Staged;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.RegistrationCounters;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every algorithm of the catalogue on private memory, checked bit by bit, as {@link CollectiveConformance} does it in windows. Calls of
 * one plan come on memory of every kind in turn: of an arena that is closed behind them, of one that stays, of one that
 * threads share, and on arrays. Whether a transport copies all of it or registers some, results are the same.
 */
@Timeout(120)
public abstract class PrivateMemoryConformance extends ConformanceTest {
    private final boolean registers;

    /**
     * As {@link ConformanceTest}.
     *
     * @param registers whether the transport has a {@linkplain org.fabricmark.transport.Transport#registrar registrar}
     */
    protected PrivateMemoryConformance(
            TransportSpec transport, Supplier<List<String>> leftBehind, boolean registers) {
        super(transport, leftBehind);
        this.registers = registers;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 13})
    void shouldComputeEveryCollectiveByEveryAlgorithmOnPrivateMemory(int size) {
        runAll(size, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8})
    @Tag("slow")
    @Timeout(1200)
    void shouldComputeEveryCollectiveByEveryAlgorithmForEveryTypeAndOperationOnPrivateMemory(int size) {
        runAll(size, Integer.MAX_VALUE);
    }

    private void runAll(int size, int sample) {
        List<CollectiveCase> cases = CollectiveConformance.cases(size, sample).stream()
                .filter(each -> each.algorithm().collective().movesData()).toList();
        assertTrue(cases.size() > 20, "cases are missing: " + cases.size());
        long bytes = cases.stream().mapToLong(c -> c.windowBytes(size)).max().orElseThrow();
        CommunicatorConfig config = new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD);
        ThreadRanks.run(Job.create(size, transport(), config), comm -> {
            Window window = comm.allocate(bytes);
            try (Arena own = Arena.ofConfined(); Arena shared = Arena.ofShared()) {
                List<MemorySegment> stay = List.of(
                        own.allocate(bytes, 64), shared.allocate(bytes, 64), own.allocate(bytes, 64),
                        MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]));
                for (CollectiveCase one : cases) {
                    run(comm, one, window, stay);
                }
            }
            check(comm, cases.size());
        });
    }

    private static void run(Communicator comm, CollectiveCase one, Window window, List<MemorySegment> stay) {
        try (Staged call = Staged.plan(comm, one.request(comm, window))) {
            int number = 0;
            long bytes = one.windowBytes(comm.size());
            for (int round = 0; round < 2; round++) {
                for (MemorySegment memory : stay) {
                    one.execute(call, comm, memory.asSlice(0, bytes), number++);
                }
                try (Arena once = Arena.ofConfined()) { // what it had is likely to be mapped again
                    one.execute(call, comm, once.allocate(bytes, 64), number++);
                }
            }
        }
    }

    private void check(Communicator comm, int cases) {
        assertEquals(registers, comm.registrations().isPresent());
        if (registers) {
            RegistrationCounters counters = comm.registrations().orElseThrow();
            assertTrue(counters.lookups() > cases / 4, counters + " for " + cases + " cases"); // short ones may travel inline
            assertTrue(counters.registrations() > 0, counters.toString());
            assertTrue(counters.hits() > 0, counters.toString());
            assertTrue(counters.invalidations() > 0, counters.toString());
        }
    }
}
