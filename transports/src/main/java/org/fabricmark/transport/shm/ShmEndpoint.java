package org.fabricmark.transport.shm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.TransportContext;

/**
 * One rank's mapping of the job's control file: the place where ranks meet while they attach, allocate and close, and where an
 * abort is published. Nothing here is on the step path.
 *
 * <p>Thread rule: the rank's thread, which maps and unmaps.
 */
final class ShmEndpoint {
    private static final int YIELDS = 1000;
    private static final long PARK_NANOS = 50_000;

    /** How long it may take from claiming the record of a failure to publishing it. */
    private static final long PUBLISH_NANOS = 500_000_000;
    /** A rank that waits breathes far more often, unless somebody else has its core. */
    private static final long SILENCE_NANOS = 100_000_000;

    private static final long MIB = 1024 * 1024;

    private final TransportContext context;
    private final ShmOptions options;
    private final String name;
    private final Arena arena = Arena.ofConfined();
    private long base;
    private long stage;
    private long breaths;
    private boolean claimantIsDead;
    private int files;

    private ShmEndpoint(TransportContext context, ShmOptions options, String name) {
        this.context = context;
        this.options = options;
        this.name = name;
    }

    /** Meets the other ranks; rank 0 makes the control file. Collective. */
    static ShmEndpoint attach(TransportContext context, ShmOptions options, String name) {
        ShmEndpoint endpoint = new ShmEndpoint(context, options, name);
        try {
            endpoint.meet();
            return endpoint;
        } catch (RuntimeException e) {
            endpoint.unmap();
            throw e;
        }
    }

    private void meet() {
        Path path = ShmFile.path(options.directory(), context.job(), files++);
        long bytes = ShmLayout.controlBytes(size());
        long start = System.nanoTime();
        try (ShmFile file = rank() == 0 ? createControl(path, bytes) : awaitControl(path, bytes, start)) {
            try {
                base = file.map(bytes, arena).address();
                if (rank() == 0) {
                    publish();
                } else {
                    awaitPublished(start);
                }
                claimRank();
                barrier("to attach");
            } finally {
                if (rank() == 0) {
                    file.unlink();
                }
            }
        } catch (IOException e) {
            throw ioFailure("attach to job " + context.job(), e);
        }
    }

    private ShmFile createControl(Path path, long bytes) throws IOException {
        ShmFile file = ShmFile.create(path, bytes);
        try {
            ShmFile.sweep(options.directory(), file.owner());
            file.reserve(0, bytes);
            return file;
        } catch (IOException e) {
            try (file) {
                file.unlink();
                throw e;
            }
        }
    }

    private ShmFile awaitControl(Path path, long bytes, long start) throws IOException {
        for (int polls = 0;; polls++) {
            Optional<ShmFile> file = ShmFile.open(path);
            if (file.isPresent()) {
                if (file.get().size() >= bytes) {
                    return file.get();
                }
                file.get().close();
            }
            pause(polls);
            checkWait(start, 0, "to create job " + context.job());
        }
    }

    private void publish() {
        AddressSpace.setInt(base + ShmLayout.VERSION_OFFSET, ShmLayout.VERSION);
        AddressSpace.setInt(base + ShmLayout.SIZE_OFFSET, size());
        AddressSpace.setLong(base + ShmLayout.HASH_OFFSET, ShmLayout.hash());
        AddressSpace.setLongRelease(base + ShmLayout.MAGIC_OFFSET, ShmLayout.MAGIC);
    }

    private void awaitPublished(long start) {
        for (int polls = 0; AddressSpace.getLongAcquire(base + ShmLayout.MAGIC_OFFSET) == 0; polls++) {
            pause(polls);
            checkWait(start, 0, "to publish job " + context.job());
        }
        if (AddressSpace.getLong(base + ShmLayout.MAGIC_OFFSET) != ShmLayout.MAGIC) {
            throw wrong("the control file of job " + context.job() + " was not made by this program");
        }
        int version = AddressSpace.getInt(base + ShmLayout.VERSION_OFFSET);
        if (version != ShmLayout.VERSION
                || AddressSpace.getLong(base + ShmLayout.HASH_OFFSET) != ShmLayout.hash()) {
            throw wrong(
                    "rank " + rank() + " knows layout " + ShmLayout.VERSION + " of shared memory, rank 0 uses layout "
                            + version + ": start all ranks from one build");
        }
        int size = AddressSpace.getInt(base + ShmLayout.SIZE_OFFSET);
        if (size != size()) {
            throw wrong("rank " + rank() + " expects " + size() + " ranks, rank 0 expects " + size);
        }
    }

