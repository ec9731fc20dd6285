package org.fabricmark.bench.baseline;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class SocketProbeTest {
    private static final long SHORT_NANOS = 1_000_000;

    /** Runs {@code step} on both ends at once; side 0's figure. */
    private static double together(List<ByteChannel> ends, ToDoubleFunction<SocketProbe> step) throws Exception {
        try (SocketProbe first = new SocketProbe(ends.get(0), 0, () -> {});
                SocketProbe second = new SocketProbe(ends.get(1), 1, () -> {})) {
            FutureTask<Double> other = new FutureTask<>(() -> step.applyAsDouble(second));
            Thread.ofPlatform().daemon().start(other);
            double figure = step.applyAsDouble(first);
            other.get();
            return figure;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldExchangeWordsPollingAndAsleepAndThenStreams(ProbeSocket.Kind kind) throws Exception {
        assertTrue(together(ProbeSocket.pair(kind), probe -> {
            double sum = probe.exchange(SHORT_NANOS) + probe.blockingExchange(SHORT_NANOS);
            sum += probe.roundTrip(SHORT_NANOS, false) + probe.roundTrip(SHORT_NANOS, true);
            sum += probe.stream(1 << 20, 3, 0, true) + probe.stream(1 << 20, 3, 0, false);
            return sum + probe.stream(8, 3, SHORT_NANOS, true);
        }) > 0);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNotPaceOnTheLoopbackDevice() throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel end = SocketChannel.open(listener.getLocalAddress());
                SocketChannel other = listener.accept()) {
            assertTrue(LoopbackPacing.leaveOff(end));
            assertTrue(LoopbackPacing.leaveOff(other));
        }
    }

    @Test
    void shouldExchangeDatagrams() throws Exception {
        assertTrue(together(ProbeSocket.datagramPair(), probe -> probe.roundTrip(SHORT_NANOS, false)) > 0);
    }

    @Test
    void shouldEndWhenTheOtherSideHasEnded() throws Exception {
        List<ByteChannel> ends = ProbeSocket.pair(ProbeSocket.Kind.TCP);
        ends.get(1).close();
        try (SocketProbe probe = new SocketProbe(ends.get(0), 0, () -> {})) {
            assertThrows(UncheckedIOException.class, () -> probe.exchange(SHORT_NANOS));
        }
    }

    @Test
    void shouldEndWhenTheCheckSaysSo() throws Exception {
        List<ByteChannel> ends = ProbeSocket.pair(ProbeSocket.Kind.UNIX);
        try (ByteChannel silent = ends.get(1);
                SocketProbe probe = new SocketProbe(ends.get(0), 0, () -> {
                    throw new IllegalStateException("enough");
                })) {
            assertTrue(silent.isOpen());
            assertThrows(IllegalStateException.class, () -> probe.exchange(SHORT_NANOS));
        }
    }
}
