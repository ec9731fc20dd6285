package org.fabricmark.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much room shared memory has. Containers often give it 64 MiB. */
final class SharedMemorySpace {
    private static final String FOLDER = "dev/shm";

    private SharedMemorySpace() {}

    /** Free bytes of the memory file system below {@code root}; empty where there is none. */
    static OptionalLong free(Path root) {
        try {
            return OptionalLong.of(Files.getFileStore(root.resolve(FOLDER)).getUsableSpace());
        } catch (IOException absent) {
            return OptionalLong.empty(); // another system: shared files are elsewhere, on a disk
        }
    }
}
