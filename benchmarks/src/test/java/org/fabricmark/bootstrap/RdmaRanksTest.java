package org.fabricmark.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks as processes over verbs: good ends, and the same ends of a failure that other transports have. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "ranks as processes need a POSIX shell and /dev/shm")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RdmaRanksTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Long enough for JVMs to attach on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final List<String> said = new CopyOnWriteArrayList<>();

    @AfterEach
    void shouldLeaveNothing() throws IOException {
        assertEquals(List.of(), ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList());
        String mark = "-" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> files = Files.list(Path.of("/dev/shm"))) {
            assertEquals(List.of(), files.filter(file -> file.toString().contains(mark)).toList());
        }
    }

    private static Job job(String spec, Duration timeout) {
        return Job.create(3, TransportSpec.parse(spec), new CommunicatorConfig(timeout, Waiting.YIELD));
    }

    private ProcessRanks start(Job job, String work) {
        return ProcessRanks.start(job, 1, RankForTests.class, work, (rank, line) -> said.add(rank + " " + line));
    }

    private String pidOf(int rank, Communicator communicator) {
        while (true) {
            communicator.barrier();
            Optional<String> pid = said.stream().filter(line -> line.startsWith(rank + " pid "))
                    .map(line -> line.split(" ")[2])
                    .findFirst();
            if (pid.isPresent()) {
                return pid.get();
            }
        }
    }

    /** What ends three ranks that call barriers, of which rank 2 gets {@code signal}. */
    private Failure failureAfter(String signal, Duration timeout) {
        return assertThrows(FabricException.class, () -> {
            try (ProcessRanks ranks = start(job("rdma", timeout), RankForTests.LOOP)) {
                ThreadRanks.run(ranks.job(), 1, communicator -> {
                    Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pidOf(2, communicator))
                            .start();
                    assertEquals(0, kill.waitFor());
                    RankForTests.loop(communicator);
                });
            }
        }).failure();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rdma", "rdma?order=adversarial&seed=2", "rdma?signal=counter", "rdma?depth=4&pairs=2"})
    void shouldRunToAGoodEnd(String spec) {
        try (ProcessRanks ranks = start(job(spec, LONG), "end")) {
            ThreadRanks.run(ranks.job(), 1, communicator -> {
                communicator.barrier();
                assertEquals(Optional.empty(), communicator.registrations(), "private memory of processes is copied");
                communicator.barrier();
            });
            ranks.join();
        }
        assertEquals(
                List.of("1 pid", "2 pid"),
                said.stream().map(line -> line.replaceAll(" [0-9]+$", "")).sorted().toList());
    }

    @Test
    void shouldEndAllRanksAtOnceWhenOneIsKilled() {
        Failure failure = failureAfter("KILL", LONG);
        assertEquals(Category.LINK_LOST, failure.category(), failure.what());
        assertTrue(failure.what().matches("the process of rank 2 \\(pid \\d+\\) was killed by signal 9"),
                failure.what());
    }

    @Test
    void shouldNameTheRankThatIsStopped() {
        Failure failure = failureAfter("STOP", SHORT);
        assertEquals(Category.LINK_LOST, failure.category(), failure.what());
        assertEquals(2, failure.peer(), failure.what());
        assertTrue(failure.elapsedNanos() >= SHORT.toNanos(), failure.facts());
    }

    @Test
    void shouldEndAllRanksWhenAWindowDoesNotFit() {
        Failure failure = assertThrows(FabricException.class, () -> {
            try (ProcessRanks ranks = start(job("rdma", LONG), "allocate")) {
                ThreadRanks.run(ranks.job(), 1, communicator -> {
                    communicator.barrier();
                    RankForTests.allocateTooMuch(communicator);
                });
            }
        }).failure();
        assertEquals(Category.NO_ROOM, failure.category(), failure.what());
        assertTrue(failure.what().contains("MiB"), failure.what());
    }
}
