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
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure.Category;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Kills ranks at random moments: while they start, attach, allocate, plan, probe, call, and leave. */
@Tag("stress")
@EnabledOnOs(value = OS.LINUX, disabledReason = "ranks as processes need a POSIX shell and /dev/shm")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ProcessKillStressTest {
    private static final int KILLS = 60;

    /** Some jobs take place in this time, from the first process on. */
    private static final long LATEST_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);

    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    @Test
    void shouldEndEveryRankWithTheSameFailureAndLeaveNothing() throws Exception {
        long seed = Long.getLong("fabricmark.seed", System.nanoTime());
        System.out.println("fabricmark.seed=" + seed);
        Random random = new Random(seed);
        List<BenchmarkCase> cases = new ArrayList<>();
        for (long bytes : new long[] {8, 100_000, 4 << 20}) {
            cases.add(Cases.inProcesses(Cases.allReduce(3, bytes)));
        }
        for (int kill = 0; kill < KILLS; kill++) {
            killOne(SweepTest.counted(cases, 5, 2, 1, 0), random, "seed " + seed + ", kill " + kill);
        }
    }

    private static void killOne(SweepRequest endless, Random random, String which) throws Exception {
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
