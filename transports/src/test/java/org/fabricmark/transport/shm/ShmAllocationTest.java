package org.fabricmark.transport.shm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
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
import org.fabricmark.communicator.Request;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Calls over shared memory make no objects, whether they are executed, or started and overlap. What is not compiled yet may: so
 * some stretch of many calls has to be free of them, not the first. The class runs in a JVM of its own, because one that has met
 * kernels of many types may no longer keep all vectors in registers.
 */
@Timeout(60)
class ShmAllocationTest {
    private static final int CALLS = 20_000;
    private static final int MOST_BATCHES = 200;
    private static final int PLANS = 6;
    private static final int STRETCHES = 40;
    private static final int ROUNDS = 500;

    private final List<Plan> plans = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();

    @Test
    void shouldNotAllocateInCalls() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        CommunicatorConfig config = new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD);
        ThreadRanks.run(Job.create(2, TransportSpec.parse("shm"), config), comm -> {
            ShmAllocationTest own = new ShmAllocationTest();
            own.plan(comm);
            long least = Long.MAX_VALUE;
            for (int stretch = 0; stretch < STRETCHES; stretch++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                own.rounds(comm);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertTrue(least < ROUNDS, least + " bytes in " + ROUNDS * 2 * PLANS + " calls");
        });
    }

    private void plan(Communicator comm) {
        for (int i = 0; i < PLANS; i++) {
            Window window = comm.allocate(1024);
            plans.add(comm.plan(PlanRequest.of(
                    Algorithms.named(Collective.ALL_GATHER, i % 2 == 0 ? "ring" : "direct").orElseThrow(),
                    DataType.FLOAT, null, 20, window.at(0), window.at(512))));
            requests.add(null);
        }
    }

    private void rounds(Communicator comm) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < PLANS; i++) {
                requests.set(i, plans.get(i).start());
            }
            comm.progress();
            for (int i = PLANS - 1; i >= 0; i--) {
                if (!requests.get(i).test()) {
                    requests.get(i).await();
                }
            }
            for (int i = 0; i < PLANS; i++) {
                plans.get(i).execute();
            }
        }
    }

    /** With reduction: vectors that the compiler leaves in objects show here. */
    @Test
    void shouldAllocateNothingInACallAfterWarmUp() {
        CommunicatorConfig config = CommunicatorConfig.forRanks(2).withWaiting(Waiting.YIELD);
        AtomicLongArray allocated = new AtomicLongArray(2);
        ThreadRanks.run(Job.create(2, TransportSpec.parse("shm"), config), comm -> {
            Window window = comm.allocate(4096);
            for (String name : List.of("one-shot", "two-shot", "ring", "double-tree")) {
                Plan plan = comm.plan(PlanRequest.of(
                        Algorithms.named(Collective.ALL_REDUCE, name).orElseThrow(),
                        DataType.FLOAT,
                        ReduceOp.SUM,
                        64,
                        window.at(0),
                        window.at(2048)));
                long most = Long.MAX_VALUE;
                for (int batch = 0; most > CALLS / 10 && batch < MOST_BATCHES; batch++) { // until the compilers are done
                    allocated.set(comm.rank(), bytesOf(plan));
                    comm.barrier();
                    most = Math.max(allocated.get(0), allocated.get(1));
                    comm.barrier();
                }
                assertTrue(most <= CALLS / 10, name + ": " + most + " bytes in " + CALLS + " calls");
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
