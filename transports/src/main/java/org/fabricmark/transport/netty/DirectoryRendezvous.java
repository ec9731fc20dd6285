package org.fabricmark.transport.netty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fabricmark.transport.Failure;

/**
 * The ranks of one host meet in a directory that only their user can enter, named by the job.
 *
 * <pre>
 *   lock        held by rank 0 as long as it lives: without it the job is dead, and the directory may go
 *   secret      32 random bytes
 *   claim-N     rank N is there
 *   rank-N      where rank N listens
 *   N.sock      its socket, of the Unix domain
 *   failure     why the job has failed
 * </pre>
 *
 * <p>Files appear with all they contain, by renaming. Rank 0 makes the directory and removes it when all ranks are connected, or
 * when it fails; what a dead rank 0 has left is swept by the next one.
 *
 * <p>Thread rule: the rank's thread.
 */
final class DirectoryRendezvous implements Rendezvous {
    private static final String PREFIX = "fabricmark-net-";
    private static final String CLAIM = "claim-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[A-Za-z0-9]+-([0-9]{1,18})-.*");

    /** A directory's name, so that the paths of sockets in it stay below the 108 bytes that systems allow. */
    private static final int MOST_NAME = 72;

    /** A directory without a lock is on its way, unless it is older. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private static final FileAttribute<?> OWNER_ONLY = permissions("rw-------");
    private static final FileAttribute<?> OWNER_ONLY_DIRECTORY = permissions("rwx------");

    private final Path directory;
    private final int rank;
    private final String transport;
    private FileChannel lock;
    private boolean claimed;

    private DirectoryRendezvous(Path directory, int rank, String transport) {
        this.directory = directory;
        this.rank = rank;
        this.transport = transport;
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /**
     * The meeting place of {@code job} below {@code parent}; rank 0 makes it.
     *
     * @param transport this rank's name of the transport
     */
    static DirectoryRendezvous of(Path parent, String job, int rank, String transport) throws IOException {
        DirectoryRendezvous place = new DirectoryRendezvous(parent.resolve(directoryName(job)), rank, transport);
        if (rank == 0) {
            sweep(parent);
            place.create();
        }
        return place;
    }

    private static String directoryName(String job) {
        if (PREFIX.length() + job.length() <= MOST_NAME) {
            return PREFIX + job;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(job.getBytes(StandardCharsets.US_ASCII));
            String tail = "-" + HexFormat.of().formatHex(hash, 0, Long.BYTES);
            return PREFIX + job.substring(0, MOST_NAME - PREFIX.length() - tail.length()) + tail;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void create() throws IOException {
        Files.createDirectory(directory, OWNER_ONLY_DIRECTORY);
        try {
            lock = FileChannel.open(
                    directory.resolve("lock"),
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY);
            lock.lock();
            write("secret", JobProof.newSecret());
        } catch (IOException | RuntimeException e) {
            try (this) {
                throw e;
            }
        }
    }

    /** Where this rank's socket of the Unix domain is. */
    Path socket() {
        return directory.resolve(rank + ".sock");
    }

    private void write(String name, byte[] content) throws IOException {
        Path draft = directory.resolve("." + name + "." + rank);
        try (FileChannel file = FileChannel.open(
                draft,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                OWNER_ONLY)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
        Files.move(draft, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(directory.resolve(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<byte[]> secret() throws IOException {
        return read("secret");
    }

    @Override
    public boolean claim() throws IOException {
        try {
            Files.createFile(directory.resolve(CLAIM + rank), OWNER_ONLY);
            claimed = true;
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public void publish(String address) throws IOException {
        write("rank-" + rank, address.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> address(int other) throws IOException {
        return read("rank-" + other).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public boolean present(int other) {
        return Files.exists(directory.resolve(CLAIM + other));
    }

    @Override
    public void fail(Failure failure) throws IOException {
        if (Files.isDirectory(directory) && !Files.exists(directory.resolve("failure"))) {
            write("failure", FailureRecord.encode(failure));
        }
    }

    @Override
    public Optional<Failure> failure() throws IOException {
        Optional<byte[]> record = read("failure");
        try {
            return record.isEmpty()
                    ? Optional.empty()
                    : Optional.of(FailureRecord.decode(record.get(), transport));
        } catch (WireException e) {
            throw new IOException(directory.resolve("failure") + " has " + e.getMessage(), e);
        }
    }

    @Override
    public boolean gone() {
        return !Files.isDirectory(directory);
    }

    @Override
    public boolean deserted() throws IOException {
        try (DirectoryStream<Path> claims = Files.newDirectoryStream(directory, CLAIM + "*")) {
            for (Path claim : claims) {
                if (!claim.getFileName().toString().equals(CLAIM + rank)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        if (rank == 0) {
            try (FileChannel held = lock) {
                assert held == null || held.isOpen();
                remove(directory);
            }
        } else if (claimed) {
            Files.deleteIfExists(socket());
            Files.deleteIfExists(directory.resolve(CLAIM + rank));
        }
    }

    private static void remove(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return; // a sweep of another user's administrator, or an earlier close, was faster
        }
        Files.deleteIfExists(directory);
    }

    /**
     * Removes the meeting places of dead jobs.
     *
     * @return how many
     */
    static int sweep(Path parent) throws IOException {
        int removed = 0;
        try (DirectoryStream<Path> places = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path place : places) {
                Matcher name = NAME.matcher(place.getFileName().toString());
                // Locks are the process's: opening and closing the file here would drop this process's own.
                if (name.matches() && Long.parseLong(name.group(1)) != ProcessHandle.current().pid() && dead(place)) {
                    remove(place);
                    removed++;
                }
            }
        }
        return removed;
    }

    private static boolean dead(Path place) throws IOException {
        Path lock = place.resolve("lock");
        try {
            if (!Files.exists(lock)) {
                return Files.isDirectory(place) && Files.getLastModifiedTime(place).toInstant()
                        .isBefore(Instant.now().minus(YOUNG));
            }
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                    var held = channel.tryLock()) {
                return held != null;
            }
        } catch (NoSuchFileException | AccessDeniedException | OverlappingFileLockException e) {
            return false; // its rank 0, or another sweep, was faster; or it is another user's; or this process holds it
        }
    }
}
