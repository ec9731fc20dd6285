package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Tunable;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every algorithm of the catalogue with real data over the transport under test, checked bit by bit. Thresholds are so small
 * that some hundred bytes take every path. By default each algorithm, count and placement runs with one of the types and
 * operations, drawn by the seed; the tag {@code slow} runs them all.
 */
@Timeout(120)
public abstract class CollectiveConformance extends ConformanceTest {
    private static final Tuning SMALL = new Tuning(64, 4, 40);
    private static final int CALLS = 3;
    private static final int SAMPLE = 1;
    private static final long SEED = Seeds.next();

    /** As {@link ConformanceTest}. */
    protected CollectiveConformance(TransportSpec transport, Supplier<List<String>> leftBehind) {
        super(transport, leftBehind);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16})
    void shouldComputeEveryCollectiveByEveryAlgorithm(int size) {
        runAll(size, cases(size, SAMPLE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16})
    @Tag("slow")
    @Timeout(1200)
    void shouldComputeEveryCollectiveByEveryAlgorithmForEveryTypeAndOperation(int size) {
        runAll(size, cases(size, Integer.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void shouldKeepCallsOfDifferentAlgorithmsApart(int size) {
        List<CollectiveCase> cases = new ArrayList<>(cases(size, 1));
        ThreadRanks.run(job(size), comm -> runMixed(comm, cases));
    }

    /** Ranks that yield: tests share their cores with whatever else runs. */
    private Job job(int size) {
        return Job.create(
                size, transport(), new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD));
    }

    private void runAll(int size, List<CollectiveCase> cases) {
        assertTrue(cases.size() > 20, "cases are missing: " + cases.size());
        long bytes = cases.stream().mapToLong(c -> c.windowBytes(size)).max().orElseThrow();
        ThreadRanks.run(job(size), comm -> {
            Window window = comm.allocate(bytes);
            for (CollectiveCase one : cases) {
                try (Plan plan = one.plan(comm, window)) {
                    for (int call = 0; call < CALLS; call++) {
                        one.execute(plan, comm, window, call);
                    }
                }
            }
        });
    }

    /** Calls with every root, in a row and among others. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void shouldKeepRootedCallsApartWithoutABarrierBetweenThem(int size) {
        List<CollectiveCase> cases = rooted(size);
        assertTrue(cases.size() >= 3 * size, "cases are missing: " + cases.size());
        ThreadRanks.run(job(size), comm -> {
            Window window = comm.allocate(cases.stream().mapToLong(c -> c.windowBytes(size)).max().orElseThrow());
            for (CollectiveCase one : cases) {
                try (Plan plan = one.plan(comm, window)) {
                    for (int call = 0; call < 4 * CALLS; call++) {
                        one.execute(plan, comm, window, call);
                    }
                }
            }
        });
    }

    /** Every rooted algorithm with every root. */
    private static List<CollectiveCase> rooted(int size) {
        List<CollectiveCase> rooted = new ArrayList<>();
        for (Algorithm algorithm : Algorithms.all()) {
            for (int root = 0; algorithm.collective().rooted() && root < size; root++) {
                ReduceOp op = algorithm.collective().reduces() ? ReduceOp.SUM : null;
                rooted.add(new CollectiveCase(
                        algorithm, DataType.FLOAT, op, 67, root, root % 2 == 1, SMALL, SEED));
            }
        }
        return rooted;
    }

    /** Calls of some dozen plans in an order that the seed decides, without anything between them; rooted ones with every root. */
    private static void runMixed(Communicator comm, List<CollectiveCase> cases) {
        Random random = new Random(SEED);
        long bytes = cases.stream().mapToLong(c -> c.windowBytes(comm.size())).max().orElseThrow();
        List<Window> windows = new ArrayList<>();
        List<Plan> plans = new ArrayList<>();
        List<CollectiveCase> chosen = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            chosen.add(cases.get(random.nextInt(cases.size())));
        }
        chosen.addAll(rooted(comm.size()));
        for (CollectiveCase one : chosen) {
            Window window = comm.allocate(bytes);
            windows.add(window);
            plans.add(one.plan(comm, window));
        }
        for (int call = 0; call < 600; call++) {
            int i = random.nextInt(chosen.size());
            chosen.get(i).execute(plans.get(i), comm, windows.get(i), call);
        }
    }

    /** Cases of every algorithm, {@code sample} for each count and placement. */
    static List<CollectiveCase> cases(int size, int sample) {
        Random random = new Random(SEED + size);
        List<CollectiveCase> cases = new ArrayList<>();
        for (Algorithm algorithm : Algorithms.all()) {
            Set<Long> counts = algorithm.collective().movesData()
                    ? new LinkedHashSet<>(List.of(0L, 1L, size - 1L, (long) size, size + 1L, 15L, 67L, 1000L))
                    : Set.of(0L);
            for (long count : counts) {
                for (boolean inPlace : algorithm.collective().movesData() ? new boolean[] {false, true}
                        : new boolean[1]) {
                    addCases(cases, algorithm, size, count, inPlace, sample, random);
                }
            }
        }
        return cases;
    }

    private static void addCases(
            List<CollectiveCase> cases,
            Algorithm algorithm,
            int size,
            long count,
            boolean inPlace,
            int sample,
            Random random) {
        boolean reduces = algorithm.collective().reduces();
        List<CollectiveCase> all = new ArrayList<>();
        for (DataType type : DataType.values()) {
            for (ReduceOp op : reduces ? Arrays.asList(ReduceOp.values()) : Arrays.asList((ReduceOp) null)) {
                int root = algorithm.collective().rooted() ? random.nextInt(size) : 0;
                boolean divides = algorithm.tunables().contains(Tunable.CHANNELS);
                Tuning tuning = SMALL.withChannels(divides ? 1 + random.nextInt(3) : 1);
                Shape shape = new Shape(
                        algorithm.collective(), size, count, type.bytes(), op == ReduceOp.AVG, root, inPlace, tuning);
                if (algorithm.refusal(shape).isEmpty()) {
                    all.add(new CollectiveCase(algorithm, type, op, count, root, inPlace, tuning, SEED));
                }
            }
        }
        for (int i = 0; i < sample && !all.isEmpty(); i++) {
            cases.add(all.remove(random.nextInt(all.size())));
        }
    }
}
