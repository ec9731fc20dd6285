package org.fabricmark.transport.rdma;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.fabricmark.transport.host.HostMeeting;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AckTimeout;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.DeviceAttributes;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.PacketSequenceNumber;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.RnrTimer;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/**
 * Connects one rank with all others, once: makes the queue pairs, tells the others their numbers, and takes each pair to
 * {@link QueuePairState#RTS}.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RdmaConnector {
    static final int PORT = 1;
    private static final int GID_INDEX = 0;
    private static final PacketSequenceNumber FIRST = new PacketSequenceNumber(0);
    private static final int RETRIES = 7;
    private static final int LONGEST_TIMEOUT = 31;

    /** Credits keep receive queues from being empty; if they did not, the job should end instead of being slow. */
    private static final int RNR_RETRIES = 0;

    private static final RnrTimer RNR_TIMER = new RnrTimer(12);

    private final HostMeeting meeting;
    private final RdmaOptions options;
    private final RdmaFailures failures;
    private final ProtectionDomain domain;
    private final DeviceAttributes limits;
    private final RdmaPair[] pairs;

    RdmaConnector(
            HostMeeting meeting, RdmaOptions options, RdmaFailures failures, ProtectionDomain domain,
            DeviceAttributes limits) {
        this.meeting = meeting;
        this.options = options;
        this.failures = failures;
        this.domain = domain;
        this.limits = limits;
        this.pairs = new RdmaPair[meeting.size() * options.pairs()];
    }

    /** By peer and then by channel; null for the rank itself, and for what was not made. */
    RdmaPair[] pairs() {
        return pairs;
    }

    /**
     * Makes all queue pairs and connects them. Collective.
     *
     * @param deadline of the job: the device waits longer for a peer's answer, so that who waits for a peer's program hears of it first
     */
    void connect(CompletionQueue sends, CompletionQueue receives, Duration deadline) {
        QueuePairInit init = new QueuePairInit(
                ServiceType.RELIABLE_CONNECTION, sends, receives, null,
                new QueuePairCapabilities(
                        options.depth(), RdmaPair.receives(options.depth()), 1, 1,
                        Math.min(limits.maxInlineData(), Math.max(Long.BYTES, options.inlineBytes()))),
                false);
        for (int number = 0; number < pairs.length; number++) {
            int peer = number / options.pairs();
            if (peer != meeting.rank()) {
                QueuePair queuePair = domain.createQueuePair(init);
                pairs[number] = new RdmaPair(queuePair, number, peer, options.depth());
            }
        }
        byte[][] told = meeting.exchange(ownBlock(), "to connect");
        for (int number = 0; number < pairs.length; number++) {
            if (pairs[number] != null) {
                connect(pairs[number], number % options.pairs(), told[pairs[number].peer()], timeout(deadline));
            }
        }
    }

    private byte[] ownBlock() {
        ByteBuffer block = ByteBuffer.allocate(RdmaLayout.GID_BYTES + pairs.length * Integer.BYTES);
        Gid own = domain.context().gid(PORT, GID_INDEX);
        block.putLong(own.high()).putLong(own.low());
        for (RdmaPair pair : pairs) {
            block.putInt(pair == null ? 0 : pair.queuePair().number().value());
        }
        return block.array();
    }

    private void connect(RdmaPair pair, int ofPeer, byte[] told, AckTimeout timeout) {
        ByteBuffer block = ByteBuffer.wrap(told);
        Gid gid = new Gid(block.getLong(), block.getLong());
        int place = meeting.rank() * options.pairs() + ofPeer;
        QueuePairNumber destination =
                new QueuePairNumber(block.getInt(RdmaLayout.GID_BYTES + place * Integer.BYTES));
        QueuePair queuePair = pair.queuePair();
        queuePair.modify(
                QueuePairAttributes.to(QueuePairState.INIT).partitionKeyIndex(0).port(PORT)
                        .access(AccessFlag.localAndRemote()));
        if (!pair.prepare()) {
            throw failures.queue("a receive for rank " + pair.peer() + " was refused", pair.peer());
        }
        int reads = limits.maxReadAtomic();
        queuePair.modify(
                QueuePairAttributes.to(QueuePairState.RTR).addressVector(AddressVector.to(gid))
                        .pathMtu(options.mtu()).destination(destination).receivePsn(FIRST)
                        .maxDestinationReadAtomic(reads).minRnrTimer(RNR_TIMER));
        queuePair.modify(
                QueuePairAttributes.to(QueuePairState.RTS).timeout(timeout).retryCount(RETRIES).rnrRetry(RNR_RETRIES)
                        .sendPsn(FIRST).maxReadAtomic(reads));
    }

    /** The shortest one with which all tries together last twice the deadline. */
    static AckTimeout timeout(Duration deadline) {
        for (int exponent = 1; exponent < LONGEST_TIMEOUT; exponent++) {
            AckTimeout timeout = new AckTimeout(exponent);
            if (timeout.nanos() * (RETRIES + 1) / 2 >= deadline.toNanos()) {
                return timeout;
            }
        }
        return new AckTimeout(LONGEST_TIMEOUT);
    }
}
