package org.fabricmark.transport.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class SharedFileTest {
    private static final long OTHER_PROCESS = 1;
    private static final long BYTES = 3 * 4096;

    @TempDir
    private Path directory;

    private Path path(long pid, String random) {
        return SharedFile.path(directory, "user-" + pid + "-" + random, 0);
    }

    private int sweep() throws IOException {
        return SharedFile.sweep(directory, Files.getOwner(directory));
    }

    @Test
    void shouldCreateAFileOfItsSizeForItsOwnerAlone() throws IOException {
        Path path = path(OTHER_PROCESS, "a");
        try (SharedFile file = SharedFile.create(path, BYTES)) {
            assertEquals(BYTES, file.size());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
            assertThrows(FileAlreadyExistsException.class, () -> SharedFile.create(path, BYTES));
            file.unlink();
            assertFalse(Files.exists(path));
        }
    }

    @Test
    void shouldShareItsContentAlsoAfterItsNameIsGone() throws IOException {
        Path path = path(OTHER_PROCESS, "b");
        try (Arena arena = Arena.ofConfined();
                SharedFile created = SharedFile.create(path, BYTES);
                SharedFile opened = SharedFile.open(path).orElseThrow()) {
            created.reserve(0, BYTES);
            MemorySegment one = created.map(BYTES, arena);
            MemorySegment other = opened.map(BYTES, arena);
            created.unlink();
            one.set(ValueLayout.JAVA_LONG, BYTES - 8, 42);
            assertEquals(42, other.get(ValueLayout.JAVA_LONG, BYTES - 8));
            assertTrue(SharedFile.open(path).isEmpty());
        }
    }

    @Test
    void shouldSweepWhatADeadCreatorLeft() throws IOException {
        Path dead = Files.createFile(path(OTHER_PROCESS, "d"));
        Path own = Files.createFile(path(ProcessHandle.current().pid(), "e"));
        Path foreign = Files.createFile(directory.resolve("fabricmark-notes.txt"));
        assertEquals(1, sweep());
        assertFalse(Files.exists(dead));
        assertTrue(Files.exists(own), "files of this process have their creator at hand");
        assertTrue(Files.exists(foreign), "not one of ours");
    }

    @Test
    void shouldNotSweepWhatALivingCreatorHolds() throws IOException {
        Path path = path(OTHER_PROCESS, "f");
        try (SharedFile file = SharedFile.create(path, BYTES)) {
            assertEquals(0, sweep());
            assertTrue(Files.exists(path));
            file.unlink();
        }
        Path locked = Files.createFile(path(OTHER_PROCESS, "g"));
        try (FileChannel channel = FileChannel.open(locked, StandardOpenOption.WRITE)) {
            assertTrue(channel.lock().isValid());
            assertEquals(0, sweep());
        }
        assertEquals(1, sweep());
    }
}
