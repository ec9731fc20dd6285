package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.AccessFlag.LOCAL_WRITE;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_READ;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.COMPARE_AND_SWAP;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.FETCH_AND_ADD;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.DeviceAttributes.Atomicity;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;

/** Compare-and-swap and fetch-and-add. */
public abstract class AtomicsConformance extends VerbsConformance {
    private static final int THREADS = 8;
    private static final int ADDITIONS = 1000;

    /** Where a queue pair of another thread is. */
    private record Address(Gid gid, QueuePairNumber number) {}

    /** As {@link VerbsConformance}. */
    protected AtomicsConformance(Subject subject) {
        super(subject);
    }

    @BeforeEach
    final void needAtomics() {
        assumeTrue(a().context().attributes().atomicity() != Atomicity.NONE, "skipped: lacks atomics");
    }

    @Behaviour("V035")
    void shouldAddModuloTwoToThe64AndReturnWhatWasThere() {
        Link link = ends().connect();
        Registered into = a().memory(8);
        Registered word = b().memory(8);
        long expected = 0;
        for (long addend : new long[] {1, 1L << 63, 1L << 63, -1, 5, Long.MAX_VALUE, 0, -7}) {
            link.a().post(Requests.fetchAndAdd(1, into, 0, word, 0, addend));
            assertEquals(8, assertDone(link.a().sends(), 1, FETCH_AND_ADD).bytes());
            assertEquals(expected, into.getLong(0));
            expected += addend;
        }
        link.a().post(Requests.fetchAndAdd(1, into, 0, word, 0, 0));
        assertDone(link.a().sends(), 1, FETCH_AND_ADD);
        assertEquals(expected, into.getLong(0));
    }

