package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.collective.Collective;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure.Category;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Kills ranks at random moments. Processes are killed from outside: while they start, attach, allocate, plan, probe, call, and
 * leave. A thread cannot be killed; it ends at a random one of its operations.
 */
@Tag("stress")
@EnabledOnOs(value = OS.LINUX, disabledReason = "ranks as processes need a POSIX shell and /dev/shm")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RankKillStressTest {
    /** Of processes, and as many of threads. */
    private static final int KILLS = 100;

    private static final int RANKS = 3;

    /** Set-up and the first case take fewer operations than this, the whole job takes more. */
    private static final int LAST_OPERATION = 3000;

    /** Some jobs take place in this time, from the first process on. */
    private static final long LATEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final long seed = Long.getLong("fabricmark.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void shouldEndEveryRankWithTheSameFailureAndLeaveNothingWhenAProcessIsKilled() throws Exception {
        System.out.println("fabricmark.seed=" + seed);
        List<BenchmarkCase> cases = new ArrayList<>();
        for (long bytes : new long[] {8, 100_000, 4 << 20}) {
            cases.add(Cases.inProcesses(Cases.allReduce(RANKS, bytes)));
        }
        for (int kill = 0; kill < KILLS; kill++) {
            killProcess(SweepTest.counted(cases, 5, 2, 1, 0), random, "seed " + seed + ", kill " + kill);
        }
    }

    @Test
    void shouldEndEveryRankWithTheSameFailureAndLeaveNothingWhenAThreadDies() throws Exception {
        System.out.println("fabricmark.seed=" + seed);
        for (int kill = 0; kill < KILLS; kill++) {
            int victim = random.nextInt(RANKS);
            int operation = 1 + random.nextInt(LAST_OPERATION);
            String transport = "shm?fault=kill@" + operation + ":rank" + victim;
            List<BenchmarkCase> cases = new ArrayList<>();
            for (long bytes : new long[] {8, 100_000, 1 << 20}) {
                cases.add(Cases.of(Collective.ALL_REDUCE, "auto", transport, RANKS, false, bytes));
            }
            String which = "seed " + seed + ", kill " + kill + " over " + transport;
            try (Sweep sweep = new Sweep()) {
                FabricException failure = assertThrows(FabricException.class,
                        () -> sweep.run(SweepTest.counted(cases, LAST_OPERATION, 2, 1, 0), new SweepTest.Recorder()),
                        which);
                assertEquals(victim, failure.failure().rank(), which + ": " + failure.getMessage());
                assertTrue(failure.failure().what().startsWith(
                        "rank " + victim + " was killed at its operation " + operation + ","),
                        which + ": " + failure.getMessage());
            }
            assertNothingLeft(which);
        }
    }

    private static void killProcess(SweepRequest endless, Random random, String which) throws Exception {
        long moment = (long) (random.nextDouble() * LATEST_NANOS);
        int victim = random.nextInt(2);
        Thread killer = Thread.ofPlatform().start(() -> {
            LockSupport.parkNanos(moment);
            while (!Thread.currentThread().isInterrupted()) {
                // There may be none between two jobs, and one that has reported its good end is missed by nobody: again.
                ProcessHandle.current().children().skip(victim).findFirst().ifPresent(ProcessHandle::destroyForcibly);
                LockSupport.parkNanos(AGAIN_NANOS);
            }
        });
        try (Sweep sweep = new Sweep()) {
            FabricException failure = assertThrows(
                    FabricException.class, () -> sweep.run(endless, new SweepTest.Recorder()), which);
            assertEquals(Category.LINK_LOST, failure.failure().category(), which + ": " + failure.getMessage());
            assertTrue(
                    failure.failure().what()
                            .matches("the process of rank [12] \\(pid [0-9]+\\) was killed by signal 9"),
                    which + ": " + failure.getMessage());
        } finally {
            killer.interrupt();
            killer.join();
        }
        assertNothingLeft(which);
    }

    private static void assertNothingLeft(String which) {
        assertEquals(Map.of(), Cases.ranks(), which);
        assertEquals(0, ProcessHandle.current().children().count(), which);
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            assertEquals(
                    List.of(),
                    files.filter(file -> file.toString().contains("-" + ProcessHandle.current().pid() + "-")).toList(),
                    which);
        } catch (IOException e) {
            throw new AssertionError(which, e);
        }
    }
}
