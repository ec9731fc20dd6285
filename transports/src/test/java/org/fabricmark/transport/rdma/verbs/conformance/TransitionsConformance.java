package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.QueuePairState.ERR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.INIT;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RESET;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RTR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.RTS;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.SQD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AckTimeout;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.PacketSequenceNumber;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueueKey;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/** The way of a queue pair through its states: what each step needs, and what it changes. */
public abstract class TransitionsConformance extends VerbsConformance {
    /** What may follow, by {@code ibv_modify_qp(3)} and the specification's "any state to ERR". */
    private static final Map<QueuePairState, Set<QueuePairState>> FOLLOWERS = Map.of(
            RESET, Set.of(RESET, INIT, ERR),
            INIT, Set.of(RESET, INIT, RTR, ERR),
            RTR, Set.of(RESET, RTS, ERR),
            RTS, Set.of(RESET, RTS, SQD, ERR),
            SQD, Set.of(RESET, RTS, SQD, ERR),
            ERR, Set.of(RESET, ERR));

    /** As {@link VerbsConformance}. */
    protected TransitionsConformance(Subject subject) {
        super(subject);
    }

    /** The three steps to RTS of {@code link}'s first pair, with exactly what each needs. */
    private static List<QueuePairAttributes> steps(Link link, Connection how) {
        ServiceType service = link.a().pair().service();
        return List.of(
                how.init(service), how.readyToReceive(service, link.b().end().gid(), link.b().pair().number()),
                how.readyToSend(service));
    }

    private QueuePair in(ServiceType service, QueuePairState state) {
        Link link = ends().pairs(service);
        QueuePair pair = link.a().pair();
        List<QueuePairState> way = List.of(INIT, RTR, RTS);
        int last = state == SQD ? 2 : way.indexOf(state);
        for (int i = 0; i <= last; i++) {
            pair.modify(steps(link, Connection.USUAL).get(i));
        }
        if (state == SQD || state == ERR) {
            pair.modify(QueuePairAttributes.to(state));
        }
        assertEquals(state, pair.state());
        return pair;
    }

    @Behaviour("V011")
    void shouldGoToReadyToSendWithExactlyWhatEachStepNeeds() {
        for (ServiceType service : ServiceType.values()) {
            Link link = ends().pairs(service);
            QueuePair pair = link.a().pair();
            for (QueuePairAttributes step : steps(link, Connection.USUAL.withPsn(0x123456))) {
                pair.modify(step);
                assertEquals(step.state(), pair.state());
                assertTrue(
                        QueuePairValues.of(pair).values().entrySet()
                                .containsAll(QueuePairValues.of(step).values().entrySet()),
                        () -> "asked for " + QueuePairValues.of(step) + ", has " + QueuePairValues.of(pair));
            }
            assertEquals(new PacketSequenceNumber(0x123456), pair.query().sendPsn());
            assertEquals(RTS, pair.query().state());
        }
    }

    @Behaviour("V012")
    void shouldRefuseAStepThatLacksAnyAttributeAndChangeNothing() {
        for (ServiceType service : ServiceType.values()) {
            Link link = ends().pairs(service);
            QueuePair pair = link.a().pair();
            for (QueuePairAttributes step : steps(link, Connection.USUAL)) {
                for (Attribute needed : step.named()) {
                    assertUnchangedBy(pair, () -> step.without(needed));
                }
                pair.modify(step);
            }
        }
    }

    private static void assertUnchangedBy(QueuePair pair, Supplier<QueuePairAttributes> change) {
        QueuePairValues before = QueuePairValues.of(pair);
        assertInvalid(() -> pair.modify(change.get()));
        assertEquals(before, QueuePairValues.of(pair));
        assertEquals(before.state(), pair.state());
    }

    @Behaviour("V013")
    void shouldRefuseEveryStepThatIsNotThere() {
        for (ServiceType service : ServiceType.values()) {
            for (QueuePairState from : FOLLOWERS.keySet()) {
                QueuePair pair = in(service, from);
                for (QueuePairState to : QueuePairState.values()) {
                    if (!FOLLOWERS.get(from).contains(to)) {
                        assertUnchangedBy(pair, () -> QueuePairAttributes.to(to));
                    }
                }
            }
        }
    }

    @Behaviour("V014")
    void shouldRefusePostsBeforeTheirState() {
        Link link = ends().pairs(RC);
        SendRequest send = Requests.request(1).send();
        ReceiveRequest receive = Requests.receive(1);
        assertEquals(PostStatus.INVALID, link.a().pair().postReceive(receive));
        assertSame(receive, link.a().pair().badReceive());
        for (QueuePairAttributes step : steps(link, Connection.USUAL)) {
            assertEquals(PostStatus.INVALID, link.a().pair().postSend(send), "in " + link.a().state());
            assertSame(send, link.a().pair().badSend());
            link.a().pair().modify(step);
        }
        ends().assertNothing(link.a().sends(), link.a().receives());
        link.a().pair().modify(QueuePairAttributes.to(ERR));
        ends().assertNothing(link.a().sends(), link.a().receives()); // nothing was queued that could be flushed
    }

