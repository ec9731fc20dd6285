package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.results.format.WholeFile;

/**
 * Where a diagram is written: whole or not at all, and nothing is overwritten.
 *
 * @param path the file
 */
record DiagramFile(Path path) {
    private static final String OPTION = "--svg '";

    /** The file that the user names. @throws Misuse if it exists, or there is no folder for it */
    static DiagramFile of(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException malformed) {
            throw new Misuse(OPTION + name + "': not a path: " + malformed.getReason());
        }
        if (name.isEmpty() || Files.exists(path)) {
            throw new Misuse(OPTION + name + "' " + (name.isEmpty() ? "is no name" : "exists")
                    + ": name a file that does not exist yet");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new Misuse(OPTION + name + "': there is no folder '" + path.getParent() + "'");
        }
        return new DiagramFile(path);
    }

    /** Draws. @throws Misuse if there is more than a diagram has place for, or the file cannot be written */
    void write(Explanation explanation) throws IOException {
        String drawing;
        try {
            drawing = explanation.diagram();
        } catch (IllegalArgumentException tooMuch) {
            throw new Misuse("--svg: " + tooMuch.getMessage());
        }
        try {
            WholeFile.create(path, out -> out.write(drawing.getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException meanwhile) {
            throw new Misuse(OPTION + path + "' exists: name a file that does not exist yet");
        } catch (IOException failure) {
            throw new Misuse(OPTION + path + "' cannot be written: " + SavedRuns.reason(failure));
        }
    }
}
