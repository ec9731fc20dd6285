package org.fabricmark.transport.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of shared memory on its way from creation to being mapped by all ranks, when its name goes away and only the mappings
 * keep it. A process that is killed later leaves nothing.
 *
 * <p>For the short time in which it has a name, its creator holds a lock on it. Files without a lock were left by a dead
 * creator: {@link #sweep} removes them. The lock is the process's, and closing any channel of the file in the process drops it;
 * so the sweep does not open files that carry the own process's number, and ranks close theirs only after all have mapped it.
 *
 * <p>Thread rule: the thread that made it.
 */
public final class SharedFile implements AutoCloseable {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path ELSEWHERE = Path.of("/tmp");
    private static final String PREFIX = "fabricmark-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[A-Za-z0-9]+-([0-9]{1,18})-.*");
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(256 * 1024).asReadOnlyBuffer();

    private final Path path;
    private final FileChannel channel;

    private SharedFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Where files are if the user does not say otherwise: in memory, where the system has such a place. */
    public static Path defaultDirectory() {
        return Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : ELSEWHERE;
    }

    /**
     * Where a file is.
     *
     * @param job name of the job, perhaps with more after it; its second part is the number of the process that creates the file
     * @param number which file of the job
     */
    public static Path path(Path directory, String job, int number) {
        return directory.resolve(PREFIX + job + "-" + number);
    }

    /** Creates, locks and sizes the file. */
    public static SharedFile create(Path path, long bytes) throws IOException {
        while (true) {
            FileChannel channel = FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    OWNER_ONLY);
            try {
                FileLock lock = channel.lock(); // until the channel closes
                assert lock.isValid();
                if (Files.exists(path)) {
                    channel.write(ByteBuffer.allocate(1), bytes - 1);
                    return new SharedFile(path, channel);
                }
            } catch (IOException | RuntimeException e) {
                try (channel) {
                    Files.deleteIfExists(path);
                    throw e;
                }
            }
            channel.close(); // a sweep was faster than the lock: again
        }
    }

    /** Opens the file, if it is there. */
    public static Optional<SharedFile> open(Path path) throws IOException {
        try {
            return Optional.of(
                    new SharedFile(path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Opens the file, if it is there and has {@code bytes} bytes. It has them when its creator holds its lock; before that, to open
     * and close it would drop that lock, where the creator is another thread of this process, and a sweep would take the file for left.
     */
    public static Optional<SharedFile> openWhenSized(Path path, long bytes) throws IOException {
        try {
            return Files.size(path) < bytes ? Optional.empty() : open(path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Its present size. */
    public long size() throws IOException {
        return channel.size();
    }

    /**
     * Makes the pages of a part real, by writing zeros: a mapping of a file without pages works until it is touched, and ends
     * the process when there is no memory then.
     */
    public void reserve(long offset, long bytes) throws IOException {
        ByteBuffer zeros = ZEROS.duplicate();
        for (long done = 0; done < bytes;) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - done));
            done += channel.write(zeros, offset + done);
        }
    }

    /** Maps its first {@code bytes} until {@code arena} closes. */
    public MemorySegment map(long bytes, Arena arena) throws IOException {
        return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
    }

    /** Removes the name; called by the creator, before {@link #close}. */
    public void unlink() throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Who owns it: the user of this process, if this process has created it. */
    public UserPrincipal owner() throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Removes files of {@code owner} whose creators are dead. Those of others are left, also where this process would be allowed
     * to remove them: a user who may do everything must not do it by accident.
     *
     * @return how many
     */
    public static int sweep(Path directory, UserPrincipal owner) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && Long.parseLong(name.group(1)) != ProcessHandle.current().pid()) {
                    removed += removeIfDead(file, owner) ? 1 : 0;
                }
            }
        }
        return removed;
    }

    private static boolean removeIfDead(Path file, UserPrincipal owner) throws IOException {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock != null && Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException | AccessDeniedException | OverlappingFileLockException e) {
            return false; // its creator, or another sweep, was faster; or it is another user's; or this process holds it
        }
    }
}
