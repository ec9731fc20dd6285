package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_READ;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.ERR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.INIT;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RESET;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RTR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RTS;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.SQD;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.SQE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AckTimeout;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/** What a queue pair does in each of its states. */
public abstract class StatesConformance extends VerbsConformance {
    /** 17 ms; and one more try. */
    private static final Connection IMPATIENT = Connection.USUAL.withTimeout(12, 1);

    /** As {@link VerbsConformance}. */
    protected StatesConformance(Subject subject) {
        super(subject);
    }

    private static void go(Side side, QueuePairState state) {
        side.pair().modify(QueuePairAttributes.to(state));
    }

    @Behaviour("V015")
    void shouldUseReceivesInOrderThatWerePostedInInit() {
        Link link = ends().pairs(RC);
        Registered into = b().memory(64);
        link.b().pair().modify(Connection.USUAL.init(RC));
        for (int i = 0; i < 8; i++) {
            link.b().receive(Requests.receive(i, into, 8L * i, 8));
        }
        Connection.USUAL.connect(link.a().pair(), b().gid(), link.b().pair().number());
        link.b().pair().modify(Connection.USUAL.readyToReceive(RC, a().gid(), link.a().pair().number()));
        link.b().pair().modify(Connection.USUAL.readyToSend(RC));
        Registered from = a().memory(64).randomize(1);
        for (int i = 0; i < 8; i++) {
            link.a().post(Requests.send(100 + i, from, 8L * i, 8));
        }
        for (int i = 0; i < 8; i++) {
            assertDone(link.b().receives(), i, RECV);
        }
        assertArrayEquals(from.get(0, 64), into.get(0, 64));
    }

    @Behaviour("V016")
    void shouldFlushWhatIsOutstandingInOrderWhetherSignalledOrNot() {
        Link link = ends().connect();
        Registered from = a().memory(64);
        link.a().receiveNothing(100, 10);
        for (int i = 0; i < 10; i++) { // none can be done: B has no receive
            if (i % 2 == 0) {
                link.a().post(Requests.send(i, from, 0, 8));
            } else {
                link.a().postQuietly(Requests.send(i, from, 0, 8));
            }
        }
        ends().assertNothing(link.a().sends(), link.a().receives());
        go(link.a(), ERR);
        assertFlushed(link.a().sends(), 0, 10);
        assertFlushed(link.a().receives(), 100, 10);
        ends().assertNothing(link.a().sends(), link.a().receives());
    }

    @Behaviour("V017")
    void shouldFlushWhatIsPostedInError() {
        for (ServiceType service : ServiceType.values()) {
            Link link = ends().connect(service);
            go(link.a(), ERR);
            Datagrams way = new Datagrams(ends());
            link.a().postQuietly(way.address(link.b(), Requests.request(1).send()));
            link.a().postQuietly(way.address(link.b(), Requests.request(2).send()));
            link.a().receiveNothing(3, 2);
            assertFlushed(link.a().sends(), 1, 2);
            assertFlushed(link.a().receives(), 3, 2);
        }
    }

    @Behaviour("V018")
    void shouldWorkAgainAfterAnErrorAndShowNothingOfItsEarlierLife() {
        Link link = ends().connect();
        Registered from = a().memory(64).randomize(2);
        Registered into = b().memory(64);
        for (int life = 1; life <= 3; life++) {
            link.b().receive(Requests.receive(life, into, 0, 8), Requests.receive(90, into, 0, 8));
            link.a().post(Requests.send(life, from, 0, 8));
            assertDone(link.a().sends(), life, SEND);
            assertDone(link.b().receives(), life, RECV);
            link.a().post(Requests.request(91).write(into.at(0), into.remoteKey())
                    .segment(from.at(64), 1, from.localKey()), Requests.send(92, from, 0, 8));
            ends().settle(); // both fail, and nobody polls that
            go(link.a(), RESET);
            go(link.b(), RESET);
            link.connect(Connection.USUAL.withPsn(1000 * life));
        }
        ends().assertNothing(link.a().sends(), link.a().receives(), link.b().sends(), link.b().receives());
    }

