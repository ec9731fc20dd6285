package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV_RDMA_WITH_IMM;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RTS;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.SQE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Function;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AddressHandle;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.CompletionFlag;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueueKey;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** Services that may lose messages: datagrams, and connections without acknowledgement. */
public abstract class DatagramConformance extends VerbsConformance {
    private static final int HEADER = Datagrams.HEADER;

    /** As {@link VerbsConformance}. */
    protected DatagramConformance(Subject subject) {
        super(subject);
    }

    private SendRequest datagram(Link link, SendRequest request) {
        return new Datagrams(ends()).address(link.b(), request);
    }

    @Behaviour("V040")
    void shouldDeliverDatagramsBehindAHeaderAndLoseThoseThatAreWrong() {
        Link link = ends().connect(UD);
        AddressHandle way = new Datagrams(ends()).way(b());
        QueuePairNumber number = link.b().pair().number();
        Registered from = a().memory(256).randomize(seed());
        Registered into = b().memory(512);
        for (int i = 0; i < 2; i++) {
            link.b().receive(Requests.receive(1, into, 0, HEADER + 100));
            SendRequest send = i == 0 ? Requests.send(1, from, 0, 100) : Requests.sendWithImmediate(1, from, 100, 77);
            link.a().post(send.to(way, number, Connection.QUEUE_KEY));
            assertDone(link.a().sends(), 1, SEND);
            WorkCompletion received = assertDone(link.b().receives(), 1, RECV);
            assertEquals(HEADER + 100, received.bytes());
            assertEquals(link.a().pair().number().value(), received.source());
            assertEquals(link.b().pair().number().value(), received.queuePair());
            assertTrue(received.has(CompletionFlag.GRH));
            assertEquals(i == 1, received.has(CompletionFlag.WITH_IMM));
            assertArrayEquals(from.get(0, 100), into.get(HEADER, 100));
            into.fill(0);
        }
        link.a().post(Requests.send(2, from, 0, 8).to(way, number, Connection.QUEUE_KEY)); // no receive
        assertDone(link.a().sends(), 2, SEND);
        ends().settle();
        link.b().receive(Requests.receive(9, into, 0, 64));
        link.a().post(Requests.send(3, from, 0, 8).to(way, number, new QueueKey(1)));
        link.a().post(Requests.send(4, from, 0, 8).to(way, new QueuePairNumber(0xfffffe), Connection.QUEUE_KEY));
        assertDone(link.a().sends(), 3, SEND);
        assertDone(link.a().sends(), 4, SEND);
        ends().assertNothing(link.b().receives());
        into.assertAll(0);
    }

    @Behaviour("V212")
    void shouldLoseAMessageOfAnUnreliableConnectionThatFindsNoReceiveAndDeliverTheNextOnes() {
        Link link = ends().connect(UC);
        Registered from = a().memory(8192).randomize(seed());
        Registered to = b().memory(8192);
        link.a().post(Requests.send(1, from, 0, 5000)); // lost: there is no receive
        assertDone(link.a().sends(), 1, SEND);
        ends().settle();
        link.b().receive(Requests.receive(11, to, 0, 5000), Requests.receive(12));
        link.a().post(
                Requests.send(2, from, 100, 5000), Requests.write(3, from, 0, to, 6000, 1000),
                Requests.writeWithImmediate(4, from, to, 2000, 42));
        assertDone(link.a().sends(), 2, SEND);
        assertDone(link.a().sends(), 3, RDMA_WRITE);
        assertDone(link.a().sends(), 4, RDMA_WRITE);
        assertEquals(5000, assertDone(link.b().receives(), 11, RECV).bytes());
        assertEquals(42, assertDone(link.b().receives(), 12, RECV_RDMA_WITH_IMM).immediate());
        assertArrayEquals(from.get(0, 2000), to.get(0, 2000));
        assertArrayEquals(from.get(2100, 3000), to.get(2000, 3000));
        assertArrayEquals(from.get(0, 1000), to.get(6000, 1000));
        assertEquals(RTS, link.b().state());
    }

