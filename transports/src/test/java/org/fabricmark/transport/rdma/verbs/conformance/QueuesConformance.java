package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_READ;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
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

import java.util.Arrays;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** Posting and polling: lists, places, what is refused at once, and completion queues that grow, shrink and overflow. */
public abstract class QueuesConformance extends VerbsConformance {
    /** As {@link VerbsConformance}. */
    protected QueuesConformance(Subject subject) {
        super(subject);
    }

    private static PostStatus postAll(Side side, SendRequest... list) {
        for (int i = 0; i + 1 < list.length; i++) {
            list[i].then(list[i + 1]);
        }
        return side.pair().postSend(list[0]);
    }

    private SendRequest write(long id, Registered from, Registered to) {
        return Requests.signaled(Requests.write(id, from, 0, to, id % 8, 1));
    }

    @Behaviour("V028")
    void shouldRefuseInlineBytesBeyondTheirLimit() {
        Link link = ends().connect();
        int most = link.a().pair().capabilities().maxInlineData();
        Registered from = a().memory(most + 1).fill(1);
        Registered to = b().memory(most + 1);
        link.a().post(Requests.write(1, from, 0, to, 0, most).flag(SendFlag.INLINE));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        SendRequest tooLong = Requests.signaled(Requests.write(2, from, 0, to, 0, most + 1).flag(SendFlag.INLINE));
        assertNotEquals(POSTED, link.a().pair().postSend(tooLong));
        assertSame(tooLong, link.a().pair().badSend());
        ends().assertNothing(link.a().sends());
    }

    @Behaviour("V029")
    void shouldPostWhatComesBeforeAMalformedRequestOfAList() {
        Link link = ends().connect();
        Registered from = a().memory(8).fill(1);
        Registered to = b().memory(8);
        SendRequest malformed = Requests.request(3);
        assertEquals(INVALID, postAll(
                link.a(), write(1, from, to), write(2, from, to), malformed, write(4, from, to), write(5, from, to)));
        assertSame(malformed, link.a().pair().badSend());
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        assertDone(link.a().sends(), 2, RDMA_WRITE);
        ends().assertNothing(link.a().sends());
        assertEquals(0, to.get(4));
        assertEquals(POSTED, link.a().pair().postSend(write(6, from, to)));
        assertDone(link.a().sends(), 6, RDMA_WRITE);
    }

