package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.AccessFlag.LOCAL_WRITE;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_ATOMIC;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_READ;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.LOCAL_ACCESS_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.LOCAL_LENGTH_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.LOCAL_PROTECTION_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.REMOTE_ACCESS_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.REMOTE_INVALID_REQUEST_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.REMOTE_OPERATION_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.RETRY_EXCEEDED_ERROR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.ERR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.SendRequest;

/** Which status a wrong request of a reliable connection ends with, at which side, and what has not happened then. */
public abstract class ErrorsConformance extends VerbsConformance {
    /** As {@link VerbsConformance}. */
    protected ErrorsConformance(Subject subject) {
        super(subject);
    }

    /** {@code request} ends so at A, and both queue pairs are in error. */
    private void assertRefusedByPeer(Link link, SendRequest request, CompletionStatus status) {
        link.a().post(request);
        assertEnded(link.a().sends(), request.id(), status);
        assertStates(link, ERR, ERR);
    }

    /** {@code request} ends so at A, and B has noticed nothing. */
    private void assertRefusedHere(Link link, SendRequest request, CompletionStatus status) {
        link.a().postQuietly(request);
        assertEnded(link.a().sends(), request.id(), status);
        assertStates(link, ERR, RTS);
    }

    @Behaviour("V042")
    void shouldEndASendOfAWrongLocalKeyWhetherSignalledOrNot() {
        Registered from = a().memory(64);
        for (boolean signalled : new boolean[] {true, false}) {
            Link link = ends().connect();
            link.b().receiveNothing(1, 1);
            SendRequest send = Requests.request(1).send().segment(from.at(0), 8, DataPathConformance.NO_LOCAL_KEY);
            assertRefusedHere(link, signalled ? Requests.signaled(send) : send, LOCAL_PROTECTION_ERROR);
            ends().assertNothing(link.b().receives());
        }
    }

