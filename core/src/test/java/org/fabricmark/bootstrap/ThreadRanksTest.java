package org.fabricmark.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.system.CLibrary;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(30)
class ThreadRanksTest {
    private static final TransportSpec SPEC = TransportSpec.parse("queue");

    private static Job job(int size) {
        return Job.create(size, SPEC, CommunicatorConfig.forRanks(size).withTimeout(Duration.ofSeconds(5)));
    }

    @Test
    void shouldRunEveryRankOnAThreadOfItsOwn() {
        Set<Integer> ranks = ConcurrentHashMap.newKeySet();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ThreadRanks.run(job(4), comm -> {
            ranks.add(comm.rank());
            threads.add(Thread.currentThread());
        });
        assertEquals(Set.of(0, 1, 2, 3), ranks);
        assertEquals(4, threads.size());
        threads.forEach(thread -> assertFalse(thread.isAlive(), thread.getName()));
    }

    @Test
    void shouldLetTheCallerBeARank() {
        Job job = job(3);
        try (ThreadRanks others = ThreadRanks.start(job, 1, Communicator::barrier)) {
            try (Communicator own = job.attach(0)) {
                assertEquals(0, own.rank());
                own.barrier();
            }
            others.join();
        }
    }

    @Test
    void shouldThrowTheFirstFailureAsItIs() {
        AssertionError error = new AssertionError("rank 1 is wrong");
        assertSame(
                error,
                assertThrows(
                        AssertionError.class,
                        () -> ThreadRanks.run(job(3), comm -> {
                            if (comm.rank() == 1) {
                                throw error;
                            }
                            comm.barrier();
                        })));
    }

    @Test
    void shouldWrapACheckedException() {
        IOException cause = new IOException("disk");
        FabricException e = assertThrows(
                FabricException.class,
                () -> ThreadRanks.run(job(2), comm -> {
                    throw cause;
                }));
        assertEquals(Category.RANK_FAILED, e.failure().category());
        assertInstanceOf(IOException.class, e.getCause());
    }

    @Test
    void shouldEndAllRanksWhenOneCannotAttach() {
        Job wrong = new Job("wrong-" + System.nanoTime(), 2, TransportSpec.parse("queue?depth=0"), job(2).config());
        String message = assertThrows(IllegalArgumentException.class, () -> ThreadRanks.run(wrong, comm -> {}))
                .getMessage();
        assertTrue(message.contains("depth"), message);
    }

    @Test
    void shouldEndRanksThatStillRunWhenItIsClosed() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ThreadRanks ranks = ThreadRanks.start(job(2), 0, comm -> {
            threads.add(Thread.currentThread());
            running.countDown();
            while (true) {
                comm.barrier();
            }
        });
        running.await();
        ranks.close();
        threads.forEach(thread -> assertFalse(thread.isAlive(), thread.getName()));
        assertEquals(
                Category.INTERRUPTED,
                assertThrows(FabricException.class, ranks::join).failure().category());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere cores cannot be chosen")
    void shouldKeepRanksOnTheirCoresFromBeforeTheyTouchMemory() {
        List<Integer> ours = CLibrary.allowedCores().orElseThrow();
        Pinning last = new Pinning(List.of(ours.getLast()));
        ThreadRanks.run(job(2).withPinning(last), comm -> assertEquals(last.cores(), CLibrary.allowedCores().get()));
        assertEquals(ours, CLibrary.allowedCores().get(), "only ranks are pinned");
        // The transport that is to be opened does not exist: that is found out after the thread has been pinned.
        Job none = new Job("none", 1, TransportSpec.parse("none"), job(1).config()).withPinning(last);
        Set<List<Integer>> cores = ConcurrentHashMap.newKeySet();
        onThread(() -> {
            assertThrows(IllegalArgumentException.class, () -> none.open(0));
            cores.add(CLibrary.allowedCores().get());
        });
        assertEquals(Set.of(last.cores()), cores);
    }

    private static void onThread(Runnable task) {
        try (var threads = java.util.concurrent.Executors.newSingleThreadExecutor()) {
            threads.submit(task);
        }
    }

    @Test
    void shouldRefuseACoreThatIsNotThere() {
        Job absent = job(2).withPinning(new Pinning(List.of(1 << 20)));
        assertEquals(
                "rank 0 cannot be kept on core 1048576",
                assertThrows(IllegalStateException.class, () -> absent.open(0)).getMessage());
    }

    @Test
    void shouldCountTheCoresThatPinnedRanksMayUse() {
        assertEquals(4, Pinning.NONE.usable(4));
        assertEquals(1, new Pinning(List.of(3, 3)).usable(4));
        assertEquals(2, new Pinning(List.of(0, 1, 2)).usable(2));
    }

    @Test
    void shouldNameEveryJobDifferently() {
        assertNotEquals(job(1).name(), job(1).name());
        assertTrue(job(1).name().matches("[A-Za-z0-9]+-" + ProcessHandle.current().pid() + "-[0-9a-f]{12}"));
    }
}
