package org.fabricmark.transport.rdma.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * When things happen under a cost model, to the nanosecond, by a clock that the test sets: as the sum of the model's published figures,
 * and for {@code roce400g} as written down by hand.
 */
@Timeout(60)
class ModelledTimesTest {
    private static final int BYTES = 1 << 20;
    private static final int LONG = 64 << 10;

    /** Each figure another prime, so that none can stand for another. */
    private static final CostModel PRIMES = new CostModel("primes", 1009, 2003, 101, 7_001, PathMtu.MTU_1024, 83);

    private long now = 1_000_000;
    private long posted;
    private LoopbackTest.Side a;
    private LoopbackTest.Side b;
    private CostModel model;

    private void open(CostModel of) {
        open(of, PathMtu.MTU_4096);
    }

    private void open(CostModel of, PathMtu path) {
        model = of;
        Device device = new LoopbackProvider(() -> now)
                .devices(FabricSpec.ofProcess("modelled-times").with(of)).getFirst();
        a = new LoopbackTest.Side(device, BYTES);
        b = new LoopbackTest.Side(device, BYTES);
        a.connect(b.context.gid(1, 0), b.pair.number(), path);
        b.connect(a.context.gid(1, 0), a.pair.number(), path);
        posted = now;
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
    }

    static Stream<CostModel> models() {
        return Stream.of(CostModel.ROCE_400G, PRIMES);
    }

    /** How long a port is busy with a message: what the model's definition says, said once more. */
    private long busy(long bytes) {
        long packets = bytes == 0 ? 1 : (bytes + model.mtu().bytes() - 1) / model.mtu().bytes();
        long onWire = bytes + packets * model.packetBytes();
        return Math.max(model.messageNanos(), onWire * 1000 / model.bytesPerMicrosecond());
    }

    private SendRequest write(int bytes) {
        return new SendRequest().begin(1).write(b.region.address(), b.region.remoteKey())
                .segment(a.region.address(), bytes, a.region.localKey()).flag(SendFlag.SIGNALED);
    }

    private SendRequest read(int bytes) {
        return new SendRequest().begin(1).read(b.region.address(), b.region.remoteKey())
                .segment(a.region.address(), bytes, a.region.localKey()).flag(SendFlag.SIGNALED);
    }

    private void post(SendRequest request) {
        assertSame(PostStatus.POSTED, a.pair.postSend(request));
    }

    /** Lets time go by until the next completion of {@code side} is there: after how many nanoseconds since posting. */
    private long next(LoopbackTest.Side side) {
        WorkCompletion[] one = WorkCompletion.array(1);
        while (side.completions.poll(one) == 0) {
            now++;
            a.context.progress(); // whoever posts executes
        }
        assertSame(CompletionStatus.SUCCESS, one[0].status(), one[0]::toString);
        return now - posted;
    }

