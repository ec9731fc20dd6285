package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AckTimeout;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.PacketSequenceNumber;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.QueueKey;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.RnrTimer;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/**
 * How two queue pairs are connected: what each of them is given on the way from RESET to RTS, and nothing that its service does not
 * need.
 */
record Connection(
        PathMtu mtu,
        int timeout,
        int retries,
        int rnrRetries,
        int rnrTimer,
        int reads,
        int peersReads,
        Set<AccessFlag> access,
        int psn) {
    static final QueueKey QUEUE_KEY = new QueueKey(0x11223344);
    static final Connection USUAL =
            new Connection(PathMtu.MTU_1024, 14, 7, 7, 12, 4, 4, AccessFlag.localAndRemote(), 0x100);

    Connection withMtu(PathMtu other) {
        return new Connection(
                other, timeout, retries, rnrRetries, rnrTimer, reads, peersReads, access, psn);
    }

    /** An acknowledgement is waited for {@code exponent}, and asked for again {@code count} times. */
    Connection withTimeout(int exponent, int count) {
        return new Connection(mtu, exponent, count, rnrRetries, rnrTimer, reads, peersReads, access, psn);
    }

    Connection withRnr(int count, int code) {
        return new Connection(mtu, timeout, retries, count, code, reads, peersReads, access, psn);
    }

    Connection withReads(int own, int peers) {
        return new Connection(mtu, timeout, retries, rnrRetries, rnrTimer, own, peers, access, psn);
    }

    Connection withAccess(Set<AccessFlag> other) {
        return new Connection(mtu, timeout, retries, rnrRetries, rnrTimer, reads, peersReads, other, psn);
    }

    Connection withPsn(int other) {
        return new Connection(mtu, timeout, retries, rnrRetries, rnrTimer, reads, peersReads, access, other);
    }

    QueuePairAttributes init(ServiceType service) {
        QueuePairAttributes step = QueuePairAttributes.to(QueuePairState.INIT).partitionKeyIndex(0).port(1);
        return service.connected() ? step.access(access) : step.queueKey(QUEUE_KEY);
    }

    QueuePairAttributes readyToReceive(ServiceType service, Gid peer, QueuePairNumber number) {
        QueuePairAttributes step = QueuePairAttributes.to(QueuePairState.RTR);
        if (!service.connected()) {
            return step;
        }
        step.addressVector(AddressVector.to(peer)).pathMtu(mtu).destination(number)
                .receivePsn(new PacketSequenceNumber(psn));
        return service == ServiceType.UNRELIABLE_CONNECTION
                ? step
                : step.maxDestinationReadAtomic(peersReads).minRnrTimer(new RnrTimer(rnrTimer));
    }

    QueuePairAttributes readyToSend(ServiceType service) {
        QueuePairAttributes step = QueuePairAttributes.to(QueuePairState.RTS).sendPsn(new PacketSequenceNumber(psn));
        return service != ServiceType.RELIABLE_CONNECTION
                ? step
                : step.timeout(new AckTimeout(timeout)).retryCount(retries).rnrRetry(rnrRetries).maxReadAtomic(reads);
    }

    /** Takes {@code pair} from RESET to INIT and RTR. */
    void receiveFrom(QueuePair pair, Gid peer, QueuePairNumber number) {
        pair.modify(init(pair.service()));
        pair.modify(readyToReceive(pair.service(), peer, number));
    }

    /** Takes {@code pair} from RESET to RTS. */
    void connect(QueuePair pair, Gid peer, QueuePairNumber number) {
        receiveFrom(pair, peer, number);
        pair.modify(readyToSend(pair.service()));
    }
}
