package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.AsyncEvent.Type.QP_LAST_WQE_REACHED;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.FETCH_AND_ADD;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_READ;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV_RDMA_WITH_IMM;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.RETRY_EXCEEDED_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.WORK_REQUEST_FLUSHED;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.ERR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RESET;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import org.fabricmark.transport.rdma.verbs.AckTimeout;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.PacketLoss;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.SharedReceiveQueue;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/** What becomes of a message of which a packet is lost; packets are 1,024 bytes long. */
public abstract class LossConformance extends VerbsConformance {
    private static final int PACKET = Connection.USUAL.mtu().bytes();
    private static final int BYTES = 5000; // packets 0 to 4

    /** As {@link VerbsConformance}. */
    protected LossConformance(Subject subject) {
        super(subject);
    }

    /** Two new ends on a fabric that loses these packets of each queue pair. */
    private void lose(long first, long count) {
        FabricSpec lossy = subject().fabric(seed()).with(new PacketLoss(first, count));
        try {
            subject().device(lossy);
        } catch (VerbsException e) {
            abort("skipped: lacks packets that can be lost with this order or model");
        }
        moveTo(lossy);
    }

    @Behaviour("V041")
    void shouldDropTheRestOfAnUnreliableMessageWhoseMiddleIsLostAndDeliverTheNextOneWhole() {
        lose(2, 1);
        Link link = ends().connect(UC);
        Registered from = a().memory(BYTES).randomize(seed());
        Registered into = b().memory(BYTES);
        link.b().receive(Requests.receive(11, into, 0, BYTES));
        link.a().post(Requests.send(1, from, 0, BYTES));
        assertDone(link.a().sends(), 1, SEND); // it was sent
        ends().assertNothing(link.b().receives());
        into.assertAll(0, 2 * PACKET, BYTES - 2 * PACKET);
        link.a().post(Requests.send(2, from, 0, BYTES));
        assertEquals(BYTES, assertDone(link.b().receives(), 11, RECV).bytes());
        assertArrayEquals(from.get(0, BYTES), into.get(0, BYTES));
        assertStates(link, RTS, RTS);
    }

    @Behaviour("V351")
    void shouldLeaveTheRestOfAnUnreliableWriteWhoseMiddleIsLostAndGoOnWithTheNextOne() {
        lose(2, 1);
        Link link = ends().connect(UC);
        Registered from = a().memory(BYTES).randomize(seed());
        Registered to = b().memory(BYTES);
        link.a().post(Requests.write(1, from, 0, to, 0, BYTES));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        ends().settle();
        assertArrayEquals(from.get(0, 2 * PACKET), to.get(0, 2 * PACKET), "what came before");
        to.assertAll(0, 2 * PACKET, BYTES - 2 * PACKET);
        link.b().receiveNothing(12, 1);
        link.a().post(Requests.write(2, from, 0, to, 0, BYTES), Requests.writeWithImmediate(3, from, to, 8, 42));
        assertEquals(42, assertDone(link.b().receives(), 12, RECV_RDMA_WITH_IMM).immediate());
        assertArrayEquals(from.get(0, BYTES), to.get(0, BYTES));
    }

    @Behaviour("V352")
    void shouldNotUseUpAReceiveByAnUnreliableWriteWithImmediateOfWhichAnyPacketIsLost() {
        for (int lost = 0; lost < 5; lost++) {
            lose(lost, 1);
            Link link = ends().connect(UC);
            Registered from = a().memory(BYTES).randomize(seed());
            Registered to = b().memory(BYTES);
            link.b().receiveNothing(12, 1);
            link.a().post(Requests.writeWithImmediate(1, from, to, BYTES, 41));
            assertDone(link.a().sends(), 1, RDMA_WRITE);
            ends().assertNothing(link.b().receives());
            to.assertAll(0, lost * PACKET, BYTES - lost * PACKET);
            link.a().post(Requests.writeWithImmediate(2, from, to, BYTES, 42));
            assertEquals(42, assertDone(link.b().receives(), 12, RECV_RDMA_WITH_IMM).immediate());
            assertArrayEquals(from.get(0, BYTES), to.get(0, BYTES));
        }
    }

