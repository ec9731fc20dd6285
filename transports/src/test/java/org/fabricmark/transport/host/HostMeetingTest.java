package org.fabricmark.transport.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostMeetingTest {
    private static final long LAYOUT = 42;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path directory;

    private HostMeeting attach(int rank, int size, Duration deadline) {
        TransportContext context = new TransportContext("test-1-a", rank, size, TransportSpec.parse("shm"), deadline);
        return HostMeeting.attach(context, "shm", directory, LAYOUT);
    }

    /** Runs {@code work} by all ranks; what they throw. */
    private List<FabricException> run(int size, Duration deadline, Consumer<HostMeeting> work) {
        ConcurrentLinkedQueue<FabricException> thrown = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> ranks = IntStream.range(0, size).mapToObj(rank -> Thread.ofPlatform().start(() -> {
            HostMeeting meeting = attach(rank, size, deadline);
            try {
                work.accept(meeting);
            } catch (FabricException e) {
                thrown.add(e);
            } catch (RuntimeException | Error e) {
                wrong.add(e);
            } finally {
                meeting.unmap();
            }
        })).toList();
        ranks.forEach(HostMeetingTest::join);
        assertEquals(List.of(), List.copyOf(wrong));
        return List.copyOf(thrown);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] block(int rank, int bytes) {
        byte[] block = new byte[bytes];
        Arrays.fill(block, (byte) (rank + 1));
        if (bytes > 0) {
            block[bytes - 1] = (byte) (100 + rank);
        }
        return block;
    }

    @Test
    void shouldTellEveryRankWhatTheOthersHaveToSayWhateverItsLength() {
        int size = 3;
        List<FabricException> thrown = run(size, LONG, meeting -> {
            for (int bytes : new int[] {0, 1, HostLayout.TOLD_BYTES, HostLayout.TOLD_BYTES + 1, 10_000}) {
                byte[][] heard = meeting.exchange(block(meeting.rank(), bytes), "to say something");
                for (int rank = 0; rank < size; rank++) {
                    assertArrayEquals(block(rank, bytes), heard[rank], bytes + " bytes of rank " + rank);
                }
            }
        });
        assertEquals(List.of(), thrown);
    }

    @Test
    void shouldKnowThatThreadsShareAProcess() {
        assertEquals(List.of(), run(2, LONG, meeting -> assertTrue(meeting.oneProcess())));
    }

    @Test
    void shouldNameTheRankThatDoesNotComeToABarrier() {
        List<FabricException> thrown = run(3, SHORT, meeting -> {
            if (meeting.rank() != 1) {
                meeting.barrier("to be tested");
            }
        });
        assertEquals(2, thrown.size(), "all that waited");
        Failure failure = thrown.getFirst().failure();
        assertEquals(failure, thrown.getLast().failure(), "the same everywhere");
        assertEquals(Category.LINK_LOST, failure.category());
        assertEquals(1, failure.peer());
        assertTrue(failure.what().matches("rank [02] waited 0.3 s for rank 1 to be tested over shm"), failure.what());
    }

    @Test
    void shouldTellEveryRankOfTheFirstAbortOnly() {
        Failure first = Failure.of(Category.RANK_FAILED, 0, "shm", "first");
        assertEquals(List.of(), run(2, LONG, meeting -> {
            if (meeting.rank() == 0) {
                meeting.abort(first);
            } else {
                while (meeting.aborted().isEmpty()) {
                    Thread.onSpinWait();
                }
                meeting.abort(Failure.of(Category.RANK_FAILED, 1, "shm", "second"));
            }
            assertEquals(Optional.of(first), meeting.aborted());
        }));
    }

    @Test
    void shouldLeaveNoNameOfAFile() throws IOException {
        run(2, LONG, meeting -> {
            meeting.barrier("to be sure");
            assertEquals(0, directory.toFile().list().length);
        });
        try (var files = Files.list(directory)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void shouldRefuseAControlFileOfAnotherVersion() throws IOException {
        Failure failure = refused(HostLayout.MAGIC, HostLayout.VERSION + 1, HostLayout.hash(LAYOUT));
        assertEquals(Category.PROGRAM_WRONG, failure.category());
        assertEquals(
                "rank 1 knows layout " + HostLayout.VERSION + " of shared memory, rank 0 uses layout "
                        + (HostLayout.VERSION + 1) + ": start all ranks from one build",
                failure.what());
    }

    @Test
    void shouldRefuseAControlFileOfAnotherLayoutOrOfSomebodyElse() throws IOException {
        Failure layout = refused(HostLayout.MAGIC, HostLayout.VERSION, HostLayout.hash(LAYOUT + 1));
        assertEquals(Category.PROGRAM_WRONG, layout.category());
        assertTrue(layout.what().endsWith("start all ranks from one build"), layout.what());
        Failure foreign = refused(HostLayout.MAGIC + 1, HostLayout.VERSION, HostLayout.hash(LAYOUT));
        assertEquals(Category.PROGRAM_WRONG, foreign.category());
        assertTrue(foreign.what().endsWith("was not made by this program"), foreign.what());
    }

    /** What rank 1 says to a control file with this head. */
    private Failure refused(long magic, int version, long hash) throws IOException {
        try (Arena arena = Arena.ofConfined();
                SharedFile file =
                        SharedFile.create(SharedFile.path(directory, "test-1-a", 0), HostLayout.controlBytes(2))) {
            try {
                long base = file.map(HostLayout.controlBytes(2), arena).address();
                AddressSpace.setInt(base + HostLayout.VERSION_OFFSET, version);
                AddressSpace.setInt(base + HostLayout.SIZE_OFFSET, 2);
                AddressSpace.setLong(base + HostLayout.HASH_OFFSET, hash);
                AddressSpace.setLongRelease(base + HostLayout.MAGIC_OFFSET, magic);
                return assertThrows(FabricException.class, () -> attach(1, 2, LONG)).failure();
            } finally {
                file.unlink();
            }
        }
    }
}