    @Behaviour("V020")
    void shouldAnswerAtLeastTheReadsAndAtomicsThatWereAskedFor() {
        assumeTrue(a().context().attributes().maxReadAtomic() >= 12, "skipped: lacks 12 reads at a time");
        Link link = ends().connect(Connection.USUAL.withReads(12, 12));
        QueuePairAttributes has = link.a().pair().query();
        assertTrue(has.maxReadAtomic() >= 12 && has.maxDestinationReadAtomic() >= 12);
    }

    @Behaviour("V131")
    void shouldChangeWhatInitWasGivenWhileInInit() {
        QueuePair pair = in(RC, INIT);
        pair.modify(QueuePairAttributes.to(INIT).access(Set.of(AccessFlag.REMOTE_READ)));
        assertEquals(Set.of(AccessFlag.REMOTE_READ), pair.query().access());
        assertEquals(1, pair.query().port());
        QueuePair datagrams = in(UD, INIT);
        datagrams.modify(QueuePairAttributes.to(INIT).queueKey(new QueueKey(5)));
        assertEquals(new QueueKey(5), datagrams.query().queueKey());
    }

    @Behaviour("V132")
    void shouldRefuseAWrongBeliefAboutTheCurrentState() {
        QueuePair pair = in(RC, RTS);
        assertUnchangedBy(pair, () -> QueuePairAttributes.to(RTS).currentState(SQD));
        pair.modify(QueuePairAttributes.to(RTS).currentState(RTS));
        assertUnchangedBy(pair, () -> QueuePairAttributes.to(SQD).currentState(RTS)); // no belief allowed on this way
    }

    @Behaviour("V133")
    void shouldRefuseValuesThatTheDeviceDoesNotHaveAndChangeNothing() {
        Link link = ends().pairs(RC);
        QueuePair pair = link.a().pair();
        Connection how = Connection.USUAL;
        int ports = a().context().attributes().ports();
        int partitions = a().context().port(1).partitionKeyTableLength();
        assertUnchangedBy(pair, () -> how.init(RC).port(0));
        assertUnchangedBy(pair, () -> how.init(RC).port(ports + 1));
        assertUnchangedBy(pair, () -> how.init(RC).partitionKeyIndex(partitions));
        pair.modify(how.init(RC));
        int reads = a().context().attributes().maxReadAtomic();
        assertUnchangedBy(pair, () -> toReceive(link, how).maxDestinationReadAtomic(reads + 1));
        assertUnchangedBy(pair, () -> toReceive(link, how).addressVector(AddressVector.local(1)));
        pair.modify(toReceive(link, how));
        assertUnchangedBy(pair, () -> how.readyToSend(RC).maxReadAtomic(reads + 1));
        pair.modify(how.readyToSend(RC));
    }

    private static QueuePairAttributes toReceive(Link link, Connection how) {
        return how.readyToReceive(RC, link.b().end().gid(), link.b().pair().number());
    }

    @Behaviour("V134")
    void shouldRefuseAPathMtuAboveThePorts() {
        PathMtu active = a().context().port(1).activeMtu();
        assumeTrue(active != PathMtu.MTU_4096, "skipped: lacks a path MTU that its port does not have");
        Link link = ends().pairs(RC);
        link.a().pair().modify(Connection.USUAL.init(RC));
        assertUnchangedBy(link.a().pair(), () -> toReceive(link, Connection.USUAL.withMtu(PathMtu.MTU_4096)));
    }

    @Behaviour("V135")
    void shouldForgetEverythingOnReset() {
        for (QueuePairState state : List.of(INIT, RTR, RTS, SQD, ERR)) {
            QueuePair pair = in(RC, state);
            pair.modify(QueuePairAttributes.to(RESET));
            assertEquals(RESET, pair.state());
            assertUnchangedBy(pair, () -> QueuePairAttributes.to(RTR));
            pair.modify(Connection.USUAL.init(RC));
        }
    }

    @Behaviour("V136")
    void shouldTakeNewTimeoutsWhileDrained() {
        QueuePair pair = in(RC, SQD);
        pair.modify(QueuePairAttributes.to(SQD).timeout(new AckTimeout(9)).retryCount(1).rnrRetry(2));
        assertEquals(new AckTimeout(9), pair.query().timeout());
        assertEquals(1, pair.query().retryCount());
        assertEquals(2, pair.query().rnrRetry());
        assertUnchangedBy(pair, () -> QueuePairAttributes.to(SQD).sendPsn(new PacketSequenceNumber(1)));
        pair.modify(QueuePairAttributes.to(RTS));
        assertUnchangedBy(pair, () -> QueuePairAttributes.to(RTS).retryCount(1));
        assertNull(pair.badSend());
    }

    @Behaviour("V137")
    void shouldRefuseAttributesThatAServiceDoesNotHave() {
        QueuePair datagrams = in(UD, RESET);
        assertUnchangedBy(datagrams, () -> Connection.USUAL.init(UD).access(Set.of()));
        QueuePair unreliable = in(UC, RESET);
        assertUnchangedBy(unreliable, () -> Connection.USUAL.init(UC).queueKey(Connection.QUEUE_KEY));
        unreliable.modify(Connection.USUAL.init(UC));
        assertUnchangedBy(unreliable, () -> Connection.USUAL
                .readyToReceive(UC, b().gid(), unreliable.number()).maxDestinationReadAtomic(1));
    }
}
