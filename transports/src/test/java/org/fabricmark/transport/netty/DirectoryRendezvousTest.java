package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where ranks of one host meet. */
class DirectoryRendezvousTest {
    private static final long NO_PROCESS = 999_999_999_999_999L;

    @TempDir
    private Path parent;

    private DirectoryRendezvous place(String job, int rank) throws IOException {
        return DirectoryRendezvous.of(parent, job, rank, "netty");
    }

    private List<Path> contents(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void shouldBringRanksTogether() throws IOException {
        String job = "user-" + ProcessHandle.current().pid() + "-a1";
        DirectoryRendezvous one = place(job, 1);
        assertEquals(Optional.empty(), one.secret(), "rank 0 is not there yet");
        try (DirectoryRendezvous zero = place(job, 0)) {
            assertArrayEquals(zero.secret().orElseThrow(), one.secret().orElseThrow());
            assertEquals(JobProof.SECRET_BYTES, one.secret().orElseThrow().length);
            assertTrue(zero.claim());
            assertTrue(one.claim());
            assertFalse(place(job, 1).claim(), "taken");
            assertEquals(Optional.empty(), one.address(0));
            zero.publish("here");
            assertEquals(Optional.of("here"), one.address(0));
            assertTrue(zero.present(1));
            assertFalse(zero.present(2));
        }
        assertEquals(List.of(), contents(parent));
    }

    @Test
    void shouldLetNobodyElseIn() throws IOException {
        try (DirectoryRendezvous zero = place("user-1-b", 0)) {
            zero.claim();
            zero.publish("here");
            Path directory = contents(parent).getFirst();
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
            for (Path file : contents(directory)) {
                assertEquals(
                        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                        file.toString());
            }
        }
    }

    @Test
    void shouldKeepTheFirstFailure() throws IOException {
        try (DirectoryRendezvous zero = place("user-1-c", 0)) {
            Failure first = Failure.of(Category.NO_ROOM, 2, "netty", "the first");
            place("user-1-c", 2).fail(first);
            place("user-1-c", 1).fail(Failure.of(Category.NO_ROOM, 1, "netty", "a later one"));
            assertEquals(Optional.of(first), zero.failure());
        }
    }

    @Test
    void shouldSweepWhatDeadRanksHaveLeft() throws IOException {
        Path dead = Files.createDirectory(parent.resolve("fabricmark-net-user-" + NO_PROCESS + "-x"));
        Files.createFile(dead.resolve("lock"));
        Files.createFile(dead.resolve("secret"));
        Path young = Files.createDirectory(parent.resolve("fabricmark-net-user-" + NO_PROCESS + "-young"));
        Path old = Files.createDirectory(parent.resolve("fabricmark-net-user-" + NO_PROCESS + "-old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(3600)));
        Path other = Files.createDirectory(parent.resolve("something-else"));
        assertEquals(2, DirectoryRendezvous.sweep(parent));
        assertEquals(List.of(young, other), contents(parent).stream().sorted().toList());
    }

    @Test
    void shouldKeepPathsOfSocketsShort() throws IOException {
        String longest = "u".repeat(100);
        try (DirectoryRendezvous zero = DirectoryRendezvous.of(parent, longest, 0, "netty")) {
            Path socket = parent.relativize(zero.socket());
            assertTrue(("/tmp/" + socket).length() < 100, socket.toString());
        }
    }
}
