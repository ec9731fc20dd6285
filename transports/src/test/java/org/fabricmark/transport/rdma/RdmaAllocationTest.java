package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLongArray;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Staged;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.memory.PrivateMemory;
import org.fabricmark.transport.RegistrationCounters;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Posting, polling, credits and flushes make no objects, once they are compiled. */
@Timeout(60)
class RdmaAllocationTest {
    private static final int CALLS = 20_000;
    private static final int MOST_BATCHES = 200;

    @ParameterizedTest
    @ValueSource(strings = {"rdma", "rdma?signal=counter", "rdma?depth=8&inline=0"})
    void shouldAllocateNothingInACallAfterWarmUp(String spec) {
        CommunicatorConfig config = CommunicatorConfig.forRanks(2).withWaiting(Waiting.YIELD);
        AtomicLongArray allocated = new AtomicLongArray(2);
        ThreadRanks.run(Job.create(2, TransportSpec.parse(spec), config), comm -> {
            Window window = comm.allocate(4096);
            Plan plan = comm.plan(PlanRequest.of(
                    Algorithms.named(Collective.ALL_GATHER, "ring").orElseThrow(),
                    DataType.FLOAT, null, 64, window.at(0), window.at(2048)));
            long most = Long.MAX_VALUE;
            for (int batch = 0; most > CALLS / 10 && batch < MOST_BATCHES; batch++) { // until the compilers are done
                allocated.set(comm.rank(), bytesOf(plan));
                comm.barrier();
                most = Math.max(allocated.get(0), allocated.get(1));
                comm.barrier();
            }
            assertTrue(most <= CALLS / 10, most + " bytes in " + CALLS + " calls");
        });
    }

    /** Both buffers are found registered; or each is copied, because it fits into a request. */
    @ParameterizedTest
    @CsvSource({"rdma, 64, 2", "rdma, 4, 0", "rdma?registration=staged, 64, 0"})
    void shouldAllocateNothingInACallOnPrivateMemoryAfterWarmUp(String spec, int count, int registrations) {
        CommunicatorConfig config = CommunicatorConfig.forRanks(2).withWaiting(Waiting.YIELD);
        AtomicLongArray allocated = new AtomicLongArray(2);
        ThreadRanks.run(Job.create(2, TransportSpec.parse(spec), config), comm -> {
            Window window = comm.allocate(4096);
            try (Staged call = Staged.plan(comm, PlanRequest.of(
                    Algorithms.named(Collective.ALL_REDUCE, "recursive-doubling").orElseThrow(),
                    DataType.FLOAT, ReduceOp.SUM, count, window.at(0), window.at(2048)));
                    PrivateMemory inputs = PrivateMemory.allocate(4096);
                    PrivateMemory outputs = PrivateMemory.allocate(4096)) {
                long most = Long.MAX_VALUE;
                for (int batch = 0; most > CALLS / 10 && batch < MOST_BATCHES; batch++) {
                    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < CALLS; i++) {
                        call.execute(inputs.segment(), outputs.segment());
                    }
                    allocated.set(comm.rank(), threads.getCurrentThreadAllocatedBytes() - before);
                    comm.barrier();
                    most = Math.max(allocated.get(0), allocated.get(1));
                    comm.barrier();
                }
                assertTrue(most <= CALLS / 10, most + " bytes in " + CALLS + " calls");
                assertEquals(
                        registrations, comm.registrations().orElse(RegistrationCounters.NONE).registrations());
            }
        });
    }

    private static long bytesOf(Plan plan) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < CALLS; call++) {
            plan.execute();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
