package org.fabricmark.transport.rdma.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AckTimeout;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.PacketSequenceNumber;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.RnrTimer;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One exchange of each kind over the loopback device; everything else is the conformance kit's. */
class LoopbackTest {
    private static final int BYTES = 8192;

    /** One side. */
    static final class Side implements AutoCloseable {
        final Context context;
        final ProtectionDomain domain;
        final CompletionQueue completions;
        final DeviceMemory memory;
        final MemoryRegion region;
        final QueuePair pair;
        final WorkCompletion[] polled = WorkCompletion.array(16);

        Side(FabricSpec fabric) {
            this(VerbsProviders.named("loopback").devices(fabric).getFirst(), BYTES);
        }

        Side(Device device, long bytes) {
            context = device.open();
            domain = context.allocateProtectionDomain();
            completions = context.createCompletionQueue(256);
            memory = context.allocate(bytes);
            region = domain.register(memory.segment(), AccessFlag.localAndRemote());
            pair = domain.createQueuePair(new QueuePairInit(
                    ServiceType.RELIABLE_CONNECTION, completions, completions, null,
                    new QueuePairCapabilities(64, 64, 2, 2, 64), false));
            pair.modify(QueuePairAttributes.to(QueuePairState.INIT).port(1).partitionKeyIndex(0)
                    .access(EnumSet.of(AccessFlag.REMOTE_WRITE, AccessFlag.REMOTE_READ, AccessFlag.REMOTE_ATOMIC)));
        }

        void connect(Side other) {
            connect(other.context.gid(1, 0), other.pair.number(), PathMtu.MTU_4096);
        }

        void connect(Gid gid, QueuePairNumber number, PathMtu mtu) {
            pair.modify(QueuePairAttributes.to(QueuePairState.RTR).addressVector(
                    AddressVector.to(gid)).pathMtu(mtu)
                    .destination(number).receivePsn(new PacketSequenceNumber(0))
                    .maxDestinationReadAtomic(16).minRnrTimer(new RnrTimer(12)));
            pair.modify(QueuePairAttributes.to(QueuePairState.RTS).timeout(new AckTimeout(14)).retryCount(7)
                    .rnrRetry(7).sendPsn(new PacketSequenceNumber(0)).maxReadAtomic(16));
        }

        @Override
        public void close() {
            pair.close();
            region.close();
            memory.close();
            completions.close();
            domain.close();
            context.close();
        }
    }

    static Stream<FabricSpec> fabrics() {
        return Arrays.stream(FabricSpec.Scope.values()).flatMap(scope -> Stream.concat(
                Arrays.stream(FabricSpec.MemoryOrder.values())
                        .map(order -> new FabricSpec("loopback-test", scope, order, 7, CostModel.NONE)),
                Stream.of(new FabricSpec(
                        "loopback-test", scope, FabricSpec.MemoryOrder.STRONG, 0, CostModel.ROCE_400G))));
    }

    /** Polls both sides until {@code side} has {@code count} completions. */
    private static void await(Side side, Side other, int count) {
        WorkCompletion[] one = WorkCompletion.array(1);
        for (int have = 0; have < count;) {
            other.context.progress();
            if (side.completions.poll(one) == 1) {
                WorkCompletion free = side.polled[have];
                side.polled[have++] = one[0];
                one[0] = free;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fabrics")
    @Timeout(10)
    void shouldWriteReadSendAndCount(FabricSpec fabric) {
        try (Side a = new Side(fabric); Side b = new Side(fabric)) {
            a.connect(b);
            b.connect(a);
            MemorySegment own = a.memory.segment();
            own.set(ValueLayout.JAVA_LONG, 0, 42);
            SendRequest request = new SendRequest();
            assertSame(
                    PostStatus.POSTED,
                    a.pair.postSend(request.begin(1).write(b.region.address() + 64, b.region.remoteKey())
                            .segment(a.region.address(), 8, a.region.localKey()).flag(SendFlag.SIGNALED)));
            await(a, b, 1);
            assertSame(CompletionStatus.SUCCESS, a.polled[0].status());

            b.pair.postReceive(
                    new ReceiveRequest().begin(9).segment(b.region.address() + 128, 64, b.region.localKey()));
            a.pair.postSend(
                    request.begin(2).sendWithImmediate(77).segment(a.region.address(), 8, a.region.localKey()));
            await(b, a, 1);
            assertSame(CompletionOpcode.RECV, b.polled[0].opcode());
            assertEquals(77, b.polled[0].immediate());
            assertEquals(9, b.polled[0].id());
            assertEquals(42, b.memory.segment().get(ValueLayout.JAVA_LONG, 64));
            assertEquals(42, b.memory.segment().get(ValueLayout.JAVA_LONG, 128));

            a.pair.postSend(
                    request.begin(3).fetchAndAdd(b.region.address() + 64, b.region.remoteKey(), 5)
                            .segment(a.region.address() + 8, 8, a.region.localKey()).flag(SendFlag.SIGNALED));
            a.pair.postSend(
                    request.begin(4).read(b.region.address() + 64, b.region.remoteKey())
                            .segment(a.region.address() + 16, 8, a.region.localKey()).flag(SendFlag.SIGNALED));
            await(a, b, 2);
            assertEquals(3, a.polled[0].id());
            assertEquals(42, own.get(ValueLayout.JAVA_LONG, 8));
            assertEquals(47, own.get(ValueLayout.JAVA_LONG, 16));
        }
    }

    @ParameterizedTest
    @MethodSource("fabrics")
    @Timeout(10)
    void shouldMoveBothSidesIntoErrorWhenTheKeyIsWrong(FabricSpec fabric) {
        try (Side a = new Side(fabric); Side b = new Side(fabric)) {
            a.connect(b);
            b.connect(a);
            b.pair.postReceive(new ReceiveRequest().begin(9));
            a.pair.postSend(
                    new SendRequest().begin(1).write(b.region.address(), b.region.remoteKey().next())
                            .segment(a.region.address(), 8, a.region.localKey()));
            await(a, b, 1);
            assertSame(CompletionStatus.REMOTE_ACCESS_ERROR, a.polled[0].status());
            await(b, a, 1);
            assertSame(CompletionStatus.WORK_REQUEST_FLUSHED, b.polled[0].status());
            assertSame(QueuePairState.ERR, a.pair.state());
            assertSame(QueuePairState.ERR, b.pair.state());
            b.context.pollAsyncEvent().ifPresent(b.context::acknowledge);
        }
    }
}
