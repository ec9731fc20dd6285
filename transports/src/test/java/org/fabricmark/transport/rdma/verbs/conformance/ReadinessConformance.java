package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV_RDMA_WITH_IMM;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.RNR_RETRY_EXCEEDED_ERROR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.ERR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RTS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.fabricmark.transport.rdma.verbs.RnrTimer;

/** Messages that meet no receive: the peer is not ready. */
public abstract class ReadinessConformance extends VerbsConformance {
    /** Its timer is 1.28 ms. */
    private static final int CODE = 14;

    /** As {@link VerbsConformance}. */
    protected ReadinessConformance(Subject subject) {
        super(subject);
    }

    @Behaviour("V050")
    void shouldTryAgainAsOftenAsAllowedAndWaitAsLongAsTold() {
        Registered from = a().memory(8);
        for (int retries : new int[] {0, 1, 3}) {
            Link link = ends().connect(Connection.USUAL.withRnr(retries, CODE));
            Ends.assertLasts(retries * new RnrTimer(CODE).nanos(), () -> {
                link.a().post(Requests.send(1, from, 0, 8));
                assertEnded(link.a().sends(), 1, RNR_RETRY_EXCEEDED_ERROR);
            });
            assertStates(link, ERR, RTS);
        }
    }

    @Behaviour("V051")
    void shouldTryForEverWhereToldSo() {
        Link link = ends().connect(Connection.USUAL.withRnr(7, CODE));
        Registered from = a().memory(8).fill(1);
        Registered into = b().memory(16);
        link.a().post(Requests.send(1, from, 0, 8));
        long until = System.nanoTime() + Duration.ofMillis(300).toNanos();
        while (System.nanoTime() < until) {
            ends().progress();
        }
        ends().assertNothing(link.a().sends());
        link.b().receive(Requests.receive(5, into, 0, 8), Requests.receive(6, into, 8, 8));
        assertDone(link.b().receives(), 5, RECV);
        assertDone(link.a().sends(), 1, SEND);
        ends().assertNothing(link.b().receives());
    }

    @Behaviour("V241")
    void shouldMeetAMissingReceiveWithAWriteWithImmediateToo() {
        Registered from = a().memory(8).fill(1);
        Link link = ends().connect(Connection.USUAL.withRnr(1, CODE));
        link.a().post(Requests.writeWithImmediate(1, from, b().memory(8), 8, 0));
        assertEnded(link.a().sends(), 1, RNR_RETRY_EXCEEDED_ERROR);
        assertStates(link, ERR, RTS);
        Link patient = ends().connect();
        Registered to = b().memory(8);
        patient.a().post(Requests.writeWithImmediate(2, from, to, 8, 33));
        ends().assertNothing(patient.a().sends());
        patient.b().receiveNothing(5, 1);
        assertEquals(33, assertDone(patient.b().receives(), 5, RECV_RDMA_WITH_IMM).immediate());
        to.assertAll(1);
    }

    @Behaviour("V242")
    void shouldHoldBackWhatComesBehindAMessageThatWaits() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64);
        link.a().post(
                Requests.write(1, from, 0, to, 0, 8), Requests.send(2, from, 0, 8),
                Requests.write(3, from, 0, to, 8, 8),
                Requests.send(4, from, 0, 8), Requests.write(5, from, 0, to, 16, 8));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        ends().assertNothing(link.a().sends());
        to.assertAll(0, 8, 16);
        link.b().receive(Requests.receive(11, to, 32, 8));
        assertDone(link.a().sends(), 2, SEND);
        assertDone(link.a().sends(), 3, RDMA_WRITE);
        ends().assertNothing(link.a().sends());
        to.assertAll(0, 16, 8);
        link.b().receive(Requests.receive(12, to, 40, 8));
        assertDone(link.a().sends(), 4, SEND);
        assertDone(link.a().sends(), 5, RDMA_WRITE);
        assertDone(link.b().receives(), 11, RECV);
        assertDone(link.b().receives(), 12, RECV);
    }

    @Behaviour("V243")
    void shouldDeliverEveryMessageOnceAndInOrderToASlowReceiver() {
        Link link = ends().connect(Connection.USUAL.withRnr(7, 1));
        int messages = 300;
        Registered from = a().memory(8 * messages).randomize(seed());
        Registered into = b().memory(8 * messages);
        int posted = 0;
        int done = 0;
        for (int i = 0; i < messages; i++) {
            while (posted < messages && posted - done < End.DEPTH / 2) {
                link.a().post(Requests.send(posted, from, 8L * posted, 8));
                posted++;
            }
            link.b().receive(Requests.receive(i, into, 8L * i, 8));
            assertDone(link.b().receives(), i, RECV);
            assertDone(link.a().sends(), done++, SEND);
        }
        assertArrayEquals(from.get(0, 8 * messages), into.get(0, 8 * messages));
    }

    @Behaviour("V244")
    void shouldCountItsTriesAnewForEachMessage() {
        Link link = ends().connect(Connection.USUAL.withRnr(2, 22)); // waits of 20.48 ms
        Registered from = a().memory(8);
        for (int i = 0; i < 5; i++) {
            link.a().post(Requests.send(i, from, 0, 8));
            for (int round = 0; round < 100; round++) {
                ends().progress(); // it meets no receive
            }
            link.b().receive(Requests.receive(i, b().memory(8), 0, 8));
            assertDone(link.a().sends(), i, SEND);
        }
        assertStates(link, RTS, RTS);
    }

    @Behaviour("V245")
    void shouldFlushWhatIsBehindAMessageThatGivesUp() {
        Link link = ends().connect(Connection.USUAL.withRnr(0, 1));
        Registered from = a().memory(8).fill(1);
        Registered to = b().memory(8);
        link.a().postQuietly(Requests.send(1, from, 0, 8), Requests.write(2, from, 0, to, 0, 8),
                Requests.send(3, from, 0, 8));
        assertEnded(link.a().sends(), 1, RNR_RETRY_EXCEEDED_ERROR);
        assertFlushed(link.a().sends(), 2, 2);
        to.assertAll(0);
        link.b().receiveNothing(9, 1);
        ends().assertNothing(link.b().receives());
    }

    @Behaviour("V246")
    void shouldExecuteReadsAndWritesWithoutAnyReceive() {
        Link link = ends().connect(Connection.USUAL.withRnr(0, 1));
        Registered own = a().memory(64);
        Registered there = b().memory(64);
        link.a().post(
                Requests.write(1, own, 0, there, 0, 8), Requests.read(2, own, 0, there, 0, 8),
                Requests.fetchAndAdd(3, own, 0, there, 0, 1));
        assertEquals(3, ends().await(link.a().sends(), 3).stream().filter(each -> each.successful()).count());
    }
}