    private List<Long> next(LoopbackTest.Side side, int count) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(next(side));
        }
        return times;
    }

    private static List<Long> spaced(long first, long by, int count) {
        return LongStream.range(0, count).mapToObj(i -> first + i * by).toList();
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldCompleteAWriteWhenItsAcknowledgementIsBack(CostModel of) {
        open(of);
        for (int bytes : new int[] {0, 1, 8, 1023, 1024, 1025, 4096, 4097, LONG, BYTES}) {
            posted = now;
            post(write(bytes));
            assertEquals(
                    of.doorbellNanos() + busy(bytes) + 2 * of.wireNanos(), next(a), () -> "write of " + bytes);
        }
    }

    @Test
    void shouldTakeOverFourHundredGigabitsWhatTheDocumentedFiguresAddUpTo() {
        open(CostModel.ROCE_400G);
        post(write(8));
        assertEquals(1710, next(a), "300 + 10 + 2 x 700");
        posted = now;
        post(write(BYTES));
        assertEquals(23_091, next(a), "300 + (1,048,576 + 256 x 82) / 50 + 2 x 700");
        posted = now;
        post(read(8));
        assertEquals(1720, next(a), "300 + 10 + 700 there, 10 + 700 back");
        posted = now;
        post(read(LONG));
        assertEquals(3046, next(a), "300 + 10 + 700 there, (65,536 + 16 x 82) / 50 + 700 back");
        posted = now;
        b.pair.postReceive(new ReceiveRequest().begin(1).segment(b.region.address(), 8, b.region.localKey()));
        post(new SendRequest().begin(1).send().segment(a.region.address(), 8, a.region.localKey())
                .flag(SendFlag.INLINE));
        assertEquals(860, next(b), "150 + 10 + 700");
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldAnswerAReadByAMessageOfItsOwn(CostModel of) {
        open(of);
        for (int bytes : new int[] {0, 8, 4097, LONG}) {
            posted = now;
            post(read(bytes));
            assertEquals(
                    of.doorbellNanos() + busy(0) + of.wireNanos() + of.wireNanos() + busy(bytes), next(a),
                    () -> "read of " + bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldAnswerAnAtomicByAMessageOfEightBytes(CostModel of) {
        open(of);
        long there = b.region.address();
        for (SendRequest atomic : List.of(
                new SendRequest().begin(1).fetchAndAdd(there, b.region.remoteKey(), 1),
                new SendRequest().begin(1).compareAndSwap(there, b.region.remoteKey(), 1, 2))) {
            posted = now;
            post(atomic.segment(a.region.address(), 8, a.region.localKey()).flag(SendFlag.SIGNALED));
            assertEquals(of.doorbellNanos() + busy(0) + 2 * of.wireNanos() + busy(8), next(a));
        }
        assertEquals(2, b.memory.segment().get(ValueLayout.JAVA_LONG, 0));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldTellTheReceiverOneWireBeforeTheSender(CostModel of) {
        open(of);
        for (int bytes : new int[] {0, 8, LONG}) {
            posted = now;
            b.pair.postReceive(
                    new ReceiveRequest().begin(1).segment(b.region.address(), LONG, b.region.localKey()));
            post(new SendRequest().begin(1).send().segment(a.region.address(), bytes, a.region.localKey())
                    .flag(SendFlag.SIGNALED));
            long arrives = of.doorbellNanos() + busy(bytes) + of.wireNanos();
            assertEquals(arrives, next(b), () -> "received " + bytes);
            assertEquals(arrives + of.wireNanos(), next(a), () -> "sent " + bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldSpareFetchingInlineBytes(CostModel of) {
        open(of);
        post(write(8).flag(SendFlag.INLINE));
        assertEquals(of.doorbellNanos() / 2 + busy(8) + 2 * of.wireNanos(), next(a));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldStreamLongWritesAtTheRateOfThePort(CostModel of) {
        open(of);
        for (int i = 0; i < 32; i++) {
            post(write(LONG));
        }
        long first = of.doorbellNanos() + busy(LONG) + 2 * of.wireNanos();
        assertEquals(spaced(first, busy(LONG), 32), next(a, 32));
        double payloadPerNano = LONG / (double) busy(LONG);
        double share = of.mtu().bytes() / (double) (of.mtu().bytes() + of.packetBytes());
        assertEquals(of.bytesPerMicrosecond() * share / 1000, payloadPerNano, 0.001 * payloadPerNano,
                "bytes a nanosecond");
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldStreamShortWritesAtTheRateOfMessages(CostModel of) {
        open(of);
        for (int i = 0; i < 64; i++) {
            post(write(8));
        }
        assertEquals(
                spaced(of.doorbellNanos() + of.messageNanos() + 2 * of.wireNanos(), of.messageNanos(), 64),
                next(a, 64));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldTakeResponsesInOneAfterAnother(CostModel of) {
        open(of);
        for (int i = 0; i < 16; i++) {
            post(read(LONG));
        }
        long first = of.doorbellNanos() + busy(0) + 2 * of.wireNanos() + busy(LONG);
        assertEquals(spaced(first, busy(LONG), 16), next(a, 16));
    }

    @Test
    void shouldSendPacketsAsShortAsThePathWantsThem() {
        open(CostModel.ROCE_400G, PathMtu.MTU_256);
        post(write(LONG));
        assertEquals(300 + (65_536 + 256 * 82) / 50 + 1400, next(a));
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldShowEachPacketWhenItHasLandedAndTheLastOneLast(CostModel of) {
        open(of);
        a.memory.segment().fill((byte) 1);
        int packet = of.mtu().bytes();
        int packets = 8;
        post(write(packets * packet));
        long first = posted + of.doorbellNanos() + of.wireNanos();
        for (int landed = 1; landed <= packets; landed++) {
            long nanos = (long) landed * (packet + of.packetBytes()) * 1000;
            long whole = first + Math.ceilDiv(nanos, of.bytesPerMicrosecond());
            now = landed == packets ? first + busy((long) packets * packet) : whole;
            now--;
            a.context.progress();
            assertEquals((long) (landed - 1) * packet, there(), "one nanosecond before packet " + landed);
            now++;
            a.context.progress();
            assertEquals((long) landed * packet, there(), "packet " + landed);
        }
        assertEquals(0, a.completions.poll(WorkCompletion.array(1)), "not acknowledged yet");
    }

    /** How many bytes have come, from the first one on. */
    private long there() {
        long count = 0;
        while (b.memory.segment().get(ValueLayout.JAVA_BYTE, count) == 1) {
            count++;
        }
        return count;
    }

    @Test
    void shouldExecuteNothingBehindARequestWhoseOwnEndIsWrong() {
        open(CostModel.ROCE_400G);
        b.pair.postReceive(new ReceiveRequest().begin(1));
        post(new SendRequest().begin(1).fetchAndAdd(b.region.address(), b.region.remoteKey(), 1)
                .segment(a.region.address(), 8, new LocalKey(a.region.localKey().value() + 1)));
        post(new SendRequest().begin(2).send());
        WorkCompletion[] polled = WorkCompletion.array(2);
        for (; now < posted + 10_000; now += 10) {
            a.context.progress();
        }
        assertEquals(2, a.completions.poll(polled));
        assertSame(CompletionStatus.LOCAL_PROTECTION_ERROR, polled[0].status());
        assertSame(CompletionStatus.WORK_REQUEST_FLUSHED, polled[1].status());
        assertEquals(1, b.memory.segment().get(ValueLayout.JAVA_LONG, 0), "the peer had done its part");
        assertEquals(0, b.completions.poll(polled), "but nothing behind it");
    }

    @ParameterizedTest
    @MethodSource("models")
    void shouldCountFromPostingHoweverLateItIsPolled(CostModel of) {
        open(of);
        for (int i = 0; i < 8; i++) {
            post(write(LONG));
        }
        now = posted + of.doorbellNanos() + 8 * busy(LONG) + 2 * of.wireNanos();
        assertEquals(8, a.completions.poll(WorkCompletion.array(16)), "all of them, by one poll that comes in time");
    }
}