    private void claimRank() {
        long claim = base + ShmLayout.stage(rank()) + ShmLayout.CLAIMED;
        if (!AddressSpace.compareAndSetLong(claim, 0, 1)) {
            FabricException twice = wrong("two ranks have number " + rank());
            abort(twice.failure());
            throw twice;
        }
    }

    /**
     * Makes the next region: rank 0 creates its file, all ranks map it and reserve their part. Collective.
     *
     * @param bytes of each rank's part, whole pages
     * @return all parts, mapped until {@code arena} closes
     */
    MemorySegment mapRegion(long bytes, Arena arena) {
        Path path = ShmFile.path(options.directory(), context.job(), files++);
        long total = bytes * size();
        try (ShmFile created = rank() == 0 ? createRegion(path, total) : null) {
            try {
                barrier("to create a region");
                if (rank() == 0) {
                    return mapAndReserve(created, bytes, total, arena);
                }
                try (ShmFile opened = ShmFile.open(path).orElseThrow(() -> new IOException(path + " is gone"))) {
                    return mapAndReserve(opened, bytes, total, arena);
                }
            } finally {
                if (rank() == 0) {
                    created.unlink();
                }
            }
        } catch (IOException e) {
            FabricException failure = ioFailure("allocate " + total + " bytes", e);
            abort(failure.failure());
            throw failure;
        }
    }

    private ShmFile createRegion(Path path, long total) throws IOException {
        long free = Files.getFileStore(options.directory()).getUsableSpace();
        if (total > free) {
            FabricException failure = noRoom(total, free, null);
            abort(failure.failure());
            throw failure;
        }
        return ShmFile.create(path, total);
    }

    private MemorySegment mapAndReserve(ShmFile file, long bytes, long total, Arena arena) throws IOException {
        file.reserve(rank() * bytes, bytes);
        MemorySegment mapping = file.map(total, arena);
        barrier("to map a region");
        mapping.load(); // the page tables too: no fault is left for the first call
        return mapping;
    }

    private FabricException ioFailure(String what, IOException e) {
        if (Thread.currentThread().isInterrupted()) { // which closes channels and ends waits for locks
            return new FabricException(interrupted(), e);
        }
        if (String.valueOf(e.getMessage()).contains("No space left")) {
            return noRoom(0, 0, e);
        }
        return new FabricException(
                Failure.of(
                        Category.NO_ROOM,
                        rank(),
                        name,
                        "rank " + rank() + " cannot " + what + " in " + options.directory() + ": " + e),
                e);
    }

    private FabricException noRoom(long needed, long free, IOException cause) {
        String needs = needed == 0
                ? options.directory() + " is full"
                : "needs " + (needed + MIB - 1) / MIB + " MiB in " + options.directory() + ", " + free / MIB
                        + " MiB free";
        return new FabricException(
                Failure.of(Category.NO_ROOM, rank(), name, needs + ": in a container, docker run --shm-size=..."),
                cause);
    }

    private Failure interrupted() {
        return Failure.of(Category.INTERRUPTED, rank(), name, "the thread of rank " + rank() + " was interrupted");
    }

    private FabricException wrong(String what) {
        return new FabricException(Failure.of(Category.PROGRAM_WRONG, rank(), name, what));
    }

    /**
     * Returns when all ranks have come here.
     *
     * @param purpose for the message of a wait that is too long: {@code to close}
     */
    void barrier(String purpose) {
        stage++;
        AddressSpace.setLongRelease(base + ShmLayout.stage(rank()), stage);
        long start = System.nanoTime();
        for (int peer = 0; peer < size(); peer++) {
            for (int polls = 0; AddressSpace.getLongAcquire(base + ShmLayout.stage(peer)) < stage; polls++) {
                pause(polls);
                checkWait(start, peer, purpose);
            }
        }
    }

    /** Shows the others that this rank lives, although it waits. */
    void breathe() {
        if (base != 0) {
            AddressSpace.setLongRelease(base + ShmLayout.stage(rank()) + ShmLayout.BREATHS, ++breaths);
        }
    }