    @Behaviour("V043")
    void shouldEndAWriteOfAWrongRemoteKeyAndTellThePeer() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64);
        assertRefusedByPeer(link, Requests.request(1).write(to.at(0), DataPathConformance.NO_REMOTE_KEY)
                .segment(from.at(0), 8, from.localKey()), REMOTE_ACCESS_ERROR);
        to.assertAll(0);
        assertEvent(b(), AsyncEvent.Type.QP_ACCESS_ERR, link.b().pair());
        ends().assertNoEvent(a());
    }

    @Behaviour("V044")
    void shouldWriteNothingOfARangeThatIsPartlyOutside() {
        Registered from = a().memory(128).fill(1);
        Registered to = b().memory(64);
        for (long start : new long[] {-1, 1, 64, -64, -to.at(0) - 8}) { // the last one wraps around
            assertRefusedByPeer(ends().connect(), Requests.write(1, from, 0, to, start, 64), REMOTE_ACCESS_ERROR);
        }
        assertRefusedByPeer(ends().connect(), Requests.write(1, from, 0, to, 0, 65), REMOTE_ACCESS_ERROR);
        to.assertAll(0);
    }

    @Behaviour("V045")
    void shouldTellMemoryWithoutARightFromAQueuePairWithoutIt() {
        Registered own = a().memory(64).fill(1);
        Registered shut = b().memory(64, LOCAL_WRITE);
        Registered open = b().memory(64);
        for (int i = 0; i < 3; i++) {
            assertRefusedByPeer(ends().connect(), operation(i, own, shut), REMOTE_ACCESS_ERROR);
            Set<AccessFlag> rest = EnumSet.of(REMOTE_WRITE, REMOTE_READ, REMOTE_ATOMIC);
            rest.remove(List.of(REMOTE_WRITE, REMOTE_READ, REMOTE_ATOMIC).get(i));
            assertRefusedByPeer(
                    ends().connect(Connection.USUAL.withAccess(rest)), operation(i, own, open),
                    REMOTE_INVALID_REQUEST_ERROR);
        }
        open.assertAll(0);
        shut.assertAll(0);
    }

    private static SendRequest operation(int which, Registered own, Registered there) {
        return switch (which) {
            case 0 -> Requests.write(1, own, 0, there, 0, 8);
            case 1 -> Requests.read(1, own, 0, there, 0, 8);
            default -> Requests.fetchAndAdd(1, own, 0, there, 0, 1);
        };
    }

    @Behaviour("V048")
    void shouldEndBothSidesWhenAReceiveItselfIsWrong() {
        Registered into = b().memory(64);
        Registered from = a().memory(64).fill(1);
        for (ReceiveRequest wrong : new ReceiveRequest[] {
            new ReceiveRequest().begin(5).segment(into.at(0), 64, DataPathConformance.NO_LOCAL_KEY),
            Requests.receive(5, into, 1, 64), Requests.receive(5, into, -1, 64)}) {
            Link link = ends().connect();
            link.b().receive(wrong);
            assertRefusedByPeer(link, Requests.send(1, from, 0, 64), REMOTE_OPERATION_ERROR);
            assertEnded(link.b().receives(), 5, LOCAL_PROTECTION_ERROR);
        }
    }

    @Behaviour("V049")
    void shouldEndBothSidesWhenAMessageIsLongerThanItsReceive() {
        Registered from = a().memory(64).fill(1);
        for (int room : new int[] {0, 7, 63}) {
            Link link = ends().connect();
            Registered into = b().memory(64);
            link.b().receive(Requests.receive(5, into, 0, room));
            assertRefusedByPeer(link, Requests.send(1, from, 0, 64), REMOTE_INVALID_REQUEST_ERROR);
            assertEnded(link.b().receives(), 5, LOCAL_LENGTH_ERROR);
            into.assertAll(0, room, 64 - room);
        }
    }

    @Behaviour("V221")
    void shouldFindItsOwnFaultBeforeThePeersInAWrite() {
        Registered to = b().memory(64);
        Link link = ends().connect();
        assertRefusedHere(link, Requests.request(1).write(to.at(0), DataPathConformance.NO_REMOTE_KEY)
                .segment(1, 8, DataPathConformance.NO_LOCAL_KEY), LOCAL_PROTECTION_ERROR);
        ends().assertNoEvent(b());
    }

    @Behaviour("V222")
    void shouldFindThePeersFaultBeforeItsOwnInARead() {
        Registered there = b().memory(64);
        assertRefusedByPeer(
                ends().connect(), Requests.request(1).read(there.at(0), DataPathConformance.NO_REMOTE_KEY)
                        .segment(1, 8, DataPathConformance.NO_LOCAL_KEY),
                REMOTE_ACCESS_ERROR);
        assertRefusedHere(ends().connect(), Requests.request(1).read(there.at(0), there.remoteKey())
                .segment(1, 8, DataPathConformance.NO_LOCAL_KEY), LOCAL_PROTECTION_ERROR);
    }

    @Behaviour("V223")
    void shouldTellAReceiveThatItsWriteWithImmediateWasRefused() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64, LOCAL_WRITE);
        link.b().receiveNothing(5, 3);
        assertRefusedByPeer(link, Requests.writeWithImmediate(1, from, to, 8, 0), REMOTE_ACCESS_ERROR);
        CompletionStatus status = await(link.b().receives()).status();
        assertTrue(
                status == LOCAL_ACCESS_ERROR || status == LOCAL_PROTECTION_ERROR
                        || status == CompletionStatus.WORK_REQUEST_FLUSHED,
                status::toString);
        assertFlushed(link.b().receives(), 6, 2);
        to.assertAll(0);
    }

    @Behaviour("V224")
    void shouldFlushWhatFollowsAFaultInOrderAfterWhatWasDone() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64);
        link.a().receiveNothing(100, 3);
        link.b().receiveNothing(200, 3);
        link.a().postQuietly(
                Requests.write(1, from, 0, to, 0, 8), Requests.signaled(Requests.write(2, from, 0, to, 8, 8)),
                Requests.write(3, from, 0, to, 16, 8),
                Requests.write(4, from, 0, to, 60, 8), // beyond the end
                Requests.write(5, from, 0, to, 24, 8), Requests.signaled(Requests.write(6, from, 0, to, 32, 8)));
        assertDone(link.a().sends(), 2, RDMA_WRITE);
        assertEnded(link.a().sends(), 4, REMOTE_ACCESS_ERROR);
        assertFlushed(link.a().sends(), 5, 2);
        assertFlushed(link.a().receives(), 100, 3);
        assertFlushed(link.b().receives(), 200, 3);
        assertStates(link, ERR, ERR);
        to.assertAll(0, 24, 40);
        ends().assertNothing(link.a().sends(), link.a().receives(), link.b().sends(), link.b().receives());
    }

    @Behaviour("V225")
    void shouldFlushThePeersSendsToo() {
        Link link = ends().connect();
        Registered from = b().memory(64);
        for (int i = 0; i < 4; i++) {
            link.b().postQuietly(Requests.send(i, from, 0, 8)); // waits: A has no receive
        }
        ends().settle();
        Registered own = a().memory(8);
        link.a().post(Requests.request(9).read(1, DataPathConformance.NO_REMOTE_KEY)
                .segment(own.at(0), 8, own.localKey()));
        assertEnded(link.a().sends(), 9, REMOTE_ACCESS_ERROR);
        assertFlushed(link.b().sends(), 0, 4);
        assertStates(link, ERR, ERR);
    }

    @Behaviour("V226")
    void shouldRefuseEveryOtherVariantOfAKey() {
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64);
        RemoteKey key = to.remoteKey();
        for (RemoteKey wrong : new RemoteKey[] {
            key.next(), new RemoteKey(key.value() ^ 0x80), new RemoteKey(key.value() + 0x100),
            new RemoteKey(~key.value()), new RemoteKey(0), new RemoteKey(-1)}) {
            assertRefusedByPeer(ends().connect(), Requests.request(1).write(to.at(0), wrong)
                    .segment(from.at(0), 8, from.localKey()), REMOTE_ACCESS_ERROR);
        }
        to.assertAll(0);
    }

    @Behaviour("V227")
    void shouldRefuseLocalMemoryOutOfBoundsByOneByte() {
        Registered from = a().memory(64);
        for (long[] range : new long[][] {{-1, 8}, {57, 8}, {0, 65}, {64, 1}, {-8, 8}, {-from.at(0) - 4, 8}}) {
            Link link = ends().connect();
            link.b().receiveNothing(1, 1);
            assertRefusedHere(link, Requests.send(1, from, range[0], (int) range[1]), LOCAL_PROTECTION_ERROR);
        }
        Link second = ends().connect();
        assertRefusedHere(second, Requests.send(1, from, 0, 8).segment(from.at(60), 5, from.localKey()),
                LOCAL_PROTECTION_ERROR);
    }

    @Behaviour("V228")
    void shouldNotWriteOwnMemoryThatHasNoRightForThat() {
        Registered readOnly = a().memory(a().domain(), 64, Set.of(AccessFlag.REMOTE_READ));
        Registered there = b().memory(64).fill(1);
        assertRefusedHere(ends().connect(), Requests.read(1, readOnly, 0, there, 0, 8), LOCAL_PROTECTION_ERROR);
        readOnly.assertAll(0);
        Link link = ends().connect();
        link.a().receive(Requests.receive(5, readOnly, 0, 64));
        link.b().post(Requests.send(6, there, 0, 8));
        assertEnded(link.a().receives(), 5, LOCAL_PROTECTION_ERROR);
        assertEnded(link.b().sends(), 6, REMOTE_OPERATION_ERROR);
        readOnly.assertAll(0);
    }

    @Behaviour("V229")
    void shouldLeaveOtherQueuePairsAlone() {
        Link bad = ends().connect();
        Link good = ends().connect();
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64);
        good.b().receiveNothing(7, 2);
        assertRefusedByPeer(bad, Requests.write(1, from, 0, to, 60, 8), REMOTE_ACCESS_ERROR);
        assertStates(good, RTS, RTS);
        good.a().post(Requests.write(2, from, 0, to, 0, 8), Requests.request(3).send());
        assertDone(good.a().sends(), 2, RDMA_WRITE);
        await(good.a().sends());
        assertEquals(7, await(good.b().receives()).id());
        ends().assertNothing(good.b().receives());
    }

    @Behaviour("V230")
    void shouldRefuseReadsWhereThePeerAnswersNone() {
        Registered own = a().memory(64);
        Registered there = b().memory(64);
        for (int i = 1; i < 3; i++) {
            Link link = ends().connect(Connection.USUAL.withReads(1, 0));
            assertRefusedByPeer(link, operation(i, own, there), REMOTE_INVALID_REQUEST_ERROR);
        }
    }

    @Behaviour("V231")
    void shouldGiveUpANumberThatNoQueuePairHas() {
        Link link = ends().pairs(RC);
        Connection how = Connection.USUAL.withTimeout(8, 1);
        how.connect(link.a().pair(), b().gid(), new QueuePairNumber(0xfffff0));
        assertRefusedAlone(link, Requests.write(1, a().memory(8), 0, b().memory(8), 0, 8));
    }

    @Behaviour("V232")
    void shouldGiveUpAQueuePairOfAnotherService() {
        Link link = ends().pairs(RC);
        Side other = ends().connect(UC).b();
        Connection.USUAL.withTimeout(8, 1).connect(link.a().pair(), b().gid(), other.pair().number());
        assertRefusedAlone(link, Requests.write(1, a().memory(8), 0, b().memory(8), 0, 8));
        assertEquals(RTS, other.state());
    }

    private void assertRefusedAlone(Link link, SendRequest request) {
        link.a().post(request);
        assertEnded(link.a().sends(), request.id(), RETRY_EXCEEDED_ERROR);
        assertEquals(ERR, link.a().state());
    }

    @Behaviour("V233")
    void shouldEndUnsignalledFaultsOfThePeerToo() {
        Link link = ends().connect();
        Registered own = a().memory(8);
        link.a().postQuietly(Requests.request(1).write(0, DataPathConformance.NO_REMOTE_KEY)
                .segment(own.at(0), 8, own.localKey()));
        assertEnded(link.a().sends(), 1, REMOTE_ACCESS_ERROR);
    }
}
