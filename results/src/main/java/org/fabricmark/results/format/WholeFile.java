package org.fabricmark.results.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there whole or not at all, whenever the writer dies and whatever fails.
 *
 * <p>The bytes go to {@code .NAME.part} in the same folder, are forced to the disk, and only then get their name; the
 * folder is forced last, because the name is the folder's data. The temporary file is created exclusively: of two
 * writers of the same file one fails, and an existing file is never replaced. A writer that is killed leaves at most
 * the temporary file.
 */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Creates {@code file} with what {@code content} writes.
     *
     * @throws FileAlreadyExistsException if the file exists or another writer is at it; nothing has changed then
     * @throws IOException if writing failed; no file is left then
     */
    public static void create(Path file, Content content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean done = false;
        try {
            try (channel; OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            // Atomic moves replace; the check above holds because only the owner of the temporary file gets here.
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(part);
            }
        }
        forceFolder(file.toAbsolutePath().getParent());
    }

    /** Only POSIX systems open a folder as a file; elsewhere names reach the disk when the system sees fit. */
    static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Writes a file's bytes, and leaves the stream open. */
    @FunctionalInterface
    public interface Content {
        /** Writes them. */
        void writeTo(OutputStream out) throws IOException;
    }
}
