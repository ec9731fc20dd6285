package org.fabricmark.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks that are stopped, run out of memory, or have a double; all others end with the one failure that names the culprit. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "ranks as processes need a POSIX shell and /dev/shm")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RankFaultsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Long enough for JVMs to attach on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final List<String> said = new CopyOnWriteArrayList<>();

    @AfterEach
    void shouldLeaveNothing() throws IOException {
        assertEquals(List.of(), ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList());
        String mark = "-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            assertEquals(List.of(), files.filter(file -> file.toString().contains(mark)).toList());
        }
    }

    private ProcessRanks start(Job job, String work) {
        return ProcessRanks.start(job, 1, RankForTests.class, work, (rank, line) -> said.add(rank + " " + line));
    }

    /** The process of a rank, once it has said so. Rank 0 calls barriers meanwhile if the others do. */
    private String pidOf(int rank, Communicator communicator) {
        while (true) {
            if (communicator != null) {
                communicator.barrier();
            }
            Optional<String> pid = said.stream().filter(line -> line.startsWith(rank + " pid "))
                    .map(line -> line.split(" ")[2])
                    .findFirst();
            if (pid.isPresent()) {
                return pid.get();
            }
            Thread.onSpinWait();
        }
    }

    private static Process shell(String command) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", command).start();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void shouldNameTheRankThatIsStoppedAlsoWhereOthersWaitForEachOther(int stopped) {
        Failure failure = assertThrows(FabricException.class, () -> {
            try (ProcessRanks ranks = start(RankForTests.job(5, SHORT), RankForTests.LOOP)) {
                ThreadRanks.run(ranks.job(), 1, communicator -> {
                    assertEquals(0, shell("kill -STOP " + pidOf(stopped, communicator)).waitFor());
                    RankForTests.loop(communicator);
                });
            }
        }).failure();
        assertEquals(Category.LINK_LOST, failure.category(), failure.what());
        assertEquals(stopped, failure.peer(), failure.what());
        assertTrue(failure.elapsedNanos() >= SHORT.toNanos(), failure.facts());
        assertTrue(failure.what().contains("rank " + stopped), failure.what());
    }

    @Test
    void shouldGoOnWhenAStoppedRankIsContinuedBeforeTheDeadline() throws Exception {
        try (ProcessRanks ranks = start(RankForTests.job(3, LONG), "end")) {
            ThreadRanks.run(ranks.job(), 1, communicator -> {
                communicator.barrier();
                String pid = pidOf(1, null);
                // How long it is stopped does not matter to the test, as long as it is before the deadline.
                Process stop = shell("kill -STOP " + pid + "; sleep 0.3; kill -CONT " + pid);
                communicator.barrier();
                assertEquals(0, stop.waitFor());
            });
            ranks.join();
        }
    }

    @Test
    void shouldEndAllRanksWhenOneRunsOutOfMemory() {
        Failure failure = assertThrows(FabricException.class, () -> {
            try (ProcessRanks ranks = start(RankForTests.job(3, LONG), "rank-2:out-of-memory")) {
                ThreadRanks.run(ranks.job(), 1, communicator -> {
                    communicator.barrier();
                    RankForTests.loop(communicator);
                });
            }
        }).failure();
        assertEquals(Failure.of(Category.RANK_FAILED, 2, "shm",
                "rank 2 ended with java.lang.OutOfMemoryError: Java heap space"), failure);
    }

    @Test
    void shouldEndAllRanksWhenAWindowDoesNotFit() {
        Failure failure = assertThrows(FabricException.class, () -> {
            try (ProcessRanks ranks = start(RankForTests.job(3, LONG), "allocate")) {
                ThreadRanks.run(ranks.job(), 1, communicator -> {
                    communicator.barrier();
                    RankForTests.allocateTooMuch(communicator);
                });
            }
        }).failure();
        assertEquals(Category.NO_ROOM, failure.category(), failure.what());
        assertTrue(failure.what().matches("needs [0-9]+ MiB in /dev/shm, [0-9]+ MiB free: .*"), failure.what());
    }

    /** Both have been started by somebody who counted wrong; one of them claims the number first. */
    @Test
    void shouldEndAllRanksWhenTwoProcessesHaveOneNumber() throws Exception {
        Job job = RankForTests.job(3, LONG);
        CountDownLatch ready = new CountDownLatch(2);
        List<Failure> failures = new CopyOnWriteArrayList<>();
        ChildProcess.Listener listener = new ChildProcess.Listener() {
            @Override
            public void ready(int rank) {
                ready.countDown();
            }

            @Override
            public void failed(Failure failure) {
                failures.add(failure);
            }

            @Override
            public void said(int rank, String line) {
                said.add(line);
            }
        };
        List<ChildProcess> twins = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            twins.add(ChildProcess.start(1, "shm", JvmCommand.of(RankForTests.class), listener));
        }
        try {
            ready.await();
            for (ChildProcess twin : twins) {
                twin.describe(new JobDescription(job, 1, RankForTests.LOOP));
            }
            Failure failure = assertThrows(FabricException.class,
                    () -> ThreadRanks.run(job, 1, RankForTests::loop)).failure();
            assertEquals(Failure.of(Category.PROGRAM_WRONG, 1, "shm", "two ranks have number 1"), failure);
            for (ChildProcess twin : twins) {
                while (!twin.ended(1000)) {
                    Thread.onSpinWait();
                }
            }
            assertEquals(List.of(failure, failure), failures);
        } finally {
            twins.forEach(ChildProcess::kill);
        }
    }
}
