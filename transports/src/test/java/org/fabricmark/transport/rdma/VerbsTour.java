package org.fabricmark.transport.rdma;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.fabricmark.transport.rdma.verbs.SendFlag.SIGNALED;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AckTimeout;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.PacketSequenceNumber;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.RnrTimer;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** The first program of {@code docs/verbs.md}, word for word. */
final class VerbsTour {
    private VerbsTour() {}

    /** One end of a connection: what it needs, in the order in which it is made. */
    private static final class End implements AutoCloseable {
        private static final PacketSequenceNumber FIRST = new PacketSequenceNumber(0);

        final Context context;
        final CompletionQueue completions;
        final ProtectionDomain domain;
        final DeviceMemory memory;
        final MemoryRegion region;
        final QueuePair pair;
        final WorkCompletion[] polled = WorkCompletion.array(1);

        End(Device device) {
            context = device.open();
            completions = context.createCompletionQueue(32);
            domain = context.allocateProtectionDomain();
            memory = context.allocate(4096);
            region = domain.register(memory.segment(), AccessFlag.localAndRemote());
            pair = domain.createQueuePair(new QueuePairInit(ServiceType.RELIABLE_CONNECTION, completions, completions,
                    null, new QueuePairCapabilities(16, 16, 1, 1, 0), false));
        }

        void connectTo(End peer) { // what one must know of the other: its port and the number of its queue pair
            pair.modify(QueuePairAttributes.to(QueuePairState.INIT).port(1).partitionKeyIndex(0)
                    .access(Set.of(AccessFlag.REMOTE_WRITE, AccessFlag.REMOTE_READ)));
            pair.modify(QueuePairAttributes.to(QueuePairState.RTR)
                    .addressVector(AddressVector.to(peer.context.gid(1, 0))).destination(peer.pair.number())
                    .pathMtu(PathMtu.MTU_4096).receivePsn(FIRST)
                    .maxDestinationReadAtomic(1).minRnrTimer(new RnrTimer(12)));
            pair.modify(QueuePairAttributes.to(QueuePairState.RTS).sendPsn(FIRST)
                    .timeout(new AckTimeout(14)).retryCount(7).rnrRetry(7).maxReadAtomic(1));
        }

        WorkCompletion next() {
            while (completions.poll(polled) == 0) {
                Thread.onSpinWait(); // polling is also what moves an emulation
            }
            return polled[0];
        }

        @Override
        public void close() { // children first
            pair.close();
            region.close();
            memory.close();
            domain.close();
            completions.close();
            context.close();
        }
    }

    static List<String> run() {
        List<String> seen = new ArrayList<>();
        Device device = VerbsProviders.named("loopback").devices(FabricSpec.ofProcess("tour")).getFirst();
        try (End a = new End(device); End b = new End(device)) {
            a.connectTo(b);
            b.connectTo(a);
            b.pair.postReceive(new ReceiveRequest().begin(1)); // for the immediate; it brings no data of its own
            long there = b.region.address(); // a program sends address and key to its peer
            long here = a.region.address();
            SendRequest request = new SendRequest();

            a.memory.segment().set(JAVA_LONG, 0, 42);
            a.pair.postSend(request.begin(2).write(there, b.region.remoteKey()).segment(here, 8, a.region.localKey()));
            a.pair.postSend(request.begin(3).writeWithImmediate(there + 8, b.region.remoteKey(), 7)
                    .segment(here, 8, a.region.localKey()).flag(SIGNALED));
            seen.add("b: " + b.next().opcode() + " " + b.polled[0].immediate() + ", and now sees "
                    + b.memory.segment().get(JAVA_LONG, 0)); // both writes are there
            seen.add("a: request " + a.next().id() + " " + a.polled[0].status()); // and so request 2

            a.pair.postSend(request.begin(4).read(there + 4096, b.region.remoteKey()) // one past the end
                    .segment(here, 8, a.region.localKey()));
            seen.add("a: request " + a.next().id() + " " + a.polled[0].status() + ", " + a.pair.state());
            b.context.pollAsyncEvent().ifPresent(b.context::acknowledge); // else b's queue pair cannot be closed
        }
        return seen;
    }
}
