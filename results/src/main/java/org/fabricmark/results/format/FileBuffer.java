package org.fabricmark.results.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of one file after the other, in memory that is used again: files of cases are large enough to upset a small
 * heap when hundreds are read. Not thread-safe.
 */
final class FileBuffer {
    private static final int FIRST = 1 << 16;

    private byte[] bytes = new byte[FIRST];
    private int length;

    /** Reads a whole file; what was in here before is gone. */
    void read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size >= Integer.MAX_VALUE - Byte.MAX_VALUE) {
                throw new RunFormatException(file + " has " + size + " bytes, more than any run has");
            }
            if (size + 1 > bytes.length) {
                bytes = new byte[Math.toIntExact(size + size / 8 + 1)];
            }
            length = in.readNBytes(bytes, 0, bytes.length);
            if (in.read() >= 0) {
                throw new RunFormatException(file + " grows while it is read");
            }
        }
    }

    /** What was read, from index 0 on. */
    byte[] bytes() {
        return bytes;
    }

    /** How many bytes were read. */
    int length() {
        return length;
    }
}
