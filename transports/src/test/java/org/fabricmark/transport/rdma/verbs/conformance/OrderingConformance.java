package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_READ;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV_RDMA_WITH_IMM;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.fabricmark.transport.rdma.verbs.FabricSpec.MemoryOrder;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.SendFlag;

/** What may be relied on when something has completed, on every fabric; and what may be seen before, on orderly ones. */
public abstract class OrderingConformance extends VerbsConformance {
    private static final int SIZE = 1 << 14;

    /** As {@link VerbsConformance}. */
    protected OrderingConformance(Subject subject) {
        super(subject);
    }

    /** Writes random pieces from A to B; the same offsets on both sides. */
    private static void writePieces(Link link, Registered from, Registered to, Random random) {
        int pieces = 1 + random.nextInt(6);
        for (int i = 0; i < pieces; i++) {
            int length = random.nextInt(SIZE / 2);
            int offset = random.nextInt(SIZE - length);
            link.a().postQuietly(Requests.write(1, from, offset, to, offset, length));
        }
    }

    @Behaviour("V251")
    void shouldShowAllEarlierWritesWhenAWriteWithImmediateIsReceived() {
        Link link = ends().connect();
        Random random = new Random(seed());
        Registered from = a().memory(SIZE);
        Registered to = b().memory(SIZE);
        for (int round = 0; round < 100; round++) {
            from.randomize(random.nextLong());
            link.b().receiveNothing(round, 1);
            writePieces(link, from, to, random);
            link.a().post(Requests.writeWithImmediate(2, from, to, SIZE, round));
            assertEquals(round, assertDone(link.b().receives(), round, RECV_RDMA_WITH_IMM).immediate());
            assertArrayEquals(from.get(0, SIZE), to.get(0, SIZE), "round " + round + ", seed " + seed());
            assertDone(link.a().sends(), 2, RDMA_WRITE);
        }
    }

    @Behaviour("V252")
    void shouldShowAllEarlierWritesWhenASendIsReceived() {
        Link link = ends().connect();
        Random random = new Random(seed());
        Registered from = a().memory(SIZE);
        Registered to = b().memory(SIZE);
        for (int round = 0; round < 100; round++) {
            from.randomize(random.nextLong());
            link.b().receiveNothing(round, 1);
            link.a().postQuietly(Requests.write(1, from, 0, to, 0, SIZE / 2),
                    Requests.write(1, from, SIZE / 2, to, SIZE / 2, SIZE / 2));
            link.a().post(Requests.request(2).send());
            assertDone(link.b().receives(), round, RECV);
            assertArrayEquals(from.get(0, SIZE), to.get(0, SIZE), "round " + round + ", seed " + seed());
            assertDone(link.a().sends(), 2, SEND);
        }
    }

    @Behaviour("V253")
    void shouldLetALaterWriteWin() {
        Link link = ends().connect();
        Registered from = a().memory(SIZE);
        Registered to = b().memory(SIZE);
        for (int i = 0; i < 16; i++) {
            from.segment().asSlice(64L * i, 64).fill((byte) (i + 1));
        }
        for (int round = 0; round < 50; round++) {
            link.b().receiveNothing(1, 1);
            for (int i = 0; i < 16; i++) {
                link.a().postQuietly(Requests.write(i, from, 64L * i, to, 0, 64));
            }
            link.a().post(Requests.request(2).send());
            assertDone(link.b().receives(), 1, RECV);
            to.assertAll(16, 0, 64);
            assertDone(link.a().sends(), 2, SEND);
        }
    }

    @Behaviour("V254")
    void shouldReadWhatWasWrittenBeforeByTheSameQueuePair() {
        Link link = ends().connect();
        Registered from = a().memory(SIZE);
        Registered into = a().memory(SIZE);
        Registered there = b().memory(SIZE);
        for (int round = 0; round < 50; round++) {
            from.randomize(seed() + round);
            link.a().postQuietly(Requests.write(1, from, 0, there, 0, SIZE));
            link.a().post(Requests.read(2, into, 0, there, 0, SIZE));
            assertDone(link.a().sends(), 2, RDMA_READ);
            assertArrayEquals(from.get(0, SIZE), into.get(0, SIZE), "round " + round + ", seed " + seed());
        }
    }

    @Behaviour("V255")
    void shouldReadTheOldBytesBeforeAFencedWrite() {
        Link link = ends().connect();
        Registered from = a().memory(SIZE);
        Registered into = a().memory(SIZE);
        Registered there = b().memory(SIZE);
        for (int round = 1; round <= 50; round++) {
            from.fill(round);
            link.a().postQuietly(
                    Requests.read(1, into, 0, there, 0, SIZE),
                    Requests.write(2, from, 0, there, 0, SIZE).flag(SendFlag.FENCE));
            link.a().post(Requests.read(3, from, 0, there, 0, 1));
            assertDone(link.a().sends(), 3, RDMA_READ);
            into.assertAll(round - 1);
        }
    }

    @Behaviour("V256")
    void shouldSendWhatAReadHasBroughtBeforeAFence() {
        Link link = ends().connect();
        Registered own = a().memory(SIZE);
        Registered there = b().memory(SIZE);
        Registered into = b().memory(SIZE);
        for (int round = 1; round <= 50; round++) {
            there.fill(round);
            link.b().receive(Requests.receive(9, into, 0, SIZE));
            link.a().postQuietly(Requests.read(1, own, 0, there, 0, SIZE));
            link.a().post(Requests.send(2, own, 0, SIZE).flag(SendFlag.FENCE));
            assertDone(link.b().receives(), 9, RECV);
            into.assertAll(round);
            assertDone(link.a().sends(), 2, SEND);
        }
    }