    @Behaviour("V353")
    void shouldLoseADatagramThatIsLostAndDeliverTheNextOne() {
        lose(0, 1);
        Link link = ends().connect(UD);
        Datagrams way = new Datagrams(ends());
        Registered from = a().memory(64).randomize(seed());
        Registered into = b().memory(128);
        link.b().receive(Requests.receive(1, into, 0, 128));
        link.a().post(way.address(link.b(), Requests.send(1, from, 0, 32)));
        assertDone(link.a().sends(), 1, SEND);
        ends().assertNothing(link.b().receives());
        link.a().post(way.address(link.b(), Requests.send(2, from, 32, 32)));
        assertDone(link.b().receives(), 1, RECV);
        assertArrayEquals(from.get(32, 32), into.get(Datagrams.HEADER, 32));
    }

    @Behaviour("V354")
    void shouldSendAgainOnAReliableConnectionWhateverPacketIsLostAndDeliverOnceAndInOrder() {
        for (int lost = 0; lost < 12; lost++) {
            lose(lost, 1);
            Link link = ends().connect(Connection.USUAL.withTimeout(10, 7));
            Registered from = a().memory(2 * BYTES).randomize(seed());
            Registered to = b().memory(2 * BYTES);
            link.b().receive(Requests.receive(11, to, BYTES, BYTES), Requests.receive(12));
            link.a().post(
                    Requests.write(1, from, 0, to, 0, BYTES), Requests.send(2, from, BYTES, BYTES),
                    Requests.writeWithImmediate(3, from, to, 8, 42));
            assertEquals(BYTES, assertDone(link.b().receives(), 11, RECV).bytes());
            assertArrayEquals(from.get(0, 2 * BYTES), to.get(0, 2 * BYTES));
            assertEquals(42, assertDone(link.b().receives(), 12, RECV_RDMA_WITH_IMM).immediate());
            assertDone(link.a().sends(), 1, RDMA_WRITE);
            assertDone(link.a().sends(), 2, SEND);
            assertDone(link.a().sends(), 3, RDMA_WRITE);
            ends().assertNothing(link.b().receives(), link.a().sends());
        }
    }

    @Behaviour("V355")
    void shouldExecuteAnAtomicAndAReadWhoseRequestIsLostOnceItArrives() {
        lose(0, 1);
        Link link = ends().connect(Connection.USUAL.withTimeout(14, 7));
        Registered own = a().memory(64);
        Registered there = b().memory(64);
        there.putLong(0, 7);
        Ends.assertLasts(new AckTimeout(14).nanos(), () -> {
            link.a().post(Requests.fetchAndAdd(1, own, 0, there, 0, 5), Requests.read(2, own, 8, there, 0, 8));
            assertDone(link.a().sends(), 1, FETCH_AND_ADD);
        });
        assertDone(link.a().sends(), 2, RDMA_READ);
        assertEquals(7, own.getLong(0));
        assertEquals(12, own.getLong(8), "once");
    }

    @Behaviour("V356")
    void shouldGiveUpAfterAsManyTriesAsAllowedAndNotBefore() {
        lose(1, 12); // packets 1 to 4 of the first try, and all 4 of the second and third one
        Link enough = ends().connect(Connection.USUAL.withTimeout(8, 3));
        Registered from = a().memory(BYTES).randomize(seed());
        Registered to = b().memory(BYTES);
        enough.a().post(Requests.write(1, from, 0, to, 0, BYTES));
        assertDone(enough.a().sends(), 1, RDMA_WRITE);
        assertSeenByRead(enough, to);
        assertArrayEquals(from.get(0, BYTES), to.get(0, BYTES));

        Link tooFew = ends().connect(Connection.USUAL.withTimeout(8, 2));
        to.fill(0);
        tooFew.a().post(Requests.write(1, from, 0, to, 0, BYTES), Requests.write(2, from, 0, to, 0, 8));
        assertEnded(tooFew.a().sends(), 1, RETRY_EXCEEDED_ERROR);
        assertFlushed(tooFew.a().sends(), 2, 1);
        to.assertAll(0, PACKET, BYTES - PACKET);
        assertStates(tooFew, ERR, RTS);
    }