    @Behaviour("V030")
    void shouldRefuseASendBeyondThePlacesOfItsQueue() {
        Link link = ends().connect();
        Registered from = a().memory(8);
        Registered to = b().memory(8);
        int places = link.a().pair().capabilities().maxSendRequests();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < places; i++) {
                link.a().post(Requests.write(i, from, 0, to, 0, 1));
            }
            ends().settle(); // all are done; but nobody has polled that
            SendRequest more = write(99, from, to);
            assertEquals(QUEUE_FULL, link.a().pair().postSend(more));
            assertSame(more, link.a().pair().badSend());
            assertEquals(places, ends().await(link.a().sends(), places).size());
        }
        ends().assertNothing(link.a().sends());
    }

    @Behaviour("V031")
    void shouldRefuseAReceiveBeyondThePlacesOfItsQueueOrOfTooManyPieces() {
        Link link = ends().connect();
        Registered into = b().memory(64);
        int places = link.b().pair().capabilities().maxReceiveRequests();
        ReceiveRequest wide = Requests.receive(1000);
        for (int i = 0; i <= link.b().pair().capabilities().maxReceiveSegments(); i++) {
            wide.segment(into.at(0), 1, into.localKey());
        }
        assertEquals(INVALID, link.b().pair().postReceive(wide));
        assertSame(wide, link.b().pair().badReceive());
        link.b().receiveNothing(0, places);
        ReceiveRequest more = Requests.receive(99);
        assertEquals(QUEUE_FULL, link.b().pair().postReceive(more));
        assertSame(more, link.b().pair().badReceive());
        link.a().post(Requests.request(1).send());
        assertDone(link.b().receives(), 0, RECV);
        assertEquals(POSTED, link.b().pair().postReceive(more));
    }

    @Behaviour("V033")
    void shouldSignalAllWhereTheQueuePairIsMadeSo() {
        CompletionQueue queue = a().queue();
        Side all = new Side(a(), a().pair(new QueuePairInit(RC, queue, queue, null, End.USUAL, true)), queue, queue);
        new Link(all, Ends.side(b(), RC)).connect(Connection.USUAL);
        Registered from = a().memory(8);
        Registered to = b().memory(8);
        for (int i = 0; i < 10; i++) {
            all.postQuietly(Requests.write(i, from, 0, to, 0, 8));
            assertDone(queue, i, RDMA_WRITE);
        }
    }

    @Behaviour("V181")
    void shouldGiveAPlaceBackOnlyWhenALaterSignalledRequestIsPolled() {
        Link link = ends().connect();
        Registered from = a().memory(8);
        Registered to = b().memory(8);
        int places = link.a().pair().capabilities().maxSendRequests();
        for (int i = 0; i < places - 1; i++) {
            link.a().postQuietly(Requests.write(i, from, 0, to, 0, 1));
        }
        ends().settle();
        link.a().post(Requests.write(places, from, 0, to, 0, 1)); // the last place
        ends().settle();
        assertEquals(QUEUE_FULL, link.a().pair().postSend(write(1, from, to)), "done, but not polled");
        assertDone(link.a().sends(), places, RDMA_WRITE);
        for (int i = 0; i < places; i++) { // all are free again, and full for ever
            link.a().postQuietly(Requests.write(i, from, 0, to, 0, 1));
        }
        ends().settle();
        assertEquals(QUEUE_FULL, link.a().pair().postSend(write(1, from, to)), "none was signalled");
        ends().assertNothing(link.a().sends());
    }

    @Behaviour("V182")
    void shouldPostWhatFitsOfAList() {
        Link link = ends().connect();
        Registered from = a().memory(8);
        Registered to = b().memory(8);
        int places = link.a().pair().capabilities().maxSendRequests();
        SendRequest[] list = new SendRequest[places + 2];
        Arrays.setAll(list, i -> write(i, from, to));
        assertEquals(QUEUE_FULL, postAll(link.a(), list));
        assertSame(list[places], link.a().pair().badSend());
        for (int i = 0; i < places; i++) {
            assertDone(link.a().sends(), i, RDMA_WRITE);
        }
        ends().assertNothing(link.a().sends());
    }

    @Behaviour("V183")
    void shouldPostAListOfReceivesUpToTheMalformedOne() {
        Link link = ends().connect();
        Registered into = b().memory(64);
        ReceiveRequest wide = Requests.receive(2);
        for (int i = 0; i <= link.b().pair().capabilities().maxReceiveSegments(); i++) {
            wide.segment(into.at(0), 1, into.localKey());
        }
        ReceiveRequest first = Requests.receive(1);
        first.then(wide).then(Requests.receive(3));
        assertEquals(INVALID, link.b().pair().postReceive(first));
        assertSame(wide, link.b().pair().badReceive());
        link.b().receiveNothing(4, 1);
        link.a().post(Requests.request(1).send(), Requests.request(2).send());
        assertDone(link.b().receives(), 1, RECV);
        assertDone(link.b().receives(), 4, RECV);
    }

    @Behaviour("V184")
    void shouldRefuseASendOfTooManyPieces() {
        Link link = ends().connect();
        Registered from = a().memory(64);
        SendRequest wide = Requests.request(1).send();
        for (int i = 0; i <= link.a().pair().capabilities().maxSendSegments(); i++) {
            wide.segment(from.at(0), 1, from.localKey());
        }
        assertEquals(INVALID, link.a().pair().postSend(wide));
        assertSame(wide, link.a().pair().badSend());
        ends().assertNothing(link.a().sends());
        assertEquals(QueuePairState.RTS, link.a().state());
    }

    @Behaviour("V185")
    void shouldNotTakeInlineForWhatBringsBytesBack() {
        Registered into = a().memory(64);
        Registered there = b().memory(64).fill(5);
        for (SendRequest inline : new SendRequest[] {
            Requests.read(1, into, 0, there, 0, 8), Requests.fetchAndAdd(1, into, 0, there, 0, 1)}) {
            Link link = ends().connect();
            if (link.a().pair().postSend(Requests.signaled(inline.flag(SendFlag.INLINE))) == POSTED) {
                CompletionStatus status = await(link.a().sends()).status();
                assertTrue(
                        status == CompletionStatus.LOCAL_QP_OPERATION_ERROR
                                || status == CompletionStatus.LOCAL_PROTECTION_ERROR,
                        status::toString);
            }
        }
        there.assertAll(5);
        into.assertAll(0);
    }

    @Behaviour("V186")
    void shouldLetRequestsBeFilledAgainWhenPostingReturns() {
        Link link = ends().connect();
        Registered from = a().memory(256);
        Registered into = b().memory(256);
        SendRequest send = new SendRequest();
        ReceiveRequest receive = new ReceiveRequest();
        for (int i = 0; i < 20; i++) {
            assertEquals(POSTED, link.b().pair().postReceive(
                    receive.begin(i).segment(into.at(8L * i), 8, into.localKey())));
        }
        receive.begin(-1);
        for (int i = 0; i < 20; i++) {
            from.putLong(8L * i, 100 + i);
            assertEquals(POSTED, link.a().pair().postSend(
                    send.begin(50 + i).send().segment(from.at(8L * i), 8, from.localKey()).flag(SendFlag.SIGNALED)));
        }
        send.begin(-1);
        for (int i = 0; i < 20; i++) {
            assertDone(link.b().receives(), i, RECV);
            assertDone(link.a().sends(), 50 + i, SEND);
            assertEquals(100 + i, into.getLong(8L * i));
        }
    }

    @Behaviour("V187")
    void shouldPollNoMoreThanThereAreAndThanThereIsRoomFor() {
        Link link = ends().connect();
        Registered from = a().memory(8);
        Registered to = b().memory(8);
        for (int i = 0; i < 10; i++) {
            link.a().post(Requests.write(i, from, 0, to, 0, 8));
        }
        ends().settle();
        assertEquals(0, link.a().sends().poll(WorkCompletion.array(0)));
        WorkCompletion[] three = WorkCompletion.array(3);
        int next = 0;
        for (int round = 0; round < 10 && next < 10; round++) {
            int polled = link.a().sends().poll(three);
            assertTrue(polled >= 0 && polled <= 3);
            for (int i = 0; i < polled; i++) {
                assertEquals(next++, three[i].id());
            }
        }
        assertEquals(10, next);
        assertEquals(0, link.a().sends().poll(three));
    }

    @Behaviour("V188")
    void shouldKeepCompletionsWhenAQueueIsResized() {
        CompletionQueue queue = a().queue(8);
        Side side = new Side(a(), a().pair(RC, queue, queue), queue, queue);
        new Link(side, Ends.side(b(), RC)).connect(Connection.USUAL);
        Registered from = a().memory(8);
        Registered to = b().memory(8);
        for (int i = 0; i < 6; i++) {
            side.post(Requests.write(i, from, 0, to, 0, 8));
        }
        ends().settle();
        assertInvalid(() -> queue.resize(5));
        assertInvalid(() -> queue.resize(0));
        assertInvalid(() -> queue.resize(a().context().attributes().maxCompletions() + 1));
        queue.resize(100);
        assertTrue(queue.capacity() >= 100);
        for (int i = 6; i < 50; i++) {
            side.post(Requests.write(i, from, 0, to, 0, 8));
        }
        for (int i = 0; i < 50; i++) {
            assertDone(queue, i, RDMA_WRITE);
        }
        queue.resize(4);
        assertTrue(queue.capacity() >= 4);
        side.post(Requests.read(60, from, 0, to, 0, 8));
        assertDone(queue, 60, RDMA_READ);
    }

    @Behaviour("V032")
    void shouldCompleteOnlyWhatIsSignalledAndDoAll() {
        Link link = ends().connect();
        Registered from = a().memory(8000).randomize(seed());
        Registered to = b().memory(8000);
        int completions = 0;
        long last = -1;
        for (int i = 0; i < 1000; i++) {
            SendRequest write = Requests.write(i, from, 8L * i, to, 8L * i, 8);
            if (i % 16 == 15 || i == 999) {
                link.a().post(write);
                WorkCompletion done = assertDone(link.a().sends(), i, RDMA_WRITE);
                assertTrue(done.id() > last);
                last = done.id();
                completions++;
            } else {
                link.a().postQuietly(write);
            }
        }
        assertEquals(63, completions);
        ends().assertNothing(link.a().sends());
        assertSeenByRead(link, to);
        assertArrayEquals(from.get(0, 8000), to.get(0, 8000));
    }

    @Behaviour("V034")
    void shouldKeepTheOrderOfEachQueuePairInASharedCompletionQueue() {
        CompletionQueue queue = a().queue();
        Side[] sides = new Side[2];
        for (int i = 0; i < 2; i++) {
            sides[i] = new Side(a(), a().pair(RC, queue, queue), queue, queue);
            new Link(sides[i], Ends.side(b(), RC)).connect(Connection.USUAL);
        }
        Registered from = a().memory(64);
        Registered to = b().memory(64);
        for (int i = 0; i < 40; i++) {
            sides[i % 2].post(Requests.write(i, from, 0, to, 0, 8));
        }
        long[] next = {0, 1};
        for (WorkCompletion each : ends().await(queue, 40)) {
            int which = each.queuePair() == sides[0].pair().number().value() ? 0 : 1;
            assertEquals(sides[which].pair().number().value(), each.queuePair());
            assertEquals(next[which], each.id());
            next[which] += 2;
        }
    }
}
