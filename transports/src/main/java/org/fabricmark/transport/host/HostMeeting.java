package org.fabricmark.transport.host;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.security.SecureRandom;
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
 * Where the ranks of one job on one host meet while they attach, allocate and close, where they tell each other what they need to know
 * for that, and where an abort is published: one rank's mapping of the job's control file. Nothing here is on the step path.
 *
 * <p>Thread rule: the rank's thread, which maps and unmaps.
 */
public final class HostMeeting {
    /** Differs between processes, also between those of different containers, whose numbers may be the same. */
    private static final long PROCESS = new SecureRandom().nextLong();

    private static final int YIELDS = 1000;
    private static final long PARK_NANOS = 50_000;

    /** How long it may take from claiming the record of a failure to publishing it. */
    private static final long PUBLISH_NANOS = 500_000_000;
    /** A rank that waits breathes far more often, unless somebody else has its core. */
    private static final long SILENCE_NANOS = 100_000_000;

    private final TransportContext context;
    private final Path directory;
    private final long layout;
    private final String name;
    private final HostFailures failures;
    private final Arena arena = Arena.ofConfined();
    private long base;
    private long stage;
    private long breaths;
    private boolean claimantIsDead;

    private HostMeeting(TransportContext context, String name, Path directory, long layout) {
        this.context = context;
        this.name = name;
        this.directory = directory;
        this.layout = HostLayout.hash(layout);
        this.failures = new HostFailures(context.rank(), name, directory);
    }

    /**
     * Meets the other ranks; rank 0 makes the control file, number 0 of the job's files. Collective.
     *
     * @param name of the transport, for messages
     * @param directory where the file is; the same on all ranks
     * @param layout changes when what the transport's ranks share changes; ranks that differ in it are refused
     * @throws FabricException as {@link org.fabricmark.transport.TransportProvider#open} says
     */
    public static HostMeeting attach(TransportContext context, String name, Path directory, long layout) {
        HostMeeting meeting = new HostMeeting(context, name, directory, layout);
        try {
            meeting.meet();
            return meeting;
        } catch (RuntimeException e) {
            meeting.unmap();
            throw e;
        }
    }

    private void meet() {
        Path path = SharedFile.path(directory, context.job(), 0);
        long bytes = HostLayout.controlBytes(size());
        long start = System.nanoTime();
        try (SharedFile file = rank() == 0 ? createControl(path, bytes) : awaitControl(path, bytes, start)) {
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
            throw failures.io("attach to job " + context.job(), e);
        }
    }

    private SharedFile createControl(Path path, long bytes) throws IOException {
        SharedFile file = SharedFile.create(path, bytes);
        try {
            SharedFile.sweep(directory, file.owner());
            file.reserve(0, bytes);
            return file;
        } catch (IOException e) {
            try (file) {
                file.unlink();
                throw e;
            }
        }
    }

    private SharedFile awaitControl(Path path, long bytes, long start) throws IOException {
        for (int polls = 0;; polls++) {
            Optional<SharedFile> file = SharedFile.openWhenSized(path, bytes);
            if (file.isPresent()) {
                return file.get();
            }
            pause(polls);
            checkWait(start, 0, "to create job " + context.job());
        }
    }

    private void publish() {
        AddressSpace.setInt(base + HostLayout.VERSION_OFFSET, HostLayout.VERSION);
        AddressSpace.setInt(base + HostLayout.SIZE_OFFSET, size());
        AddressSpace.setLong(base + HostLayout.HASH_OFFSET, layout);
        AddressSpace.setLongRelease(base + HostLayout.MAGIC_OFFSET, HostLayout.MAGIC);
    }

    private void awaitPublished(long start) {
        for (int polls = 0; AddressSpace.getLongAcquire(base + HostLayout.MAGIC_OFFSET) == 0; polls++) {
            pause(polls);
            checkWait(start, 0, "to publish job " + context.job());
        }
        if (AddressSpace.getLong(base + HostLayout.MAGIC_OFFSET) != HostLayout.MAGIC) {
            throw failures.wrong("the control file of job " + context.job() + " was not made by this program");
        }
        int version = AddressSpace.getInt(base + HostLayout.VERSION_OFFSET);
        if (version != HostLayout.VERSION
                || AddressSpace.getLong(base + HostLayout.HASH_OFFSET) != layout) {
            throw failures.wrong(
                    "rank " + rank() + " knows layout " + HostLayout.VERSION + " of shared memory, rank 0 uses layout "
                            + version + ": start all ranks from one build");
        }
        int size = AddressSpace.getInt(base + HostLayout.SIZE_OFFSET);
        if (size != size()) {
            throw failures.wrong("rank " + rank() + " expects " + size() + " ranks, rank 0 expects " + size);
        }
    }

