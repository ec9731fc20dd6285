package org.fabricmark.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The small files in which Linux describes itself. On another system, or where one may not be read, there is none.
 *
 * @param root the directory that stands for {@code /}
 */
record SystemFiles(Path root) {
    /** Those of this machine. */
    static final SystemFiles HERE = new SystemFiles(Path.of("/"));

    /** Trimmed contents of a file, if it can be read and has any. */
    Optional<String> text(String path) {
        try {
            String text = Files.readString(root.resolve(path), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException | RuntimeException absent) {
            return Optional.empty(); // a fact that cannot be read is unknown
        }
    }

    /** Names in a folder; none if it cannot be read. */
    List<String> names(String path) {
        try (Stream<Path> content = Files.list(root.resolve(path))) {
            return content.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException | RuntimeException absent) {
            return List.of(); // a fact that cannot be read is unknown
        }
    }

    /** Whether there is such a file. */
    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    /** The texts in a file of any bytes, each byte a character. */
    Optional<String> bytesAsText(String path) {
        try {
            return Optional.of(Files.readString(root.resolve(path), StandardCharsets.ISO_8859_1));
        } catch (IOException | RuntimeException absent) {
            return Optional.empty(); // a fact that cannot be read is unknown
        }
    }

    /** Lines of a file; none if it cannot be read. */
    List<String> lines(String path) {
        return text(path).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** What follows the first line's part up to {@code separator} that begins with {@code key}. */
    Optional<String> value(String path, String key, char separator) {
        return lines(path).stream()
                .filter(line -> line.startsWith(key) && line.indexOf(separator) >= 0)
                .map(line -> line.substring(line.indexOf(separator) + 1).strip())
                .findFirst();
    }

    /** A whole number; empty if {@code text} is none. */
    static OptionalLong number(String text) {
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
