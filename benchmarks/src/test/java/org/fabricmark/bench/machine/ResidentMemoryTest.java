package org.fabricmark.bench.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
    @Test
    void shouldReadItFromTheStatusOfTheProcess(@TempDir Path root) throws IOException {
        Path self = Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(self.resolve("status"),
                "Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t  2048 kB\nRssAnon:\t 1 kB\n");
        assertEquals(OptionalLong.of(2 << 20), ResidentMemory.bytes(new SystemFiles(root)));
    }

    @Test
    void shouldBeUnknownWhereThereIsNoSuchFile(@TempDir Path root) {
        assertEquals(OptionalLong.empty(), ResidentMemory.bytes(new SystemFiles(root)));
    }
}
