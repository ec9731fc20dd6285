package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.fault.FaultPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every algorithm at up to five ranks while operations are late at random: in every job others, for the fault decorator draws
 * them from another seed. Calls of all algorithms follow each other without pause in a random order, and every byte of every
 * result is checked. A delay is some polls of the rank that issues, or some microseconds, so that most of the time goes into
 * calls.
 */
public abstract class TimingConformance extends ConformanceTest {
    private static final long SEED = Seeds.next();
    private static final int CALLS = 250;
    private static final List<String> DELAYS = List.of("delay@1/2", "delay@1/5", "delay@1/20:30us", "delay@1/3:rank0");

    /** As {@link ConformanceTest}. */
    protected TimingConformance(TransportSpec transport, Supplier<List<String>> leftBehind) {
        super(transport, leftBehind);
    }

    @Test
    @Timeout(120)
    void shouldComputeTheSameWhateverIsLate() {
        run(2_000);
    }

    @Test
    @Tag("stress")
    @Timeout(3600)
    void shouldComputeTheSameWhateverIsLateForVeryLong() {
        run(Long.getLong("fabricmark.stress.executions", 100_000));
    }

    private void run(long wanted) {
        AtomicLong executions = new AtomicLong();
        int jobs = 0;
        for (long seed = SEED; executions.get() < wanted; seed++, jobs++) {
            int size = 2 + jobs % 4;
            String delays = DELAYS.get(jobs / 4 % DELAYS.size());
            runJob(size, FaultPlan.parse(delays).withSeed(seed & 0xffffff), new Random(seed), executions);
        }
        System.out.printf(
                "adversarial timing over %s: %d executions in %d jobs of 2 to 5 ranks, 0 wrong, fabricmark.seed=%d%n",
                transport(), executions.get(), jobs, SEED);
    }

    private void runJob(int size, FaultPlan delays, Random random, AtomicLong executions) {
        List<CollectiveCase> cases = new ArrayList<>(CollectiveConformance.cases(size, 1));
        assertTrue(cases.size() > 20, "cases are missing: " + cases.size());
        List<Integer> order = random.ints(CALLS, 0, cases.size()).boxed().toList();
        long bytes = cases.stream().mapToLong(each -> each.windowBytes(size)).max().orElseThrow();
        Job job = Job.create(
                size, delays.over(transport()),
                new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD));
        ThreadRanks.run(job, comm -> execute(comm, cases, order, bytes, executions));
    }

    private static void execute(
            Communicator comm, List<CollectiveCase> cases, List<Integer> order, long bytes, AtomicLong executions) {
        Window window = comm.allocate(bytes);
        Plan[] plans = new Plan[cases.size()];
        for (int call = 0; call < order.size(); call++) {
            int chosen = order.get(call);
            if (plans[chosen] == null) {
                plans[chosen] = cases.get(chosen).plan(comm, window);
            }
            cases.get(chosen).execute(plans[chosen], comm, window, call);
            if (comm.rank() == 0) {
                executions.incrementAndGet();
            }
        }
    }
}
