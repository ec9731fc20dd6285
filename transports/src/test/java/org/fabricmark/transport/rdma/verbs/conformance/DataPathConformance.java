package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_READ;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV_RDMA_WITH_IMM;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.fabricmark.transport.rdma.verbs.CompletionFlag;
import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** What sends, writes and reads of a reliable connection carry, and what their completions say. */
public abstract class DataPathConformance extends VerbsConformance {
    static final LocalKey NO_LOCAL_KEY = new LocalKey(0x5eadbeef);
    static final RemoteKey NO_REMOTE_KEY = new RemoteKey(0x5eadbeef);
    private static final int LONG = (1 << 20) + 3;

    /** As {@link VerbsConformance}. */
    protected DataPathConformance(Subject subject) {
        super(subject);
    }

    private static int[] sizes(PathMtu mtu) {
        int packet = mtu.bytes();
        return new int[] {0, 1, packet - 1, packet, packet + 1, 2 * packet, LONG};
    }

    @Behaviour("V021")
    void shouldSendMessagesOfAllSizes() {
        Registered from = a().memory(LONG).randomize(seed());
        Registered into = b().memory(LONG);
        for (PathMtu mtu : PathMtu.values()) {
            Link link = ends().connect(Connection.USUAL.withMtu(mtu));
            for (int size : sizes(mtu)) {
                into.fill(0);
                link.b().receive(Requests.receive(2, into, 0, LONG));
                link.a().post(Requests.send(1, from, 0, size));
                assertDone(link.a().sends(), 1, SEND);
                assertEquals(size, assertDone(link.b().receives(), 2, RECV).bytes());
                assertArrayEquals(from.get(0, size), into.get(0, size));
                into.assertAll(0, size, LONG - size);
            }
        }
    }

    @Behaviour("V022")
    void shouldWriteAllSizesAtAllAlignmentsAndNothingBeside() {
        Registered from = a().memory(LONG).randomize(seed());
        Registered to = b().memory(LONG + 8);
        for (PathMtu mtu : PathMtu.values()) {
            Link link = ends().connect(Connection.USUAL.withMtu(mtu));
            link.b().receiveNothing(1, 1);
            for (int size : sizes(mtu)) {
                for (int offset = 0; offset < 4; offset++) {
                    to.fill(0);
                    link.a().post(Requests.write(1, from, 0, to, 1 + offset, size));
                    assertDone(link.a().sends(), 1, RDMA_WRITE);
                    assertSeenByRead(link, to);
                    assertArrayEquals(from.get(0, size), to.get(1 + offset, size));
                    to.assertAll(0, 0, 1 + offset);
                    to.assertAll(0, 1 + offset + size, 7 - offset);
                }
            }
            ends().assertNothing(link.b().receives());
        }
    }

    @Behaviour("V023")
    void shouldReadAllSizes() {
        Registered into = a().memory(LONG + 8);
        Registered from = b().memory(LONG).randomize(seed());
        for (PathMtu mtu : PathMtu.values()) {
            Link link = ends().connect(Connection.USUAL.withMtu(mtu));
            link.b().receiveNothing(1, 1);
            for (int size : sizes(mtu)) {
                into.fill(0);
                link.a().post(Requests.read(1, into, 1, from, 0, size));
                assertEquals(size, assertDone(link.a().sends(), 1, RDMA_READ).bytes());
                assertArrayEquals(from.get(0, size), into.get(1, size));
                into.assertAll(0, 0, 1);
                into.assertAll(0, 1 + size, 7);
            }
            ends().assertNothing(link.b().receives());
        }
    }

    @Behaviour("V024")
    void shouldWriteWithImmediateAndLeaveTheReceivesMemoryAlone() {
        Link link = ends().connect();
        Registered from = a().memory(5000).randomize(seed());
        Registered to = b().memory(5000);
        Registered place = b().memory(5000).fill(7);
        for (int size : new int[] {0, 5000}) {
            link.b().receive(Requests.receive(2, place, 0, 5000));
            link.a().post(Requests.writeWithImmediate(1, from, to, size, 0x01020304 + size));
            assertDone(link.a().sends(), 1, RDMA_WRITE);
            WorkCompletion received = assertDone(link.b().receives(), 2, RECV_RDMA_WITH_IMM);
            assertTrue(received.has(CompletionFlag.WITH_IMM));
            assertEquals(0x01020304 + size, received.immediate());
            assertEquals(size, received.bytes());
            assertArrayEquals(from.get(0, size), to.get(0, size));
            place.assertAll(7);
        }
    }

