package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each form of a signal may rely on: data of {@value #BYTES} bytes, looked at as soon as their signal is seen. */
@Timeout(60)
class RdmaOrderTest {
    private static final int BYTES = 20_000;
    private static final int MESSAGES = 200;
    private static final int MOST_SEEDS = 20;

    @Test
    void shouldCatchACounterThatIsSeenBeforeItsData() {
        long early = 0;
        int seeds = 0;
        while (early == 0 && seeds < MOST_SEEDS) { // where both ranks share a core, one seldom looks while the other copies
            seeds++;
            early += early("rdma?order=adversarial&signal=counter&seed=" + seeds);
        }
        System.out.println(
                "counter under adversarial order: " + early + " of " + seeds * MESSAGES
                        + " messages seen before their data");
        assertTrue(early > 0, "an emulation of what is not promised should not keep it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rdma", "rdma?order=placed", "rdma?order=placed&seed=7", "rdma?signal=counter",
        "rdma?order=placed&signal=counter", "rdma?order=placed&signal=counter&seed=7", "rdma?order=adversarial",
        "rdma?order=adversarial&seed=1", "rdma?order=adversarial&seed=2", "rdma?order=adversarial&seed=3&inline=0",
        "rdma?order=adversarial&seed=4&depth=4", "rdma?order=adversarial&seed=5&pairs=2"})
    void shouldSeeDataWithTheirSignal(String spec) {
        assertEquals(0, early(spec));
    }

    /** How many of {@value #MESSAGES} messages were not all there when their signal was seen. */
    private static long early(String spec) {
        Job job = Job.create(
                2, TransportSpec.parse(spec), CommunicatorConfig.forRanks(2).withTimeout(Duration.ofSeconds(20)));
        AtomicLong early = new AtomicLong();
        Thread receiver = Thread.ofPlatform().start(() -> {
            try (Transport transport = job.open(1)) {
                early.set(receive(transport));
            }
        });
        try (Transport transport = job.open(0)) {
            send(transport);
        }
        try {
            receiver.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return early.get();
    }

    private static void send(Transport transport) {
        Region region = transport.allocate(BYTES);
        SignalTable signals = transport.allocateSignals(1);
        long out = signals.outgoing(1, 0);
        long in = signals.incoming(1, 0);
        for (int message = 1; message <= MESSAGES; message++) {
            region.segment().fill((byte) message);
            long total = message;
            await(transport, () -> transport.putAndNotify(
                    1, 0, region.reference(0), region.reference(0), BYTES, out, total, false));
            await(transport, () -> transport.flushed(0));
            await(transport, () -> transport.arrived(in, total));
        }
        await(transport, transport::drained);
    }

    private static long receive(Transport transport) {
        Region region = transport.allocate(BYTES);
        SignalTable signals = transport.allocateSignals(1);
        long out = signals.outgoing(0, 0);
        long in = signals.incoming(0, 0);
        byte[] expected = new byte[BYTES];
        long early = 0;
        for (int message = 1; message <= MESSAGES; message++) {
            long total = message;
            await(transport, () -> transport.arrived(in, total));
            Arrays.fill(expected, (byte) message);
            early += region.segment().mismatch(MemorySegment.ofArray(expected)) < 0 ? 0 : 1;
            await(transport, () -> transport.notifyPeer(0, 0, out, total));
        }
        await(transport, transport::drained);
        return early;
    }

    private static void await(Transport transport, BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            transport.progress();
            transport.aborted().ifPresent(failure -> {
                throw new FabricException(failure);
            });
        }
    }
}