    /** As {@link org.fabricmark.transport.Transport#silentRank}. */
    int silentRank(int peer) {
        long[] before = new long[size()];
        for (int other = 0; other < before.length; other++) {
            before[other] = breathsOf(other);
        }
        long start = System.nanoTime();
        while (aborted().isEmpty() && System.nanoTime() - start < SILENCE_NANOS) {
            breathe();
            LockSupport.parkNanos(PARK_NANOS);
        }
        for (int i = 0; i < before.length; i++) {
            int other = (peer + i) % before.length; // the peer first
            if (other != rank() && breathsOf(other) == before[other]) {
                return aborted().isPresent() ? peer : other; // the failure that counts is known
            }
        }
        return peer;
    }

    private long breathsOf(int other) {
        return AddressSpace.getLongAcquire(base + ShmLayout.stage(other) + ShmLayout.BREATHS);
    }

    private static void pause(int polls) {
        if (polls < YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(PARK_NANOS);
        }
    }

    private void checkWait(long start, int peer, String purpose) {
        breathe();
        Optional<Failure> aborted = aborted();
        if (aborted.isPresent()) {
            throw new FabricException(aborted.get());
        }
        if (Thread.currentThread().isInterrupted()) {
            throw failed(interrupted());
        }
        long elapsed = System.nanoTime() - start;
        if (elapsed > context.deadline().toNanos()) {
            throw failed(new Failure(
                    Category.LINK_LOST,
                    rank(),
                    peer,
                    Failure.UNKNOWN,
                    name,
                    elapsed,
                    "rank %d waited %.1f s for %s %s over %s"
                            .formatted(rank(), elapsed / 1e9, ranks(missing(peer)), purpose, name)));
        }
    }

    private FabricException failed(Failure failure) {
        abort(failure);
        return new FabricException(aborted().orElse(failure)); // the same on all ranks
    }

    private List<Integer> missing(int peer) {
        List<Integer> missing = new ArrayList<>();
        for (int other = 0; base != 0 && other < size(); other++) {
            if (AddressSpace.getLongAcquire(base + ShmLayout.stage(other)) < stage) {
                missing.add(other);
            }
        }
        return missing.isEmpty() ? List.of(peer) : missing;
    }

    private static String ranks(List<Integer> ranks) {
        String numbers = ranks.toString();
        return (ranks.size() == 1 ? "rank " : "ranks ") + numbers.substring(1, numbers.length() - 1);
    }

    /** As {@link org.fabricmark.transport.Transport#abort}. Before the control file is mapped nobody can be told. */
    void abort(Failure failure) {
        if (base != 0 && AddressSpace.compareAndSetLong(base + ShmLayout.ABORT_CLAIM, 0, rank() + 1L)) {
            ShmAbortRecord.write(base, failure);
        }
    }

    /** As {@link org.fabricmark.transport.Transport#aborted}. */
    Optional<Failure> aborted() {
        if (base == 0) {
            return context.watch().failure();
        }
        if (AddressSpace.getLongAcquire(base + ShmLayout.ABORT_CLAIM) == 0) {
            Optional<Failure> outside = context.watch().failure();
            if (outside.isEmpty()) {
                return outside;
            }
            abort(outside.get());
        }
        return published().or(context.watch()::failure); // whoever claimed the record may be the one who died
    }

    /**
     * A rank has claimed the record. It publishes within moments, which may be long where it has to load its first class for that
     * or has lost its core; whoever did not wait for it would take its own failure for everybody's. Unless the rank died right
     * there: that is waited for once.
     */
    private Optional<Failure> published() {
        long start = System.nanoTime();
        for (int polls = 0;; polls++) {
            if (AddressSpace.getLongAcquire(base + ShmLayout.ABORT_PUBLISHED) != 0) {
                return Optional.of(ShmAbortRecord.read(base, name));
            }
            if (claimantIsDead || System.nanoTime() - start > PUBLISH_NANOS) {
                claimantIsDead = true;
                return Optional.empty();
            }
            pause(polls);
        }
    }

    int rank() {
        return context.rank();
    }

    int size() {
        return context.size();
    }

    String name() {
        return name;
    }

    /** Forgets the control file. */
    void unmap() {
        base = 0;
        arena.close();
    }
}
