package org.fabricmark.transport.rdma.loopback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fabricmark.transport.host.SharedFile;

/** Traces of contexts of this process: names of files, open files, and mappings. */
final class Leftovers {
    private static final Path PROCESS = Path.of("/proc/self");
    private static final String MARK = "fabricmark-";

    private Leftovers() {}

    static List<String> ofThisProcess() {
        List<String> found = names("-" + ProcessHandle.current().pid() + "-");
        if (!Files.isReadable(PROCESS.resolve("maps"))) {
            return found;
        }
        try (Stream<String> lines = Files.lines(PROCESS.resolve("maps"));
                Stream<Path> descriptors = Files.list(PROCESS.resolve("fd"))) {
            lines.filter(line -> line.contains(MARK)).forEach(found::add);
            for (Path each : descriptors.toList()) {
                String target = target(each);
                if (target.contains(MARK)) {
                    found.add("descriptor " + each.getFileName() + " of " + target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** Files of shared memory of processes of this user that have {@code part} in their names. */
    static List<String> names(String part) {
        try (Stream<Path> files = Files.list(SharedFile.defaultDirectory())) {
            return new ArrayList<>(files.map(Path::toString)
                    .filter(name -> name.contains(MARK) && name.contains(part)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path descriptor) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return ""; // closed meanwhile: it was the listing's own
        }
    }
}
