package org.fabricmark.results.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that can always be made again: it replaces an older one, and a reader sees either of them whole. */
final class DerivedFile {
    private DerivedFile() {}

    /**
     * Writes {@code text} in UTF-8.
     *
     * @throws IOException if writing failed; an older file is still there then
     */
    static void replace(Path file, String text) throws IOException {
        // Not a temporary file of the JDK: those only their owner may read.
        Path part = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        boolean done = false;
        try {
            Files.writeString(part, text);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(part);
            }
        }
    }
}
