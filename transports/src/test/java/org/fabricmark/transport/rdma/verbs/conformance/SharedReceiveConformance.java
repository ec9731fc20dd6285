package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.AsyncEvent.Type.QP_LAST_WQE_REACHED;
import static org.fabricmark.transport.rdma.verbs.AsyncEvent.Type.SRQ_LIMIT_REACHED;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.fabricmark.transport.rdma.verbs.PostStatus.INVALID;
import static org.fabricmark.transport.rdma.verbs.PostStatus.POSTED;
import static org.fabricmark.transport.rdma.verbs.PostStatus.QUEUE_FULL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SharedReceiveQueue;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** Receives that several queue pairs draw from. */
public abstract class SharedReceiveConformance extends VerbsConformance {
    private static final int PLACES = 128;

    private SharedReceiveQueue shared;
    private CompletionQueue queue;

    /** As {@link VerbsConformance}. */
    protected SharedReceiveConformance(Subject subject) {
        super(subject);
    }

    /** {@code count} links whose second sides share receives, and one queue for their completions. */
    private Link[] links(int count, Connection how) {
        shared = b().keep(b().domain().createSharedReceiveQueue(PLACES, 4));
        queue = b().queue(1024);
        Link[] links = new Link[count];
        for (int i = 0; i < count; i++) {
            Side b = new Side(b(), b().pair(RC, b().queue(), queue, shared), queue, queue);
            links[i] = new Link(Ends.side(a(), RC), b).connect(how);
        }
        return links;
    }