    @Behaviour("V201")
    void shouldRefuseDatagramsLongerThanAPacket() {
        Link link = ends().connect(UD);
        int packet = a().context().port(1).activeMtu().bytes();
        Registered from = a().memory(packet + 1).randomize(seed());
        Registered into = b().memory(HEADER + packet);
        link.b().receive(Requests.receive(1, into, 0, HEADER + packet));
        link.a().post(datagram(link, Requests.send(1, from, 0, packet)));
        assertDone(link.a().sends(), 1, SEND);
        assertEquals(HEADER + packet, assertDone(link.b().receives(), 1, RECV).bytes());
        assertArrayEquals(from.get(0, packet), into.get(HEADER, packet));
        link.a().post(datagram(link, Requests.send(2, from, 0, packet + 1)));
        assertEnded(link.a().sends(), 2, CompletionStatus.LOCAL_LENGTH_ERROR);
        assertEquals(SQE, link.a().state());
    }

    private void assertLacks(ServiceType service, Function<Registered, SendRequest> operation) {
        Link link = ends().connect(service);
        Registered there = b().memory(64);
        SendRequest request = Requests.signaled(datagram(link, operation.apply(there)));
        if (link.a().pair().postSend(request) == PostStatus.POSTED) {
            assertEnded(link.a().sends(), 1, CompletionStatus.LOCAL_QP_OPERATION_ERROR);
        }
        ends().settle();
        there.assertAll(0);
    }

    @Behaviour("V202")
    void shouldRefuseWhatDatagramsDoNotHave() {
        Registered own = a().memory(64).fill(1);
        assertLacks(UD, there -> Requests.write(1, own, 0, there, 0, 8));
        assertLacks(UD, there -> Requests.writeWithImmediate(1, own, there, 8, 0));
        assertLacks(UD, there -> Requests.read(1, own, 0, there, 0, 8));
        assertLacks(UD, there -> Requests.fetchAndAdd(1, own, 0, there, 0, 1));
        assertLacks(UD, there -> Requests.compareAndSwap(1, own, there, 0, 0, 1));
    }

    @Behaviour("V203")
    void shouldRefuseWhatAnUnreliableConnectionDoesNotHave() {
        Registered own = a().memory(64).fill(1);
        assertLacks(UC, there -> Requests.read(1, own, 0, there, 0, 8));
        assertLacks(UC, there -> Requests.fetchAndAdd(1, own, 0, there, 0, 1));
        assertLacks(UC, there -> Requests.compareAndSwap(1, own, there, 0, 0, 1));
    }

    @Behaviour("V204")
    void shouldSendTheOwnQueueKeyInsteadOfAPrivilegedOne() {
        Link link = ends().connect(UD);
        Registered into = b().memory(64);
        link.b().receive(Requests.receive(1, into, 0, 64), Requests.receive(2, into, 0, 64));
        AddressHandle way = new Datagrams(ends()).way(b());
        link.a().post(Requests.request(1).send().to(way, link.b().pair().number(), new QueueKey(0x80000000)));
        assertDone(link.b().receives(), 1, RECV);
        link.a().pair().modify(QueuePairAttributes.to(RTS).queueKey(new QueueKey(99)));
        link.a().post(Requests.request(2).send().to(way, link.b().pair().number(), new QueueKey(0x80000000)));
        assertDone(link.a().sends(), 1, SEND);
        assertDone(link.a().sends(), 2, SEND);
        ends().assertNothing(link.b().receives());
    }

    @Behaviour("V205")
    void shouldLoseADatagramThatItsReceiveIsTooShortFor() {
        Link link = ends().connect(UD);
        Registered from = a().memory(64).fill(1);
        Registered into = b().memory(128);
        link.b().receive(Requests.receive(1, into, 0, HEADER + 7), Requests.receive(2, into, 0, 128));
        link.a().post(datagram(link, Requests.send(1, from, 0, 8)));
        assertDone(link.a().sends(), 1, SEND);
        ends().settle();
        assertEquals(RTS, link.b().state(), "a receiver of datagrams lives on");
        into.assertAll(0, HEADER + 7, 1);
    }

