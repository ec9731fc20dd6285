package org.fabricmark.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.host.Leftovers;
import org.fabricmark.transport.host.SharedFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong with the files themselves: the category, one line, and nothing that stays. */
@Timeout(60)
class ShmFailureTest {
    private static final int OTHER_PROCESS = 1;
    private static final int NOBODY = 65534;
    private static final Duration SHORT = Duration.ofMillis(500);

    @TempDir
    private Path directory;

    private boolean mounted;

    @AfterEach
    void shouldLeaveNothing() throws IOException, InterruptedException {
        assertEquals(List.of(), Leftovers.ofThisProcess());
        if (mounted) {
            assertEquals(0, run("umount", directory.toString()));
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), command[0]);
        return process.exitValue();
    }

    /** Makes the directory a memory file system of 1 MiB. */
    private void mountSmall() throws IOException, InterruptedException {
        assumeTrue(ShmFailureTest::root, "skipped: only root may mount a small file system");
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString()) == 0;
        assumeTrue(mounted, "skipped: this container may not mount");
    }

    private static boolean root() {
        return Files.exists(Path.of("/proc/self")) && "root".equals(ProcessHandle.current().info().user().orElse(""));
    }

    private Job job(int size) {
        return Job.create(
                size, TransportSpec.parse("shm?dir=" + directory), new CommunicatorConfig(SHORT, Waiting.YIELD));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsOneMebibyte() throws Exception {
        mountSmall();
        Failure[] seen = new Failure[2];
        Job job = Job.create(
                2, TransportSpec.parse("shm?dir=" + directory),
                new CommunicatorConfig(Duration.ofSeconds(20), Waiting.YIELD));
        FabricException thrown = assertThrows(FabricException.class, () -> ThreadRanks.run(job, comm -> {
            try {
                comm.allocate(1 << 20);
            } catch (FabricException e) {
                seen[comm.rank()] = e.failure();
                throw e;
            }
        }));
        assertEquals(Category.NO_ROOM, thrown.failure().category());
        assertTrue(thrown.failure().what().matches("needs \\d+ MiB in \\S+, \\d+ MiB free: .*"), thrown.getMessage());
        assertEquals(List.of(), files());
        for (Failure each : seen) {
            if (each != null) { // otherwise it came while the rank was still making its communicator
                assertEquals(thrown.failure(), each);
            }
        }
    }

    @Test
    void shouldSayThatItIsFull() throws Exception {
        mountSmall();
        Path filling = directory.resolve("filling");
        assertThrows(IOException.class, () -> Files.write(filling, new byte[2 << 20]));
        FabricException thrown = assertThrows(
                FabricException.class, () -> ThreadRanks.run(job(1), Communicator::barrier));
        assertEquals(Category.NO_ROOM, thrown.failure().category());
        assertEquals(
                directory + " is full: in a container, docker run --shm-size=...", thrown.failure().what());
        assertEquals(List.of(filling), files());
    }

    @Test
    void shouldRunTwoJobsAtOnce() {
        Job one = job(2);
        ThreadRanks.run(one, comm -> {
            comm.barrier();
            if (comm.rank() == 0) {
                ThreadRanks.run(
                        Job.create(
                                3, TransportSpec.parse("shm?dir=" + directory),
                                new CommunicatorConfig(Duration.ofSeconds(20), Waiting.YIELD)),
                        other -> {
                            other.allocate(10_000);
                            other.barrier();
                        });
            }
        });
        assertTrue(directory.toFile().list().length == 0);
    }

    @Test
    void shouldSweepFilesOfADeadRunAndLeaveOthers() throws IOException {
        Path dead = Files.createFile(SharedFile.path(directory, "root-" + OTHER_PROCESS + "-dead", 0));
        Path foreign = Files.createFile(directory.resolve("fabricmark-notes.txt"));
        Path link = Files.createSymbolicLink(SharedFile.path(directory, "root-" + OTHER_PROCESS + "-link", 0), foreign);
        ThreadRanks.run(job(2), Communicator::barrier);
        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(foreign));
        assertTrue(Files.isSymbolicLink(link), "not a file of ours");
    }

    @Test
    void shouldLeaveFilesOfAnotherUser() throws IOException {
        assumeTrue(ShmFailureTest::root, "skipped: only root can give a file away, and could then remove it");
        Path other = Files.createFile(SharedFile.path(directory, "nobody-" + OTHER_PROCESS + "-other", 0));
        Files.setAttribute(other, "unix:uid", NOBODY);
        ThreadRanks.run(job(2), Communicator::barrier);
        assertEquals(List.of(other), files());
    }

    @Test
    void shouldEndEveryRankWithOneLineWhenAFileIsTruncatedUnderItsMapping() throws Exception {
        assumeTrue(ShmFailureTest::root, "skipped: only root reaches files without a name");
        Process victim = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("hs_err.log"),
                "-cp", System.getProperty("java.class.path"), TruncationVictim.class.getName())
                .redirectError(directory.resolve("err").toFile()).start();
        try (var out = victim.inputReader()) {
            String mapping = out.readLine(); // the first line: which mapping of it to cut
            assumeTrue(mapping != null && !mapping.isEmpty(), "skipped: this system does not show mappings");
            assertEquals(
                    0, run("truncate", "-s", "0", "/proc/" + victim.pid() + "/map_files/" + mapping),
                    "cannot truncate");
            Optional<String> said = out.lines().reduce((_, last) -> last);
            assertTrue(victim.waitFor(30, TimeUnit.SECONDS), "it does not end");
            System.out.println("truncated under the mapping: exit " + victim.exitValue() + ", " + said.orElse("-"));
            assertTrue(victim.exitValue() != 0, "it went on as if nothing had happened");
        } finally {
            victim.destroyForcibly();
        }
    }
}
