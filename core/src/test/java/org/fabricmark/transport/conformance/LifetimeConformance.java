package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Communicators that are made, used and closed, many in a row, leave the process as it was. */
public abstract class LifetimeConformance extends ConformanceTest {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int RANKS = 3;

    /** Until class loading, compilation and the heap's own growth have settled. */
    private static final int WARM_UP = 60;

    /** What the JVM may keep for itself, whatever the number of communicators: 4 KiB for each of a thousand. */
    private static final long HEAP_BOUND = 4 << 20;

    /** Parts of the heap and of the code cache that are touched for the first time count too. A region that leaks is 1.5 MiB. */
    private static final long RESIDENT_BOUND = 128 << 20;

    /** Everything that could leak. Resident bytes and descriptors are 0 where there is no such file system. */
    private record Resources(long heap, long resident, int threads, int descriptors, List<String> left) {
        @Override
        public String toString() {
            return "heap %.1f MiB, resident %.1f MiB, %d threads, %d descriptors, left %s"
                    .formatted(heap / 1048576.0, resident / 1048576.0, threads, descriptors, left);
        }
    }

    /** As {@link ConformanceTest}. */
    protected LifetimeConformance(TransportSpec transport, Supplier<List<String>> leftBehind) {
        super(transport, leftBehind);
    }

    @Test
    @Timeout(120)
    void shouldLeaveTheProcessAsItWas() throws IOException {
        check(100);
    }

    @Test
    @Tag("stress")
    @Timeout(1200)
    void shouldLeaveTheProcessAsItWasAfterAThousand() throws IOException {
        check(1000);
    }

    private void check(int communicators) throws IOException {
        repeat(WARM_UP);
        Resources before = resources();
        repeat(communicators);
        Resources after = resources();
        System.out.println(communicators + " communicators of " + RANKS + " ranks over " + transport() + ": before "
                + before + "; after " + after);
        assertEquals(List.of(), after.left());
        assertEquals(before.threads(), after.threads(), "threads");
        assertEquals(before.descriptors(), after.descriptors(), "descriptors");
        assertTrue(after.heap() - before.heap() < HEAP_BOUND, "heap: " + before + " " + after);
        assertTrue(after.resident() - before.resident() < RESIDENT_BOUND, "resident: " + before + " " + after);
    }

    private void repeat(int communicators) {
        for (int i = 0; i < communicators; i++) {
            CommunicatorConfig config = new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD);
            ThreadRanks.run(Job.create(RANKS, transport(), config), LifetimeConformance::use);
        }
    }

    private static void use(Communicator comm) {
        Window window = comm.allocate(1 << 16);
        Plan plan = comm.plan(
                PlanRequest.of(
                        Algorithms.named(Collective.ALL_REDUCE, "ring").orElseThrow(),
                        DataType.FLOAT, ReduceOp.SUM, 1000, window.at(0), window.at(1 << 15)));
        plan.execute();
        comm.allocate(100); // left open, as plan and window are: the communicator closes them
    }

    private Resources resources() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) { // references of the last jobs are cleared one collection later
            System.gc();
            heap = Math.min(heap, runtime.totalMemory() - runtime.freeMemory());
        }
        return new Resources(heap, resident(), ranks(), descriptors(), leftBehind());
    }

    private static int ranks() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isVirtual())
                .count();
    }

    private static long resident() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static int descriptors() throws IOException {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return (int) open.count();
        }
    }
}