    @Behaviour("V257")
    void shouldCompleteInTheOrderOfPostingWhateverTheKind() {
        Link link = ends().connect();
        Registered own = a().memory(SIZE);
        Registered there = b().memory(SIZE);
        Random random = new Random(seed());
        int requests = 2000;
        int next = 0;
        int receives = 0;
        for (int i = 0; i < requests; i++) {
            int length = random.nextInt(100) == 0 ? SIZE : random.nextInt(64);
            switch (random.nextInt(4)) {
                case 0 -> link.a().post(Requests.write(i, own, 0, there, 0, length));
                case 1 -> link.a().post(Requests.read(i, own, 0, there, 0, length));
                case 2 -> link.a().post(Requests.fetchAndAdd(i, own, 0, there, 0, 1));
                default -> {
                    link.b().receive(Requests.receive(receives, there, 0, SIZE));
                    link.a().post(Requests.send(i, own, 0, length));
                    assertEquals(receives, await(link.b().receives()).id());
                    receives++;
                }
            }
            if (i % 8 == 7) {
                while (next <= i) {
                    assertEquals(next++, await(link.a().sends()).id(), "seed " + seed());
                }
            }
        }
    }

    @Behaviour("V258")
    void shouldLeaveSourceMemoryFreeOnceItsRequestHasCompleted() {
        Link link = ends().connect();
        Registered from = a().memory(SIZE);
        Registered to = b().memory(SIZE);
        for (int round = 1; round <= 50; round++) {
            link.b().receiveNothing(7, 1);
            from.fill(round);
            link.a().post(Requests.write(1, from, 0, to, 0, SIZE));
            assertDone(link.a().sends(), 1, RDMA_WRITE);
            from.fill(-1);
            link.a().post(Requests.request(2).send());
            assertDone(link.b().receives(), 7, RECV);
            to.assertAll(round);
            assertDone(link.a().sends(), 2, SEND);
        }
    }

    @Behaviour("V259")
    void shouldProveByASuccessThatAllEarlierOnesSucceeded() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64);
        Registered into = a().memory(64);
        for (int i = 0; i < 30; i++) {
            link.a().postQuietly(Requests.write(i, from, 0, to, i, 1));
        }
        link.a().post(Requests.write(30, from, 0, to, 30, 1));
        assertDone(link.a().sends(), 30, RDMA_WRITE);
        link.a().pair().modify(QueuePairAttributes.to(QueuePairState.ERR)); // none is left to be flushed
        ends().assertNothing(link.a().sends());
        Link other = ends().connect();
        other.a().post(Requests.read(1, into, 0, to, 0, 31));
        assertDone(other.a().sends(), 1, RDMA_READ);
        into.assertAll(1, 0, 31);
    }

    @Behaviour("V260")
    void shouldFinishMoreReadsThanMayBeUnderWayInOrder() {
        Link link = ends().connect(Connection.USUAL.withReads(1, 1));
        Registered into = a().memory(512);
        Registered there = b().memory(512).randomize(seed());
        for (int i = 0; i < 40; i++) {
            link.a().post(i % 3 == 2
                    ? Requests.fetchAndAdd(i, into, 400, there, 400, 1)
                    : Requests.read(i, into, 8L * i, there, 8L * i, 8));
        }
        for (int i = 0; i < 40; i++) {
            assertEquals(i, await(link.a().sends()).id());
        }
        assertArrayEquals(there.get(0, 16), into.get(0, 16));
    }

    @Behaviour("V261")
    void shouldShowAFlagBehindItsDataWhereWritesArePlacedInOrder() {
        assumeOrder(MemoryOrder.STRONG, MemoryOrder.PLACED);
        Link link = ends().connect();
        Registered from = a().memory(SIZE);
        Registered to = b().memory(SIZE);
        Registered flag = b().memory(8);
        for (int round = 1; round <= 200; round++) {
            from.fill(round);
            from.putLong(0, round);
            link.a().post(Requests.write(1, from, 0, to, 0, SIZE), Requests.write(2, from, 0, flag, 0, 8));
            int expected = round;
            ends().until("the flag", () -> flag.getLong(0) == expected);
            to.assertAll(round, 8, SIZE - 8);
            assertDone(link.a().sends(), 1, RDMA_WRITE);
            assertDone(link.a().sends(), 2, RDMA_WRITE);
        }
    }

    @Behaviour("V262")
    void shouldShowTheLastByteOfAWriteLastWhereOrderIsStrong() {
        assumeOrder(MemoryOrder.STRONG);
        Link link = ends().connect();
        Registered from = a().memory(SIZE);
        Registered to = b().memory(SIZE);
        for (int round = 1; round <= 100; round++) {
            from.fill(round);
            link.a().post(Requests.write(1, from, 0, to, 0, SIZE));
            int expected = round;
            ends().until("the last byte", () -> to.get(SIZE - 1) == (byte) expected);
            to.assertAll(round);
            assertDone(link.a().sends(), 1, RDMA_WRITE);
        }
    }

    @Behaviour("V263")
    void shouldShowAWriteWithoutAnyCompletionInTheEnd() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(8);
        Registered to = b().memory(64);
        link.a().postQuietly(Requests.write(1, from, 0, to, 0, 64));
        ends().until("all bytes", () -> to.segment().mismatch(from.segment()) == -1);
    }
}
