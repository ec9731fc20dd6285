package org.fabricmark.transport.rdma.loopback;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.fabricmark.transport.host.SharedFile;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/**
 * A file of shared memory without a name: it is removed from its directory as soon as it exists, and other processes open it through this
 * one's descriptor, {@code /proc/PID/fd/N} ({@code proc(5)}). So whatever ends this process, nothing is left of it.
 *
 * <p>Thread rule: the context's thread, which maps and unmaps.
 */
final class OwnedFile implements AutoCloseable {
    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int PAGE = 4096;
    private static final long MIB = 1024 * 1024;

    private final SharedFile file;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory;
    private final int descriptor;

    private OwnedFile(SharedFile file, int descriptor, long bytes) throws IOException {
        this.file = file;
        this.descriptor = descriptor;
        memory = file.map(bytes, arena);
        memory.load(); // no fault is left for the first request
    }

    /**
     * Makes one of whole pages, all of them real.
     *
     * @throws VerbsException {@code ENOMEM} when there is no room
     */
    static OwnedFile create(long wanted) {
        long bytes = (wanted + PAGE - 1) & -PAGE;
        Path directory = SharedFile.defaultDirectory();
        Path path = SharedFile.path(
                directory, "verbs-" + ProcessHandle.current().pid(), NUMBERS.incrementAndGet());
        try {
            long room = Files.getFileStore(directory).getUsableSpace();
            if (bytes > room) {
                throw new VerbsException(VerbsException.Reason.ENOMEM, "needs " + (bytes + MIB - 1) / MIB + " MiB in "
                        + directory + ", " + room / MIB + " MiB free: in a container, docker run --shm-size=...");
            }
            SharedFile file = SharedFile.create(path, bytes);
            try {
                int descriptor = descriptorOf(path);
                file.unlink();
                file.reserve(0, bytes);
                return new OwnedFile(file, descriptor, bytes);
            } catch (IOException | RuntimeException e) {
                try (file) {
                    file.unlink();
                    throw e;
                }
            }
        } catch (IOException e) {
            throw new VerbsException(
                    VerbsException.Reason.ENOMEM, "no " + bytes + " bytes of shared memory in " + directory + ": " + e,
                    e);
        }
    }

    private static int descriptorOf(Path path) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (Path each : descriptors) {
                if (pointsTo(each, path)) {
                    return Integer.parseInt(each.getFileName().toString());
                }
            }
        }
        throw new IOException(OWN_DESCRIPTORS + " does not list " + path);
    }

    private static boolean pointsTo(Path descriptor, Path path) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).equals(path);
        } catch (NoSuchFileException e) {
            return false; // closed since it was listed
        }
    }

    MemorySegment memory() {
        return memory;
    }

    int descriptor() {
        return descriptor;
    }

    /** Which file it is, whatever its descriptor is used for later. */
    long inode() {
        try {
            return inode(OWN_DESCRIPTORS.resolve(Integer.toString(descriptor)));
        } catch (IOException e) {
            throw new VerbsException(VerbsException.Reason.EINVAL, "an open file is not in " + OWN_DESCRIPTORS, e);
        }
    }

    static long inode(Path path) throws IOException {
        return (long) Files.getAttribute(path, "unix:ino", new LinkOption[0]);
    }

    @Override
    public void close() {
        arena.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new VerbsException(VerbsException.Reason.EINVAL, "a file of shared memory cannot be closed", e);
        }
    }
}