    private void receiveNothing(long firstId, int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(POSTED, shared.postReceive(Requests.receive(firstId + i)));
        }
    }

    @Behaviour("V059")
    void shouldUseEachReceiveOnceAndNameTheQueuePairThatTookIt() {
        Link[] links = links(4, Connection.USUAL);
        Registered into = b().memory(64 * 8);
        Registered from = a().memory(8);
        for (int i = 0; i < 64; i++) {
            assertEquals(POSTED, shared.postReceive(Requests.receive(i, into, 8L * i, 8)));
        }
        Set<Long> used = new HashSet<>();
        for (int i = 0; i < 64; i++) {
            Link link = links[i * 7 % 4];
            from.putLong(0, 1000 + i);
            link.a().post(Requests.send(i, from, 0, 8));
            WorkCompletion received = await(queue);
            assertEquals(RECV, received.opcode());
            assertTrue(used.add(received.id()), "used twice");
            assertEquals(link.b().pair().number().value(), received.queuePair());
            assertEquals(1000 + i, into.getLong(8 * received.id()));
            assertDone(link.a().sends(), i, SEND);
        }
        ends().assertNothing(queue);
    }

    @Behaviour("V060")
    void shouldTellOnceThatFewerReceivesAreLeftThanTheLimit() {
        Link link = links(1, Connection.USUAL)[0];
        receiveNothing(0, 100);
        shared.arm(50);
        assertEquals(50, shared.limit());
        for (int i = 0; i < 50; i++) {
            take(link);
        }
        ends().assertNoEvent(b());
        take(link);
        assertEvent(b(), SRQ_LIMIT_REACHED, shared);
        assertEquals(0, shared.limit());
        take(link);
        ends().assertNoEvent(b());
    }

    private void take(Link link) {
        link.a().post(Requests.request(1).send());
        assertDone(link.a().sends(), 1, SEND);
        await(queue);
    }

    @Behaviour("V061")
    void shouldRefuseReceivesOfAQueuePairThatSharesThem() {
        Link link = links(1, Connection.USUAL)[0];
        assertEquals(INVALID, link.b().pair().postReceive(Requests.receive(1)));
        receiveNothing(2, 1);
        link.a().post(Requests.request(1).send());
        assertDone(queue, 2, RECV);
    }

    @Behaviour("V291")
    void shouldTellTheLastReceiveInsteadOfFlushingWhatOthersNeed() {
        Link[] links = links(2, Connection.USUAL);
        receiveNothing(0, 4);
        links[0].b().pair().modify(QueuePairAttributes.to(QueuePairState.ERR));
        assertEvent(b(), QP_LAST_WQE_REACHED, links[0].b().pair());
        ends().assertNothing(queue);
        for (int i = 0; i < 4; i++) {
            links[1].a().post(Requests.request(1).send());
            assertDone(queue, i, RECV);
        }
        ends().assertNoEvent(b());
    }

    @Behaviour("V292")
    void shouldRefuseReceivesThatDoNotFit() {
        links(1, Connection.USUAL);
        ReceiveRequest wide = Requests.receive(1);
        for (int i = 0; i <= shared.maxSegments(); i++) {
            wide.segment(0, 0, DataPathConformance.NO_LOCAL_KEY);
        }
        ReceiveRequest list = Requests.receive(0);
        list.then(wide).then(Requests.receive(2));
        assertEquals(INVALID, shared.postReceive(list));
        assertSame(wide, shared.badReceive());
        receiveNothing(1, shared.maxRequests() - 1);
        ReceiveRequest more = Requests.receive(99);
        assertEquals(QUEUE_FULL, shared.postReceive(more));
        assertSame(more, shared.badReceive());
    }

    @Behaviour("V293")
    void shouldRefuseALimitThatItCannotHold() {
        links(1, Connection.USUAL);
        assertInvalid(() -> shared.arm(shared.maxRequests() + 1));
        assertEquals(0, shared.limit());
        shared.arm(shared.maxRequests());
        shared.arm(0); // not wanted after all
        receiveNothing(0, 1);
        ends().assertNoEvent(b());
    }

    @Behaviour("V294")
    void shouldWaitForASharedReceiveAsForAnOwnOne() {
        Link link = links(1, Connection.USUAL)[0];
        link.a().post(Requests.request(1).send());
        ends().assertNothing(link.a().sends(), queue);
        receiveNothing(7, 1);
        assertDone(queue, 7, RECV);
        Link impatient = links(1, Connection.USUAL.withRnr(0, 1))[0];
        impatient.a().post(Requests.request(1).send());
        assertEnded(impatient.a().sends(), 1, CompletionStatus.RNR_RETRY_EXCEEDED_ERROR);
    }

    @Behaviour("V295")
    void shouldTakeReceivesInTheOrderOfPosting() {
        Link[] links = links(3, Connection.USUAL);
        for (int round = 0; round < 100; round++) {
            receiveNothing(2L * round, 2);
            for (int i = 0; i < 2; i++) {
                links[(round + i) % 3].a().post(Requests.request(1).send());
                assertDone(queue, 2L * round + i, RECV);
                assertDone(links[(round + i) % 3].a().sends(), 1, SEND);
            }
        }
    }

    @Behaviour("V296")
    void shouldCheckReceivesAgainstItsOwnProtectionDomain() {
        ProtectionDomain other = b().keep(b().context().allocateProtectionDomain());
        Registered others = b().memory(other, 64, AccessFlag.localAndRemote());
        Registered pairs = b().memory(64);
        shared = b().keep(other.createSharedReceiveQueue(PLACES, 4));
        queue = b().queue();
        Side b = new Side(b(), b().pair(RC, b().queue(), queue, shared), queue, queue); // of another domain than its receives
        Link link = new Link(Ends.side(a(), RC), b).connect(Connection.USUAL);
        Registered from = a().memory(64).fill(1);
        assertEquals(POSTED, shared.postReceive(Requests.receive(1, others, 0, 64)));
        link.a().post(Requests.send(1, from, 0, 64), Requests.write(2, from, 0, pairs, 0, 8));
        assertDone(queue, 1, RECV);
        assertDone(link.a().sends(), 1, SEND);
        assertTrue(await(link.a().sends()).successful());
        assertEquals(POSTED, shared.postReceive(Requests.receive(2, pairs, 0, 64)));
        link.a().post(Requests.send(3, from, 0, 64));
        assertEnded(queue, 2, CompletionStatus.LOCAL_PROTECTION_ERROR);
        assertEnded(link.a().sends(), 3, CompletionStatus.REMOTE_OPERATION_ERROR);
    }

    @Behaviour("V297")
    void shouldLetTheOthersGoOnWhenOneHasMetAWrongReceive() {
        Link[] links = links(2, Connection.USUAL);
        Registered from = a().memory(8);
        assertEquals(POSTED, shared.postReceive(
                new ReceiveRequest().begin(1).segment(1, 8, DataPathConformance.NO_LOCAL_KEY)));
        receiveNothing(2, 1);
        links[0].a().post(Requests.send(1, from, 0, 8));
        assertEnded(links[0].a().sends(), 1, CompletionStatus.REMOTE_OPERATION_ERROR);
        assertEnded(queue, 1, CompletionStatus.LOCAL_PROTECTION_ERROR);
        links[1].a().post(Requests.request(2).send());
        assertDone(queue, 2, RECV);
        assertEquals(QueuePairState.ERR, links[0].b().state());
        assertEquals(QueuePairState.RTS, links[1].b().state());
    }

    @Behaviour("V298")
    void shouldServeDatagramsToo() {
        shared = b().keep(b().domain().createSharedReceiveQueue(PLACES, 4));
        queue = b().queue();
        Side b = new Side(b(), b().pair(UD, b().queue(), queue, shared), queue, queue);
        Link link = new Link(Ends.side(a(), UD), b).connect(Connection.USUAL);
        Registered from = a().memory(64).randomize(seed());
        Registered into = b().memory(256);
        assertEquals(POSTED, shared.postReceive(Requests.receive(1, into, 0, 256)));
        link.a().post(new Datagrams(ends()).address(b, Requests.send(1, from, 0, 64)));
        assertEquals(Datagrams.HEADER + 64, assertDone(queue, 1, RECV).bytes());
        assertArrayEquals(from.get(0, 64), into.get(Datagrams.HEADER, 64));
    }

    @Behaviour("V299")
    void shouldKeepItsReceivesWhenAQueuePairIsResetOrDestroyed() {
        Link[] links = links(2, Connection.USUAL);
        receiveNothing(0, 3);
        links[0].b().pair().modify(QueuePairAttributes.to(QueuePairState.RESET));
        links[1].a().post(Requests.request(1).send());
        assertDone(queue, 0, RECV);
        b().end(links[0].b().pair());
        links[1].a().post(Requests.request(1).send());
        assertDone(queue, 1, RECV);
        assertNotEquals(0, shared.maxRequests());
    }
}