    @Behaviour("V357")
    void shouldFlushAReceiveThatAMessageTookWhichNeverEnds() {
        lose(1, Long.MAX_VALUE);
        Link link = ends().connect(Connection.USUAL.withTimeout(8, 1));
        Registered from = a().memory(BYTES);
        Registered into = b().memory(BYTES);
        link.b().receive(Requests.receive(11, into, 0, BYTES), Requests.receive(12));
        link.a().post(Requests.send(1, from, 0, BYTES));
        assertEnded(link.a().sends(), 1, RETRY_EXCEEDED_ERROR);
        ends().assertNothing(link.b().receives());
        link.b().pair().modify(QueuePairAttributes.to(ERR));
        assertFlushed(link.b().receives(), 11, 2);
    }

    /** A link whose second side takes its receives from {@code shared}. */
    private Link sharing(SharedReceiveQueue shared, CompletionQueue completions) {
        Side b = new Side(b(), b().pair(RC, b().queue(), completions, shared), completions, completions);
        return new Link(Ends.side(a(), RC), b).connect(Connection.USUAL.withTimeout(8, 1));
    }

    private static int fill(SharedReceiveQueue shared, long firstId) {
        int posted = 0;
        while (shared.postReceive(Requests.receive(firstId + posted)) == PostStatus.POSTED) {
            posted++;
        }
        return posted;
    }

    @Behaviour("V358")
    void shouldFlushASharedReceiveThatAMessageTookWhichNeverEndsAndNothingElseOfTheQueue() {
        lose(1, Long.MAX_VALUE);
        SharedReceiveQueue shared = b().keep(b().domain().createSharedReceiveQueue(8, 1));
        CompletionQueue completions = b().queue();
        Link broken = sharing(shared, completions);
        Link other = sharing(shared, completions);
        Registered from = a().memory(BYTES);
        Registered into = b().memory(BYTES);
        assertEquals(PostStatus.POSTED, shared.postReceive(Requests.receive(1, into, 0, BYTES)));
        int others = fill(shared, 2);
        broken.a().post(Requests.send(1, from, 0, BYTES));
        assertEnded(broken.a().sends(), 1, RETRY_EXCEEDED_ERROR);
        ends().assertNothing(completions);
        broken.b().pair().modify(QueuePairAttributes.to(ERR));
        assertEquals(
                broken.b().pair().number().value(),
                assertEnded(completions, 1, WORK_REQUEST_FLUSHED).queuePair(), "of the queue pair that had taken it");
        assertEvent(b(), QP_LAST_WQE_REACHED, broken.b().pair());
        ends().assertNothing(completions);
        assertEquals(1, fill(shared, 100), "its place is free again, and no other");
        other.a().post(Requests.request(5).send()); // its packet number 0
        assertDone(completions, 2, RECV);
        assertTrue(others > 1, "receives are left");
    }

    @Behaviour("V359")
    void shouldFreeThePlaceOfASharedReceiveThatAnUnfinishedMessageTookWhenItsQueuePairIsResetOrDestroyed() {
        lose(1, Long.MAX_VALUE);
        SharedReceiveQueue shared = b().keep(b().domain().createSharedReceiveQueue(8, 1));
        Registered from = a().memory(BYTES);
        Registered into = b().memory(BYTES);
        for (int i = 0; i < 2; i++) {
            CompletionQueue completions = b().queue();
            Link broken = sharing(shared, completions);
            assertEquals(PostStatus.POSTED, shared.postReceive(Requests.receive(1, into, 0, BYTES)));
            broken.a().post(Requests.send(1, from, 0, BYTES));
            assertEnded(broken.a().sends(), 1, RETRY_EXCEEDED_ERROR);
            if (i == 0) {
                broken.b().pair().modify(QueuePairAttributes.to(RESET));
            } else {
                b().end(broken.b().pair());
            }
            ends().assertNothing(completions);
        }
        assertEquals(shared.maxRequests(), fill(shared, 10));
    }
}
