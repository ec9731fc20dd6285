package org.fabricmark.transport.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Traces of shared-memory jobs of this process: names of files, and mappings. */
public final class Leftovers {
    private static final Path MAPPINGS = Path.of("/proc/self/maps");

    private Leftovers() {}

    /** Nothing, if all is well. */
    public static List<String> ofThisProcess() {
        String mark = "-" + ProcessHandle.current().pid() + "-";
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(SharedFile.defaultDirectory())) {
            files.map(Path::toString)
                    .filter(name -> name.contains("fabricmark-") && name.contains(mark))
                    .forEach(found::add);
            if (Files.isReadable(MAPPINGS)) {
                try (Stream<String> lines = Files.lines(MAPPINGS)) {
                    lines.filter(line -> line.contains("fabricmark-")).forEach(found::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
