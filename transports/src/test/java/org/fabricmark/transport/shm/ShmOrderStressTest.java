package org.fabricmark.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hunts for a signal that is seen before its data: two ranks put to each other without pause, and look at every long. */
@Tag("stress")
@Timeout(600)
class ShmOrderStressTest {
    private static final int EXCHANGES = Integer.getInteger("fabricmark.stress.exchanges", 3_000_000);
    private static final long SEED = Long.getLong("fabricmark.seed", 20_254);

    /** Longs; up to 6 may travel in the signal. */
    private static final int MOST = 40;

    private static final long TARGET = 8192;
    private static final int SIGNALS = 4;

    @ParameterizedTest
    @ValueSource(strings = {"shm", "shm?inline=0", "shm?inline=8"})
    void shouldNeverShowASignalBeforeItsData(String spec) throws InterruptedException {
        Job job = Job.create(2, TransportSpec.parse(spec));
        Throwable[] thrown = new Throwable[2];
        Thread peer = Thread.ofPlatform().start(() -> thrown[1] = exchange(job, 1));
        thrown[0] = exchange(job, 0);
        peer.join();
        for (Throwable e : thrown) {
            assertEquals(null, e, "seed " + SEED);
        }
    }

    private static Throwable exchange(Job job, int rank) {
        try (Transport transport = job.open(rank)) {
            Region region = transport.allocate(1 << 16);
            SignalTable signals = transport.allocateSignals(SIGNALS);
            long[] totals = new long[SIGNALS];
            SplittableRandom random = new SplittableRandom(SEED); // the same sizes on both ranks
            for (long i = 1; i <= EXCHANGES; i++) {
                // Two exchanges lie between two uses of a signal and of a target, as with lanes.
                int signal = (int) (i % SIGNALS);
                long at = TARGET + signal * 1024L;
                int longs = 1 + random.nextInt(MOST);
                for (int k = 0; k < longs; k++) {
                    AddressSpace.setLong(region.address() + 8L * k, i * 1000 + k + rank);
                }
                long total = ++totals[signal];
                transport.putAndNotify(
                        1 - rank,
                        0,
                        region.reference(0),
                        region.reference(at),
                        8L * longs,
                        signals.outgoing(1 - rank, signal),
                        total,
                        random.nextBoolean());
                awaitBump(transport, signals.incoming(1 - rank, signal), total);
                for (int k = 0; k < longs; k++) {
                    long got = AddressSpace.getLong(region.address() + at + 8L * k);
                    if (got != i * 1000 + k + 1 - rank) {
                        throw new AssertionError("exchange " + i + " long " + k + " of " + longs + " is " + got);
                    }
                }
            }
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    private static void awaitBump(Transport transport, long signal, long total) {
        for (long polls = 1; !transport.arrived(signal, total); polls++) {
            if (polls % 10_000 == 0) {
                Thread.yield(); // the peer may want this core
            }
        }
    }
}