    private void claimRank() {
        long claim = base + HostLayout.stage(rank()) + HostLayout.CLAIMED;
        if (!AddressSpace.compareAndSetLong(claim, 0, 1)) {
            FabricException twice = failures.wrong("two ranks have number " + rank());
            abort(twice.failure());
            throw twice;
        }
        AddressSpace.setLong(base + HostLayout.stage(rank()) + HostLayout.PROCESS, PROCESS);
    }

    /**
     * Returns when all ranks have come here.
     *
     * @param purpose for the message of a wait that is too long: {@code to close}
     */
    public void barrier(String purpose) {
        stage++;
        AddressSpace.setLongRelease(base + HostLayout.stage(rank()), stage);
        long start = System.nanoTime();
        for (int peer = 0; peer < size(); peer++) {
            for (int polls = 0; AddressSpace.getLongAcquire(base + HostLayout.stage(peer)) < stage; polls++) {
                pause(polls);
                checkWait(start, peer, purpose);
            }
        }
    }

    /**
     * Tells the others {@code block} and hears theirs, all of one length. Collective.
     *
     * @param purpose as of {@link #barrier}
     * @return by rank
     */
    public byte[][] exchange(byte[] block, String purpose) {
        byte[][] heard = new byte[size()][block.length];
        for (int done = 0; done < block.length; done += HostLayout.TOLD_BYTES) {
            int part = Math.min(HostLayout.TOLD_BYTES, block.length - done);
            MemorySegment.copy(block, done, told(rank(), part), ValueLayout.JAVA_BYTE, 0, part);
            barrier(purpose);
            for (int other = 0; other < size(); other++) {
                MemorySegment.copy(told(other, part), ValueLayout.JAVA_BYTE, 0, heard[other], done, part);
            }
            barrier(purpose);
        }
        return heard;
    }

    private MemorySegment told(int other, int bytes) {
        return AddressSpace.segment(base + HostLayout.stage(other) + HostLayout.TOLD, bytes);
    }

    /** Whether all ranks are threads of this process. */
    public boolean oneProcess() {
        for (int other = 0; other < size(); other++) {
            if (AddressSpace.getLong(base + HostLayout.stage(other) + HostLayout.PROCESS) != PROCESS) {
                return false;
            }
        }
        return true;
    }

    /** Shows the others that this rank lives, although it waits. */
    public void breathe() {
        if (base != 0) {
            AddressSpace.setLongRelease(base + HostLayout.stage(rank()) + HostLayout.BREATHS, ++breaths);
        }
    }

    /** As {@link org.fabricmark.transport.Transport#silentRank}. */
    public int silentRank(int peer) {
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
        return AddressSpace.getLongAcquire(base + HostLayout.stage(other) + HostLayout.BREATHS);
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
            throw failed(failures.interrupted());
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
            if (AddressSpace.getLongAcquire(base + HostLayout.stage(other)) < stage) {
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
    public void abort(Failure failure) {
        if (base != 0 && AddressSpace.compareAndSetLong(base + HostLayout.ABORT_CLAIM, 0, rank() + 1L)) {
            HostAbortRecord.write(base, failure);
        }
    }

    /** As {@link org.fabricmark.transport.Transport#aborted}. */
    public Optional<Failure> aborted() {
        if (base == 0) {
            return context.watch().failure();
        }
        if (AddressSpace.getLongAcquire(base + HostLayout.ABORT_CLAIM) == 0) {
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
            if (AddressSpace.getLongAcquire(base + HostLayout.ABORT_PUBLISHED) != 0) {
                return Optional.of(HostAbortRecord.read(base, name));
            }
            if (claimantIsDead || System.nanoTime() - start > PUBLISH_NANOS) {
                claimantIsDead = true;
                return Optional.empty();
            }
            pause(polls);
        }
    }

    /** This rank. */
    public int rank() {
        return context.rank();
    }

    /** How many ranks. */
    public int size() {
        return context.size();
    }

    /** Name of the transport. */
    public String name() {
        return name;
    }

    /** Says in words what is wrong with files. */
    public HostFailures failures() {
        return failures;
    }

    /** Forgets the control file. */
    public void unmap() {
        base = 0;
        arena.close();
    }
}
