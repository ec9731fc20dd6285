package org.fabricmark.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes that end, fail, hang, are killed, and lose their launcher; none of them leaves anything. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "ranks as processes need a POSIX shell and /dev/shm")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProcessRanksTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> said = new CopyOnWriteArrayList<>();

    @AfterEach
    void shouldLeaveNothing() throws IOException {
        assertEquals(List.of(), ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList());
        assertEquals(List.of(), Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("rank-"))
                .toList());
        assertEquals(List.of(), sharedFiles("-" + ProcessHandle.current().pid() + "-"));
    }

    private static List<Path> sharedFiles(String mark) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            return files.filter(file -> file.getFileName().toString().matches("fabricmark-.*" + mark + ".*")).toList();
        }
    }

    private ProcessRanks start(Job job, String work) {
        return ProcessRanks.start(job, 1, RankForTests.class, work, (rank, line) -> said.add(rank + " " + line));
    }

    private static void runRankZero(ProcessRanks ranks, RankTask task) {
        ThreadRanks.run(ranks.job(), 1, communicator -> {
            communicator.barrier();
            task.run(communicator);
        });
    }

    /** Runs three ranks of which rank 0 loops, and gives the failure with which all of it ends. */
    private Failure failure(Job job, String work) {
        return assertThrows(FabricException.class, () -> {
            try (ProcessRanks ranks = start(job, work)) {
                runRankZero(ranks, RankForTests::loop);
            }
        }).failure();
    }

    @Test
    void shouldRunToAGoodEndAndPassOnWhatRanksPrint() {
        try (ProcessRanks ranks = start(RankForTests.job(3, LONG), "end")) {
            runRankZero(ranks, communicator -> communicator.barrier());
            ranks.join();
        }
        assertEquals(List.of("1 pid", "2 pid"),
                said.stream().map(line -> line.replaceAll(" [0-9]+$", "")).sorted().toList());
    }

    @Test
    void shouldEndAllRanksWithTheFailureOfOneThatThrows() {
        Failure failure = failure(RankForTests.job(3, LONG), "rank-2:throw");
        assertEquals(Failure.of(Category.RANK_FAILED, 2, "shm",
                "rank 2 ended with java.lang.IllegalStateException: the rank's own\tfault"), failure);
    }

    @Test
    void shouldEndAllRanksWhenOneCannotReadItsWork() {
        Failure failure = failure(RankForTests.job(3, LONG), "rank-1:refuse");
        assertEquals("rank 1 ended with java.lang.IllegalArgumentException: no such work", failure.what());
    }

    @Test
    void shouldEndAllRanksAtOnceWhenOneIsKilled() throws Exception {
        long start = System.nanoTime();
        FabricException failure = assertThrows(FabricException.class, () -> {
            try (ProcessRanks ranks = start(RankForTests.job(3, LONG), RankForTests.LOOP)) {
                runRankZero(ranks, communicator -> {
                    while (pidOf(1).isEmpty()) {
                        communicator.barrier();
                    }
                    ProcessHandle.of(Long.parseLong(pidOf(1).get())).orElseThrow().destroyForcibly();
                    RankForTests.loop(communicator);
                });
            }
        });
        assertTrue(failure.failure().what().matches("the process of rank 1 \\(pid [0-9]+\\) was killed by signal 9"),
                failure.getMessage());
        assertEquals(1, failure.failure().rank());
        assertTrue(System.nanoTime() - start < LONG.toNanos(), "nobody waited for the deadline");
    }

    private java.util.Optional<String> pidOf(int rank) {
        return said.stream().filter(line -> line.startsWith(rank + " pid ")).map(line -> line.split(" ")[2])
                .findFirst();
    }

    @Test
    void shouldSayWithWhichCodeAProcessEndedBeforeItAttached() {
        Failure failure = failure(RankForTests.job(3, LONG), "rank-2:exit-early");
        assertTrue(failure.what().matches("the process of rank 2 \\(pid [0-9]+\\) ended with exit code 3"),
                failure.what());
    }

    @Test
    void shouldGiveUpOnAProcessThatNeverAttachesAndEndIt() {
        Failure failure = failure(RankForTests.job(2, Duration.ofSeconds(1)), "never-attach");
        assertEquals(Category.LINK_LOST, failure.category());
        assertTrue(failure.what().matches("rank 0 waited 1\\.[0-9] s for rank 1 to attach over shm"), failure.what());
    }

    @Test
    void shouldGiveUpOnARankThatHangsAndEndIt() {
        Failure failure = failure(RankForTests.job(3, Duration.ofSeconds(1)), "rank-1:hang");
        assertEquals(Category.LINK_LOST, failure.category());
        assertEquals(1, failure.peer(), failure.what());
    }

    @Test
    void shouldEndProcessesWhenTheCallerIsInterrupted() {
        Thread caller = Thread.currentThread();
        FabricException failure = assertThrows(FabricException.class, () -> {
            try (ProcessRanks ranks = start(RankForTests.job(3, LONG), RankForTests.LOOP)) {
                runRankZero(ranks, communicator -> {
                    caller.interrupt();
                    RankForTests.loop(communicator);
                });
            }
        });
        assertTrue(Thread.interrupted());
        assertEquals(Category.INTERRUPTED, failure.failure().category());
    }

    @Test
    void shouldEndProcessesWhenItIsClosedBeforeTheyHaveDoneAnything() {
        start(RankForTests.job(3, LONG), RankForTests.LOOP).close();
    }

    @Test
    void shouldSayWhenTheMainClassDoesNotStart() {
        FabricException failure = assertThrows(FabricException.class, () -> ProcessRanks.start(
                RankForTests.job(2, LONG), 1, RankReport.class, "", (rank, line) -> said.add(line)));
        assertTrue(failure.failure().what().matches("the process of rank 1 \\(pid [0-9]+\\) ended with exit code 1"),
                failure.getMessage());
        assertTrue(said.stream().anyMatch(line -> line.contains("Main method not found")), said.toString());
    }

    @Test
    void shouldLeaveNoOrphanWhenTheLauncherIsKilled() throws Exception {
        List<String> command = new ArrayList<>(JvmCommand.of(RankForTests.class));
        command.add("3");
        Process launcher = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (BufferedReader out = launcher.inputReader()) {
            assertEquals("running", out.readLine());
            List<ProcessHandle> children = launcher.descendants().toList();
            assertEquals(2, children.size());
            launcher.destroyForcibly().waitFor();
            CompletableFuture.allOf(children.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(20, TimeUnit.SECONDS);
        }
        assertEquals(List.of(), sharedFiles("-" + launcher.pid() + "-"));
    }
}