    @Behaviour("V036")
    void shouldLoseNoAdditionOfEightThreads() throws Exception {
        Registered word = b().memory(8);
        QueuePair[] there = new QueuePair[THREADS];
        for (int i = 0; i < THREADS; i++) {
            there[i] = Ends.side(b(), RC).pair();
        }
        AtomicReferenceArray<Address> here = new AtomicReferenceArray<>(THREADS);
        CountDownLatch opened = new CountDownLatch(THREADS);
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            Future<?>[] results = new Future<?>[THREADS];
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                results[i] = threads.submit(() -> {
                    try (End own = new End(ends().device())) {
                        Side side = Ends.side(own, RC);
                        Connection.USUAL.connect(side.pair(), b().gid(), there[thread].number());
                        here.set(thread, new Address(own.gid(), side.pair().number()));
                        opened.countDown();
                        connected.await();
                        add(side, own.memory(8), word, seen);
                        ended.await(); // the responder's queue pairs must not meet a destroyed one
                    }
                    return null;
                });
            }
            ends().until("eight contexts", () -> opened.getCount() == 0 || failed(results));
            for (int i = 0; i < THREADS && !failed(results); i++) {
                Connection.USUAL.connect(there[i], here.get(i).gid(), here.get(i).number());
            }
            connected.countDown();
            ends().until("all additions", () -> seen.size() == THREADS * ADDITIONS || failed(results));
            ended.countDown();
            for (Future<?> each : results) {
                each.get();
            }
        }
        assertEquals(THREADS * ADDITIONS, word.getLong(0));
    }

    private static boolean failed(Future<?>[] results) {
        for (Future<?> each : results) {
            if (each.isDone()) {
                return true;
            }
        }
        return false;
    }

    private static void add(Side side, Registered into, Registered word, Set<Long> seen) {
        WorkCompletion[] one = WorkCompletion.array(1);
        SendRequest request = new SendRequest();
        for (int i = 0; i < ADDITIONS; i++) {
            side.post(request.begin(i).fetchAndAdd(word.at(0), word.remoteKey(), 1)
                    .segment(into.at(0), 8, into.localKey()));
            while (side.sends().poll(one) == 0) {
                Thread.yield();
            }
            assertEquals(CompletionStatus.SUCCESS, one[0].status());
            assertTrue(seen.add(into.getLong(0)), "returned twice");
        }
    }

    @Behaviour("V037")
    void shouldSwapOnlyWhatIsAsExpected() {
        Link link = ends().connect();
        Registered into = a().memory(8);
        Registered word = b().memory(16).fill(-1);
        word.putLong(8, 7);
        link.a().post(Requests.compareAndSwap(1, into, word, 8, 7, 70));
        assertEquals(8, assertDone(link.a().sends(), 1, COMPARE_AND_SWAP).bytes());
        assertEquals(7, into.getLong(0));
        link.a().post(Requests.compareAndSwap(2, into, word, 8, 7, 700));
        assertDone(link.a().sends(), 2, COMPARE_AND_SWAP);
        assertEquals(70, into.getLong(0));
        link.a().post(Requests.compareAndSwap(3, into, word, 8, 70, 7000));
        assertDone(link.a().sends(), 3, COMPARE_AND_SWAP);
        assertEquals(70, into.getLong(0));
        link.a().post(Requests.fetchAndAdd(4, into, 0, word, 8, 0));
        assertDone(link.a().sends(), 4, FETCH_AND_ADD);
        assertEquals(7000, into.getLong(0));
        word.assertAll(-1, 0, 8);
    }

    @Behaviour("V038")
    void shouldRefuseAtomicsOfOtherThanEightBytes() {
        Registered word = b().memory(8).fill(1);
        for (int length : new int[] {0, 4, 7, 9, 16}) {
            Link link = ends().connect();
            Registered into = a().memory(16);
            SendRequest request = Requests.signaled(Requests.request(1).fetchAndAdd(word.at(0), word.remoteKey(), 1)
                    .segment(into.at(0), length, into.localKey()));
            if (link.a().pair().postSend(request) == PostStatus.POSTED) {
                assertEnded(link.a().sends(), 1, CompletionStatus.LOCAL_LENGTH_ERROR);
            }
        }
        ends().settle();
        word.assertAll(1);
    }

    @Behaviour("V047")
    void shouldRefuseAtomicsThatAreNotAligned() {
        Registered word = b().memory(16).fill(1);
        Registered into = a().memory(8);
        for (int offset : new int[] {1, 4, 7}) {
            for (SendRequest request : new SendRequest[] {
                Requests.fetchAndAdd(1, into, 0, word, offset, 1),
                Requests.compareAndSwap(1, into, word, offset, 0, 1)}) {
                Link link = ends().connect();
                if (link.a().pair().postSend(Requests.signaled(request)) == PostStatus.POSTED) {
                    assertEnded(link.a().sends(), 1, CompletionStatus.REMOTE_INVALID_REQUEST_ERROR);
                }
            }
        }
        ends().settle();
        word.assertAll(1);
    }

    @Behaviour("V191")
    void shouldScatterTheOldValueOverPieces() {
        Link link = ends().connect();
        Registered into = a().memory(64);
        Registered word = b().memory(8).randomize(seed());
        byte[] old = word.get(0, 8);
        link.a().post(Requests.request(1).fetchAndAdd(word.at(0), word.remoteKey(), 1)
                .segment(into.at(20), 3, into.localKey()).segment(into.at(40), 5, into.localKey()));
        assertDone(link.a().sends(), 1, FETCH_AND_ADD);
        Assertions.assertArrayEquals(
                old, DataPathConformance.join(into.get(20, 3), into.get(40, 5)));
        into.assertAll(0, 45, 19);
    }

    @Behaviour("V192")
    void shouldRefuseAtomicsBeyondTheirMemory() {
        Registered word = b().memory(12).fill(1);
        Registered into = a().memory(8);
        for (long offset : new long[] {-8, 8, 16}) {
            Link link = ends().connect();
            link.a().post(Requests.fetchAndAdd(1, into, 0, word, offset, 1));
            assertEnded(link.a().sends(), 1, CompletionStatus.REMOTE_ACCESS_ERROR);
        }
        word.assertAll(1);
        Link link = ends().connect();
        link.a().post(Requests.fetchAndAdd(1, into, 0, word, 0, 1));
        assertDone(link.a().sends(), 1, FETCH_AND_ADD);
    }

    @Behaviour("V193")
    void shouldRefuseAtomicsOfMemoryWithoutThatRight() {
        Registered word = b().memory(8, LOCAL_WRITE, REMOTE_READ, REMOTE_WRITE);
        Link link = ends().connect();
        link.a().post(Requests.fetchAndAdd(1, a().memory(8), 0, word, 0, 1));
        assertEnded(link.a().sends(), 1, CompletionStatus.REMOTE_ACCESS_ERROR);
        word.assertAll(0);
    }

    @Behaviour("V194")
    void shouldLookAtTheAlignmentBeforeTheKey() {
        Registered word = b().memory(16);
        Link link = ends().connect();
        Registered into = a().memory(8);
        SendRequest both = Requests.signaled(
                Requests.request(1).fetchAndAdd(word.at(1), DataPathConformance.NO_REMOTE_KEY, 1)
                        .segment(into.at(0), 8, into.localKey()));
        if (link.a().pair().postSend(both) == PostStatus.POSTED) {
            assertEnded(link.a().sends(), 1, CompletionStatus.REMOTE_INVALID_REQUEST_ERROR);
        }
    }

    @Behaviour("V195")
    void shouldHaveChangedThePeerWhenTheOldValueHasNoPlace() {
        Registered word = b().memory(8);
        Registered readOnly = a().memory(a().domain(), 8, Set.of());
        Link link = ends().connect();
        link.a().post(Requests.fetchAndAdd(1, readOnly, 0, word, 0, 5));
        assertEnded(link.a().sends(), 1, CompletionStatus.LOCAL_PROTECTION_ERROR);
        Link other = ends().connect();
        Registered into = a().memory(8);
        other.a().post(Requests.fetchAndAdd(2, into, 0, word, 0, 0));
        assertDone(other.a().sends(), 2, FETCH_AND_ADD);
        assertEquals(5, into.getLong(0), "the remote side comes first");
        readOnly.assertAll(0);
    }

    @Behaviour("V196")
    void shouldExecuteAtomicsInTheirPlaceAmongWrites() {
        Link link = ends().connect();
        Registered from = a().memory(8);
        Registered into = a().memory(64);
        Registered word = b().memory(8);
        from.putLong(0, 100);
        for (int i = 0; i < 100; i++) {
            link.a().postQuietly(Requests.write(1, from, 0, word, 0, 8));
            link.a().post(
                    Requests.fetchAndAdd(2, into, 0, word, 0, 1), Requests.compareAndSwap(3, into, word, 0, 101, 7),
                    Requests.write(4, from, 0, word, 0, 8));
            assertDone(link.a().sends(), 2, FETCH_AND_ADD);
            assertDone(link.a().sends(), 3, COMPARE_AND_SWAP);
            assertEquals(101, into.getLong(0));
            assertDone(link.a().sends(), 4, RDMA_WRITE);
        }
    }
}