    @Behaviour("V019")
    void shouldGiveUpAPeerThatDoesNotAnswer() {
        Link alive = ends().connect();
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64);
        for (QueuePairState state : new QueuePairState[] {RESET, INIT, ERR, null}) {
            Link link = ends().pairs(RC);
            IMPATIENT.connect(link.a().pair(), b().gid(), link.b().pair().number());
            if (state == INIT) {
                link.b().pair().modify(IMPATIENT.init(RC));
            } else if (state == ERR) {
                go(link.b(), ERR);
            } else if (state == null) {
                b().end(link.b().pair());
            }
            Ends.assertLasts(2 * new AckTimeout(12).nanos(), () -> {
                link.a().post(Requests.write(1, from, 0, to, 0, 8), Requests.write(2, from, 0, to, 0, 8));
                assertEnded(link.a().sends(), 1, CompletionStatus.RETRY_EXCEEDED_ERROR);
            });
            assertFlushed(link.a().sends(), 2, 1);
            assertEquals(ERR, link.a().state());
            if (state != null) {
                assertEquals(state, link.b().state());
            }
        }
        to.assertAll(0);
        alive.a().post(Requests.write(3, from, 0, to, 0, 8));
        assertDone(alive.a().sends(), 3, RDMA_WRITE);
    }

    @Behaviour("V141")
    void shouldDropReceivesAndUnpolledCompletionsOnReset() {
        Link link = ends().connect();
        CompletionQueue shared = link.b().receives();
        Registered from = a().memory(8);
        Side other = new Side(b(), b().pair(RC, shared, shared), shared, shared);
        Side otherA = Ends.side(a(), RC);
        new Link(otherA, other).connect(Connection.USUAL);
        link.b().receiveNothing(1, 3);
        other.receiveNothing(11, 1);
        link.a().post(Requests.send(1, from, 0, 0));
        otherA.post(Requests.send(2, from, 0, 0));
        await(link.a().sends());
        await(otherA.sends());
        ends().settle();
        go(link.b(), RESET); // one completion of it lies in the queue, two receives are posted
        assertDone(shared, 11, RECV);
        ends().assertNothing(shared);
    }

    @Behaviour("V142")
    void shouldTakeUnpolledCompletionsWithADestroyedQueuePair() {
        Link link = ends().connect();
        Registered from = a().memory(8);
        link.b().receiveNothing(1, 2);
        link.a().post(Requests.send(1, from, 0, 0), Requests.send(2, from, 0, 0));
        assertDone(link.a().sends(), 1, SEND);
        assertDone(link.a().sends(), 2, SEND);
        b().end(link.b().pair());
        ends().assertNothing(link.b().receives());
    }

    @Behaviour("V143")
    void shouldHoldBackWhatIsPostedWhileDrainedAndDoItInOrderAfterwards() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(9);
        Registered to = b().memory(64);
        go(link.a(), SQD);
        for (int i = 0; i < 5; i++) {
            link.a().post(Requests.write(i, from, 0, to, 8L * i, 8));
        }
        ends().assertNothing(link.a().sends());
        to.assertAll(0);
        assertEquals(SQD, link.a().state());
        go(link.a(), RTS);
        for (int i = 0; i < 5; i++) {
            assertDone(link.a().sends(), i, RDMA_WRITE);
        }
    }

    @Behaviour("V144")
    void shouldTellThatTheSendQueueIsDrainedOnlyToThoseWhoAsked() {
        Link link = ends().connect();
        go(link.a(), SQD);
        ends().assertNoEvent(a());
        go(link.a(), RTS);
        Registered from = a().memory(64);
        link.a().post(Requests.write(1, from, 0, b().memory(64), 0, 64));
        link.a().pair().modify(QueuePairAttributes.to(SQD).drainNotification(true));
        assertEvent(a(), AsyncEvent.Type.SQ_DRAINED, link.a().pair());
        assertDone(link.a().sends(), 1, RDMA_WRITE); // begun before, so finished
        ends().assertNoEvent(a());
    }

    @Behaviour("V145")
    void shouldServeItsPeerWhileDrained() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(4);
        Registered to = b().memory(64);
        go(link.b(), SQD);
        link.b().receiveNothing(5, 1);
        link.a().post(
                Requests.write(1, from, 0, to, 0, 8), Requests.read(2, from, 32, to, 0, 8),
                Requests.send(3, from, 0, 0));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        assertDone(link.a().sends(), 2, RDMA_READ);
        assertDone(link.a().sends(), 3, SEND);
        assertDone(link.b().receives(), 5, RECV);
        from.assertAll(4, 32, 8);
    }

    @Behaviour("V146")
    void shouldRefuseWhatItsAccessFlagsNoLongerAllow() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(4);
        Registered to = b().memory(64);
        link.a().post(Requests.write(1, from, 0, to, 0, 8));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        link.b().pair().modify(QueuePairAttributes.to(RTS).access(EnumSet.of(AccessFlag.REMOTE_READ)));
        link.a().post(Requests.read(2, from, 0, to, 0, 8), Requests.write(3, from, 0, to, 8, 8));
        assertDone(link.a().sends(), 2, RDMA_READ);
        assertEnded(link.a().sends(), 3, CompletionStatus.REMOTE_INVALID_REQUEST_ERROR);
        to.assertAll(0, 8, 8);
    }

    @Behaviour("V147")
    void shouldExecuteRequestsInReadyToReceiveAndTellThatThePeerIsThere() {
        Link link = ends().pairs(RC);
        Connection.USUAL.receiveFrom(link.b().pair(), a().gid(), link.a().pair().number());
        Connection.USUAL.connect(link.a().pair(), b().gid(), link.b().pair().number());
        Registered from = a().memory(64).fill(4);
        Registered to = b().memory(64);
        link.b().receiveNothing(5, 1);
        link.a().post(
                Requests.write(1, from, 0, to, 0, 8), Requests.read(2, from, 32, to, 0, 8),
                Requests.send(3, from, 0, 0));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        assertDone(link.a().sends(), 2, RDMA_READ);
        assertDone(link.a().sends(), 3, SEND);
        assertDone(link.b().receives(), 5, RECV);
        assertEvent(b(), AsyncEvent.Type.COMM_EST, link.b().pair());
        ends().assertNoEvent(b());
        assertEquals(RTR, link.b().state());
        link.b().pair().modify(Connection.USUAL.readyToSend(RC));
    }

    @Behaviour("V148")
    void shouldBeDrainedByMarkersThatComeLast() {
        Link link = ends().connect();
        Registered from = a().memory(64);
        Registered to = b().memory(64);
        link.a().receiveNothing(0, 5);
        link.a().postQuietly(Requests.write(1, from, 0, to, 0, 8), Requests.write(2, from, 0, to, 0, 8));
        go(link.a(), ERR);
        link.a().postQuietly(Requests.request(77).send());
        link.a().receiveNothing(78, 1);
        List<Long> sends = new ArrayList<>();
        ends().until("the marker", () -> {
            sends.add(await(link.a().sends()).id());
            return sends.getLast() == 77;
        });
        assertFlushed(link.a().receives(), 0, 5);
        assertFlushed(link.a().receives(), 78, 1);
        ends().assertNothing(link.a().sends(), link.a().receives());
    }

    @Behaviour("V149")
    void shouldFlushFromResetToError() {
        Link link = ends().pairs(RC);
        go(link.a(), ERR);
        link.a().postQuietly(Requests.request(1).send());
        link.a().receiveNothing(2, 1);
        assertFlushed(link.a().sends(), 1, 1);
        assertFlushed(link.a().receives(), 2, 1);
        go(link.a(), RESET);
    }

    @Behaviour("V150")
    void shouldStopOnlyTheSendQueueOfAServiceThatIsNotReliable() {
        Registered foreign = a().memory(a().keep(a().context().allocateProtectionDomain()), 64, Set.of());
        for (ServiceType service : List.of(UC, UD)) {
            Datagrams way = new Datagrams(ends());
            Link link = ends().connect(service);
            link.a().receiveNothing(20, 1);
            link.a().receive(Requests.receive(21, a().memory(64), 0, 64));
            link.a().postQuietly(way.address(link.b(), Requests.send(1, foreign, 0, 8)),
                    way.address(link.b(), Requests.request(2).send()));
            assertEnded(link.a().sends(), 1, CompletionStatus.LOCAL_PROTECTION_ERROR);
            assertFlushed(link.a().sends(), 2, 1);
            assertEquals(SQE, link.a().state());
            link.a().postQuietly(way.address(link.b(), Requests.request(3).send()));
            assertFlushed(link.a().sends(), 3, 1);
            if (service == UC) {
                link.b().post(Requests.request(4).send());
                assertDone(link.b().sends(), 4, SEND);
                assertDone(link.a().receives(), 20, RECV);
            }
            link.a().pair().modify(QueuePairAttributes.to(RTS).currentState(SQE));
            link.a().post(way.address(link.b(), Requests.request(5).send()));
            assertDone(link.a().sends(), 5, SEND);
        }
    }

    @Behaviour("V151")
    void shouldLiveThreeLivesInEveryService() {
        for (ServiceType service : ServiceType.values()) {
            Datagrams way = new Datagrams(ends());
            Link link = ends().connect(service);
            Registered into = b().memory(64);
            for (int life = 0; life < 3; life++) {
                link.b().receive(Requests.receive(life, into, 0, 64));
                link.a().post(way.address(link.b(), Requests.request(life).send()));
                assertDone(link.a().sends(), life, SEND);
                assertDone(link.b().receives(), life, RECV);
                for (Side each : List.of(link.a(), link.b())) {
                    go(each, ERR);
                    go(each, RESET);
                }
                link.connect(Connection.USUAL);
            }
        }
    }

    @Behaviour("V152")
    void shouldFlushOnlyItselfWhereCompletionsGoToASharedQueue() {
        CompletionQueue queue = a().queue();
        Side first = new Side(a(), a().pair(RC, queue, queue), queue, queue);
        Side second = new Side(a(), a().pair(RC, queue, queue), queue, queue);
        new Link(first, Ends.side(b(), RC)).connect(Connection.USUAL);
        new Link(second, Ends.side(b(), RC)).connect(Connection.USUAL);
        first.receiveNothing(1, 3);
        second.receiveNothing(11, 3);
        go(first, ERR);
        assertFlushed(queue, 1, 3);
        ends().assertNothing(queue);
        assertEquals(RTS, second.state());
        second.post(Requests.write(21, a().memory(8), 0, b().memory(8), 0, 8));
        assertDone(queue, 21, RDMA_WRITE);
    }
}
