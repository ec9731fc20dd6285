package org.fabricmark.bench.baseline;

import java.nio.channels.ByteChannel;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.fabricmark.results.model.MachineLimits.SocketTime;
import org.fabricmark.results.model.MachineLimits.StreamRate;
import org.fabricmark.results.model.MachineLimitsBuilder;

/**
 * What sockets of this host allow, between two threads. Both run the same steps, each on its end.
 *
 * <p>Thread rule: any thread; returns when the thread that it started has ended.
 */
final class SocketProbes {
    private static final long WORDS_NANOS = 100_000_000;
    private static final int[] MESSAGES = {64 << 10, 1 << 20, 16 << 20, 64 << 20};
    private static final long STREAM_BYTES = 256L << 20;
    private static final int MOST_TIMES = 64;
    private static final double NANOS_PER_MICRO = 1e3;

    private SocketProbes() {}

    /** Probes all of it into {@code limits}; {@code progress} hears what. */
    static void run(MachineLimitsBuilder limits, Consumer<String> progress) {
        progress.accept("sockets, TCP");
        together(ProbeSocket.pair(ProbeSocket.Kind.TCP), probe -> {
            double busy = probe.exchange(WORDS_NANOS);
            double blocking = probe.blockingExchange(WORDS_NANOS);
            probe.leads(() -> limits.tcpExchangeUs(time(blocking, busy)));
            SocketTime roundTrip = roundTrip(probe);
            probe.leads(() -> limits.tcpRoundTripUs(roundTrip));
        });
        progress.accept("sockets, Unix domain");
        together(ProbeSocket.pair(ProbeSocket.Kind.UNIX), probe -> {
            SocketTime roundTrip = roundTrip(probe);
            probe.leads(() -> limits.udsRoundTripUs(roundTrip));
        });
        progress.accept("sockets, UDP");
        together(ProbeSocket.datagramPair(), probe -> {
            SocketTime roundTrip = roundTrip(probe);
            probe.leads(() -> limits.udpRoundTripUs(roundTrip));
        });
        progress.accept("sockets, TCP streams");
        together(ProbeSocket.pair(ProbeSocket.Kind.TCP), probe -> {
            Map<Long, StreamRate> rates = new TreeMap<>();
            for (int bytes : MESSAGES) {
                int times = (int) Math.min(MOST_TIMES, STREAM_BYTES / bytes);
                double oneWay = bytes / probe.stream(bytes, times, 0, false);
                double bothWays = bytes / probe.stream(bytes, times, 0, true);
                rates.put((long) bytes, new StreamRate(OptionalDouble.of(oneWay), OptionalDouble.of(bothWays)));
            }
            probe.leads(() -> limits.tcpStreamGBs(rates));
        });
    }

    private static SocketTime roundTrip(SocketProbe probe) {
        double busy = probe.roundTrip(WORDS_NANOS, false);
        return time(probe.roundTrip(WORDS_NANOS, true), busy);
    }

    private static SocketTime time(double blockingNanos, double busyNanos) {
        return new SocketTime(
                OptionalDouble.of(blockingNanos / NANOS_PER_MICRO), OptionalDouble.of(busyNanos / NANOS_PER_MICRO));
    }

    /** Runs {@code steps} on both ends at once. */
    private static void together(List<ByteChannel> ends, Consumer<SocketProbe> steps) {
        try (SocketProbe first = new SocketProbe(ends.get(0), 0, SocketProbes::nothing);
                SocketProbe second = new SocketProbe(ends.get(1), 1, SocketProbes::nothing)) {
            FutureTask<Void> other = new FutureTask<>(() -> steps.accept(second), null);
            Thread.ofPlatform().name("probe-socket").daemon().start(other);
            steps.accept(first);
            other.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the probe of sockets has failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while probing", e);
        }
    }

    private static void nothing() {
        // both ends live in this process: when one fails, the other sees its connection end
    }
}