    @Behaviour("V206")
    void shouldTakeDatagramsOfManySendersAndTellThemApart() {
        Link first = ends().connect(UD);
        Side second = Ends.side(a(), UD);
        Connection.USUAL.connect(second.pair(), b().gid(), first.b().pair().number());
        Registered into = b().memory(64);
        for (int i = 0; i < 10; i++) {
            Side sender = i % 2 == 0 ? first.a() : second;
            first.b().receive(Requests.receive(i, into, 0, 64));
            sender.post(datagram(first, Requests.request(i).send()));
            assertEquals(sender.pair().number().value(), assertDone(first.b().receives(), i, RECV).source());
        }
    }

    @Behaviour("V207")
    void shouldSendADatagramToAnyQueuePairOfItsService() {
        Link link = ends().connect(UD);
        Datagrams way = new Datagrams(ends());
        Side other = Ends.side(b(), UD);
        Connection.USUAL.connect(other.pair(), a().gid(), link.a().pair().number());
        Side reliable = ends().connect(RC).b();
        Registered into = b().memory(64);
        for (Side each : new Side[] {link.b(), other, reliable}) {
            each.receive(Requests.receive(5, into, 0, 64));
        }
        for (Side each : new Side[] {link.b(), other}) {
            link.a().post(way.address(each, Requests.request(1).send()));
            assertDone(link.a().sends(), 1, SEND);
            assertDone(each.receives(), 5, RECV);
        }
        link.a().post(Requests.request(2).send().to(way.way(b()), reliable.pair().number(), Connection.QUEUE_KEY));
        assertDone(link.a().sends(), 2, SEND);
        ends().assertNothing(reliable.receives());
    }

    @Behaviour("V208")
    void shouldNotTellTheSenderOfAWriteThatAnUnreliableConnectionRefuses() {
        Link link = ends().connect(UC);
        Registered from = a().memory(64).fill(1);
        Registered to = b().memory(64, AccessFlag.REMOTE_READ);
        link.a().post(Requests.write(1, from, 0, to, 0, 8));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
        ends().settle();
        to.assertAll(0);
        assertEquals(RTS, link.a().state());
    }

    @Behaviour("V209")
    void shouldRefuseTheAddressHandleOfAnotherProtectionDomain() {
        Link link = ends().connect(UD);
        ProtectionDomain other = a().keep(a().context().allocateProtectionDomain());
        AddressHandle foreign = a().keep(other.createAddressHandle(AddressVector.to(b().gid())));
        SendRequest request = Requests.signaled(
                Requests.request(1).send().to(foreign, link.b().pair().number(), Connection.QUEUE_KEY));
        if (link.a().pair().postSend(request) == PostStatus.POSTED) {
            assertEnded(link.a().sends(), 1, CompletionStatus.LOCAL_QP_OPERATION_ERROR);
        }
    }

    @Behaviour("V210")
    void shouldRefuseADatagramWithoutWay() {
        Link link = ends().connect(UD);
        SendRequest request = Requests.signaled(Requests.request(1).send());
        if (link.a().pair().postSend(request) == PostStatus.POSTED) {
            assertEnded(link.a().sends(), 1, CompletionStatus.LOCAL_QP_OPERATION_ERROR);
        } else {
            ends().assertNothing(link.a().sends());
        }
    }

    @Behaviour("V211")
    void shouldCarryInlineBytesInEveryService() {
        for (ServiceType service : ServiceType.values()) {
            Link link = ends().connect(service);
            Registered from = a().memory(32).fill(6);
            Registered into = b().memory(128);
            int header = service == UD ? HEADER : 0;
            link.b().receive(Requests.receive(1, into, 0, 128));
            link.a().post(datagram(link, Requests.request(1).send()
                    .segment(from.at(0), 10, DataPathConformance.NO_LOCAL_KEY)
                    .segment(from.at(10), 22, DataPathConformance.NO_LOCAL_KEY).flag(SendFlag.INLINE)));
            from.fill(0);
            WorkCompletion received = assertDone(link.b().receives(), 1, RECV);
            assertEquals(header + 32, received.bytes());
            assertFalse(received.has(CompletionFlag.WITH_IMM));
            into.assertAll(6, header, 32);
        }
    }
}