    @Behaviour("V025")
    void shouldSendWithImmediate() {
        Link link = ends().connect();
        Registered from = a().memory(16).randomize(seed());
        Registered into = b().memory(16);
        for (int immediate : new int[] {0, 1, -1, 0x80000000, 0x12345678}) {
            link.b().receive(Requests.receive(2, into, 0, 16));
            link.a().post(Requests.sendWithImmediate(1, from, 16, immediate));
            assertDone(link.a().sends(), 1, SEND);
            WorkCompletion received = assertDone(link.b().receives(), 2, RECV);
            assertTrue(received.has(CompletionFlag.WITH_IMM));
            assertEquals(immediate, received.immediate());
            assertArrayEquals(from.get(0, 16), into.get(0, 16));
        }
        link.b().receiveNothing(3, 1);
        link.a().post(Requests.request(4).send());
        WorkCompletion without = assertDone(link.b().receives(), 3, RECV);
        assertFalse(without.has(CompletionFlag.WITH_IMM) || without.has(CompletionFlag.WITH_INV));
    }

    @Behaviour("V026")
    void shouldGatherAndScatterAcrossPieces() {
        Link link = ends().connect();
        Registered from = a().memory(8192).randomize(seed());
        Registered into = b().memory(8192);
        link.b().receive(Requests.receive(2, into, 4000, 3).segment(into.at(0), 2000, into.localKey())
                .segment(into.at(5000), 3000, into.localKey()));
        link.a().post(Requests.send(1, from, 5000, 1).segment(from.at(1), 0, from.localKey())
                .segment(from.at(100), 4096, from.localKey()).segment(from.at(6000), 7, from.localKey()));
        assertDone(link.a().sends(), 1, SEND);
        assertEquals(4104, assertDone(link.b().receives(), 2, RECV).bytes());
        byte[] message = join(from.get(5000, 1), from.get(100, 4096), from.get(6000, 7));
        assertArrayEquals(message, join(into.get(4000, 3), into.get(0, 2000), into.get(5000, 2101)));
        into.assertAll(0, 7101, 899);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] each : parts) {
            all.writeBytes(each);
        }
        return all.toByteArray();
    }

    @Behaviour("V027")
    void shouldTakeInlineBytesWhilePostingAndNotLookAtTheirKey() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(1);
        Registered into = b().memory(128);
        link.b().receive(Requests.receive(3, into, 0, 64));
        link.a().post(
                Requests.request(1).send().segment(from.at(0), 20, NO_LOCAL_KEY).flag(SendFlag.INLINE));
        from.fill(2);
        link.a().post(
                Requests.request(2).write(into.at(64), into.remoteKey()).segment(from.at(0), 20, NO_LOCAL_KEY)
                        .flag(SendFlag.INLINE));
        from.fill(3);
        assertDone(link.a().sends(), 1, SEND);
        assertDone(link.a().sends(), 2, RDMA_WRITE);
        assertDone(link.b().receives(), 3, RECV);
        assertSeenByRead(link, into);
        into.assertAll(1, 0, 20);
        into.assertAll(2, 64, 20);
    }

    @Behaviour("V039")
    void shouldFollowAListByDependentReads() {
        Link link = ends().connect();
        Registered list = b().memory(8 * 100);
        Registered into = a().memory(8);
        List<Integer> places = new ArrayList<>(IntStream.range(0, 100).boxed().toList());
        Collections.shuffle(places, new Random(seed()));
        for (int i = 0; i < 100; i++) {
            list.putLong(8L * places.get(i), list.at(8L * places.get((i + 1) % 100)));
        }
        long address = list.at(8L * places.get(0));
        for (int i = 0; i < 100; i++) {
            link.a().post(Requests.request(i).read(address, list.remoteKey()).segment(into.at(0), 8, into.localKey()));
            assertDone(link.a().sends(), i, RDMA_READ);
            address = into.getLong(0);
            assertEquals(list.at(8L * places.get((i + 1) % 100)), address);
        }
    }

    @Behaviour("V161")
    void shouldLookAtNeitherAddressNorKeyOfNoBytes() {
        Link link = ends().connect();
        link.b().receive(Requests.receive(1).segment(12345, 0, NO_LOCAL_KEY), Requests.receive(2));
        link.a().post(
                Requests.request(1).write(-1, NO_REMOTE_KEY), Requests.request(2).read(-1, NO_REMOTE_KEY),
                Requests.request(3).write(77, NO_REMOTE_KEY).segment(-1, 0, NO_LOCAL_KEY),
                Requests.request(4).send().segment(-1, 0, NO_LOCAL_KEY),
                Requests.request(5).writeWithImmediate(-1, NO_REMOTE_KEY, 6));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        assertEquals(0, assertDone(link.a().sends(), 2, RDMA_READ).bytes());
        assertDone(link.a().sends(), 3, RDMA_WRITE);
        assertDone(link.a().sends(), 4, SEND);
        assertDone(link.a().sends(), 5, RDMA_WRITE);
        assertEquals(0, assertDone(link.b().receives(), 1, RECV).bytes());
        assertEquals(6, assertDone(link.b().receives(), 2, RECV_RDMA_WITH_IMM).immediate());
    }

    @Behaviour("V162")
    void shouldSkipAPieceOfNoBytesAnywhere() {
        Link link = ends().connect();
        Registered from = a().memory(64).randomize(seed());
        Registered into = b().memory(64);
        link.b().receive(Requests.receive(1).segment(-1, 0, NO_LOCAL_KEY).segment(into.at(0), 3, into.localKey())
                .segment(0, 0, NO_LOCAL_KEY).segment(into.at(3), 5, into.localKey()));
        link.a().post(Requests.request(1).send().segment(0, 0, NO_LOCAL_KEY).segment(from.at(0), 5, from.localKey())
                .segment(-1, 0, NO_LOCAL_KEY).segment(from.at(5), 3, from.localKey()));
        assertDone(link.a().sends(), 1, SEND);
        assertDone(link.b().receives(), 1, RECV);
        assertArrayEquals(from.get(0, 8), into.get(0, 8));
    }

    @Behaviour("V163")
    void shouldScatterAReadOverPiecesAndGatherAWrite() {
        Link link = ends().connect();
        Registered into = a().memory(64);
        Registered there = b().memory(64).randomize(seed());
        byte[] original = there.get(0, 64);
        link.a().post(Requests.read(1, into, 40, there, 3, 10).segment(into.at(0), 1, into.localKey())
                .segment(into.at(10), 20, into.localKey()));
        assertEquals(31, assertDone(link.a().sends(), 1, RDMA_READ).bytes());
        assertArrayEquals(there.get(3, 31), join(into.get(40, 10), into.get(0, 1), into.get(10, 20)));
        link.a().post(Requests.write(2, into, 10, there, 0, 20).segment(into.at(40), 10, into.localKey()));
        assertDone(link.a().sends(), 2, RDMA_WRITE);
        assertSeenByRead(link, there);
        assertArrayEquals(join(into.get(10, 20), into.get(40, 10)), there.get(0, 30));
        assertArrayEquals(Arrays.copyOfRange(original, 30, 64), there.get(30, 34));
    }

    @Behaviour("V164")
    void shouldLetAMessageBeShorterThanItsReceive() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(3);
        Registered into = b().memory(64);
        link.b().receive(Requests.receive(1, into, 0, 64), Requests.receive(2, into, 32, 32));
        link.a().post(Requests.send(1, from, 0, 5), Requests.send(2, from, 0, 32));
        assertEquals(5, assertDone(link.b().receives(), 1, RECV).bytes());
        assertEquals(32, assertDone(link.b().receives(), 2, RECV).bytes());
        into.assertAll(3, 0, 5);
        into.assertAll(0, 5, 27);
        into.assertAll(3, 32, 32);
    }

    @Behaviour("V165")
    void shouldReadLocalMemoryThatHasNoRights() {
        Link link = ends().connect();
        Registered from = a().memory(a().domain(), 64, Set.of()).fill(3);
        Registered to = b().memory(64);
        link.b().receive(Requests.receive(1, to, 0, 8));
        link.a().post(Requests.send(1, from, 0, 8), Requests.write(2, from, 0, to, 8, 8));
        assertDone(link.a().sends(), 1, SEND);
        assertDone(link.a().sends(), 2, RDMA_WRITE);
    }

    @Behaviour("V166")
    void shouldConnectTwoQueuePairsOfOneContext() {
        Link link = new Link(Ends.side(a(), RC), Ends.side(a(), RC)).connect(Connection.USUAL);
        Registered memory = a().memory(64).fill(3);
        link.b().receive(Requests.receive(5, memory, 48, 8));
        memory.segment().asSlice(32).fill((byte) 0);
        link.a().post(Requests.write(1, memory, 0, memory, 32, 8), Requests.send(2, memory, 0, 8));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        assertDone(link.a().sends(), 2, SEND);
        assertDone(link.b().receives(), 5, RECV);
        memory.assertAll(3, 32, 8);
        memory.assertAll(3, 48, 8);
        memory.assertAll(0, 40, 8);
    }

    @Behaviour("V167")
    void shouldConnectAQueuePairToItself() {
        Side self = Ends.side(a(), RC);
        Connection.USUAL.connect(self.pair(), a().gid(), self.pair().number());
        Registered memory = a().memory(64).fill(3);
        self.receive(Requests.receive(5, memory, 48, 8));
        self.post(Requests.send(1, memory, 0, 8), Requests.read(2, memory, 8, memory, 0, 8));
        assertDone(self.sends(), 1, SEND);
        assertDone(self.receives(), 5, RECV);
        assertDone(self.sends(), 2, RDMA_READ);
    }

    @Behaviour("V168")
    void shouldCopySixteenMebibytes() {
        int size = 16 << 20;
        Link link = ends().connect();
        Registered from = a().memory(size).randomize(seed());
        Registered to = b().memory(size);
        link.b().receiveNothing(1, 1);
        link.a().post(Requests.writeWithImmediate(1, from, to, size, 0));
        assertEquals(size, assertDone(link.b().receives(), 1, RECV_RDMA_WITH_IMM).bytes());
        assertEquals(-1, from.segment().mismatch(to.segment()));
        from.fill(0);
        link.a().post(Requests.read(2, from, 0, to, 0, size));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        assertDone(link.a().sends(), 2, RDMA_READ);
        assertEquals(-1, from.segment().mismatch(to.segment()));
    }

    @Behaviour("V169")
    void shouldCarryMessagesBothWaysAtOnce() {
        Link link = ends().connect();
        Registered mine = a().memory(4096);
        Registered theirs = b().memory(4096);
        int messages = 200;
        for (int i = 0; i < messages; i++) {
            mine.putLong(0, i);
            theirs.putLong(0, -i);
            link.a().receive(Requests.receive(i, mine, 2048, 8));
            link.b().receive(Requests.receive(i, theirs, 2048, 8));
            link.a().post(Requests.send(1000 + i, mine, 0, 8));
            link.b().post(Requests.send(2000 + i, theirs, 0, 8));
            assertDone(link.a().receives(), i, RECV);
            assertDone(link.b().receives(), i, RECV);
            assertDone(link.a().sends(), 1000 + i, SEND);
            assertDone(link.b().sends(), 2000 + i, SEND);
            assertEquals(i, theirs.getLong(2048));
            assertEquals(-i, mine.getLong(2048));
        }
    }

    @Behaviour("V170")
    void shouldLetOneQueuePairNotWaitForAnother() {
        Link stuck = ends().connect();
        Link free = ends().connect();
        Registered from = a().memory(8).fill(1);
        stuck.a().post(Requests.send(1, from, 0, 8)); // no receive
        free.a().post(Requests.write(2, from, 0, b().memory(8), 0, 8));
        assertDone(free.a().sends(), 2, RDMA_WRITE);
        ends().assertNothing(stuck.a().sends());
        stuck.b().receive(Requests.receive(3, b().memory(8), 0, 8));
        assertDone(stuck.a().sends(), 1, SEND);
    }
}
