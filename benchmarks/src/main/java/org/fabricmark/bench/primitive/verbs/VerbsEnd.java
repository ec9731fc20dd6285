package org.fabricmark.bench.primitive.verbs;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AckTimeout;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.DeviceAttributes;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.PacketSequenceNumber;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.RnrTimer;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/**
 * What one rank has of the device: memory, completion queues, and queue pairs that are connected with the peer's.
 *
 * <pre>
 *   memory, for each queue pair   | source | landing |     each mostBytes, rounded up to a page
 * </pre>
 *
 * <p>Thread rule: the rank's thread.
 */
final class VerbsEnd implements AutoCloseable {
    private static final int PAGE = 4096;
    private static final int LEAST_RECEIVES = 32;

    /** Places of a send queue beside those that are measured. */
    static final int FOR_FENCES = 2;

    /** Words of a card. */
    private static final int GID_HIGH = 0;
    private static final int GID_LOW = 1;
    private static final int ADDRESS = 2;
    private static final int KEY = 3;

    /** 4.3 s: a rank that loses its core for a while is not gone. */
    private static final AckTimeout TIMEOUT = new AckTimeout(20);
    private static final int RETRIES = 7;
    private static final RnrTimer SHORTEST = new RnrTimer(1);

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final Context context;
    private final ProtectionDomain domain;
    private final DeviceMemory memory;
    private final MemoryRegion region;
    private final CompletionQueue sends;
    private final CompletionQueue receives;
    private final List<Lane> lanes = new ArrayList<>();
    private final int receivesPosted;
    private final int inline;
    private final long stride;

    /** Collective. */
    VerbsEnd(VerbsCase subject, String fabric, Communicator communicator, PairLines lines) {
        Queues queues = subject.queues();
        this.context = keep(subject.fabric().device(fabric, subject.processes()).open());
        try {
            DeviceAttributes device = context.attributes();
            this.domain = keep(context.allocateProtectionDomain());
            this.stride = Math.ceilDiv(subject.mostBytes(), PAGE) * PAGE;
            this.memory = keep(context.allocate(2 * stride * queues.pairs()));
            this.region = keep(domain.register(memory.segment(), AccessFlag.localAndRemote()));
            this.receivesPosted = receives(queues, device);
            this.inline = Math.min(device.maxInlineData(), queues.inline().orElse(Queues.LATENCY_INLINE));
            this.sends = keep(context.createCompletionQueue(queues.pairs() * (queues.depth() + FOR_FENCES)));
            this.receives = keep(context.createCompletionQueue(queues.pairs() * receivesPosted));
            List<QueuePair> pairs = new ArrayList<>();
            QueuePairCapabilities sizes =
                    new QueuePairCapabilities(queues.depth() + FOR_FENCES, receivesPosted, 1, 1, inline);
            for (int i = 0; i < queues.pairs(); i++) {
                pairs.add(keep(domain.createQueuePair(
                        new QueuePairInit(ServiceType.RELIABLE_CONNECTION, sends, receives, null, sizes, false))));
            }
            connect(pairs, communicator, lines);
        } catch (RuntimeException e) {
            try (this) {
                throw e;
            }
        }
    }

    private static int receives(Queues queues, DeviceAttributes device) {
        return Math.clamp(2L * queues.depth(), LEAST_RECEIVES, device.maxRequests());
    }

    /** Completions that one queue pair may have waiting in a completion queue. */
    static int completions(Queues queues, DeviceAttributes device) {
        return Math.max(queues.depth() + FOR_FENCES, receives(queues, device));
    }

    private <T extends AutoCloseable> T keep(T object) {
        opened.push(() -> closed(object));
        return object;
    }

    private static void closed(AutoCloseable object) {
        try {
            object.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("cannot close " + object, e);
        }
    }

    private void connect(List<QueuePair> pairs, Communicator communicator, PairLines lines) {
        int rank = communicator.rank();
        int peer = 1 - rank;
        Gid own = context.gid(1, 0);
        lines.card(rank, GID_HIGH, own.high());
        lines.card(rank, GID_LOW, own.low());
        lines.card(rank, ADDRESS, region.address());
        lines.card(rank, KEY, region.remoteKey().value());
        for (int i = 0; i < pairs.size(); i++) {
            lines.number(rank, i, pairs.get(i).number().value(), psn(rank, i).value());
        }
        communicator.barrier();
        Gid gid = new Gid(lines.card(peer, GID_HIGH), lines.card(peer, GID_LOW));
        for (int i = 0; i < pairs.size(); i++) {
            connect(pairs.get(i), gid, new QueuePairNumber(lines.number(peer, i)),
                    new PacketSequenceNumber(lines.psn(peer, i)), psn(rank, i));
            lanes.add(lane(i, pairs.get(i), lines.card(peer, ADDRESS), new RemoteKey((int) lines.card(peer, KEY))));
            for (int receive = 0; receive < receivesPosted; receive++) {
                lanes.get(i).postReceive();
            }
            lines.receives(rank, i, receivesPosted);
        }
        communicator.barrier();
    }

    private Lane lane(int index, QueuePair pair, long peerAddress, RemoteKey peerKey) {
        long offset = 2 * index * stride;
        long own = region.address() + offset;
        long peer = peerAddress + offset;
        return new Lane(index, pair,
                new Lane.Place(own, own + stride, region.localKey(), peer, peer + stride, peerKey), (int) stride);
    }

    private static PacketSequenceNumber psn(int rank, int pair) {
        return new PacketSequenceNumber(0xfabc00 + 2 * pair + rank);
    }

    private void connect(
            QueuePair pair, Gid peer, QueuePairNumber number, PacketSequenceNumber expected, PacketSequenceNumber own) {
        DeviceAttributes device = context.attributes();
        pair.modify(QueuePairAttributes.to(QueuePairState.INIT)
                .partitionKeyIndex(0).port(1).access(AccessFlag.localAndRemote()));
        pair.modify(QueuePairAttributes.to(QueuePairState.RTR)
                .addressVector(AddressVector.to(peer)).pathMtu(context.port(1).activeMtu()).destination(number)
                .receivePsn(expected).maxDestinationReadAtomic(device.maxReadAtomic()).minRnrTimer(SHORTEST));
        pair.modify(QueuePairAttributes.to(QueuePairState.RTS)
                .timeout(TIMEOUT).retryCount(RETRIES).rnrRetry(QueuePairAttributes.RNR_RETRY_FOR_EVER)
                .sendPsn(own).maxReadAtomic(device.maxReadAtomic()));
    }

    Context context() {
        return context;
    }

    CompletionQueue sends() {
        return sends;
    }

    CompletionQueue receives() {
        return receives;
    }

    List<Lane> lanes() {
        return lanes;
    }

    /** Bytes up to which data can travel within a request. */
    int inline() {
        return inline;
    }

    /** Receives that each lane had posted when it was connected. */
    int receivesPosted() {
        return receivesPosted;
    }

    /** What the lane sends from, and what lands there, as its owner sees it. */
    MemorySegment memory(Lane lane, boolean landing, long bytes) {
        return memory.segment().asSlice((2L * lane.index() + (landing ? 1 : 0)) * stride, bytes);
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
