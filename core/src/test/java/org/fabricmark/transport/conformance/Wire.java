package org.fabricmark.transport.conformance;

import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;

/**
 * Blocking calls over a {@link Transport}, as a test wants them: retried under back-pressure, with progress, and with a deadline.
 * It keeps the books of signals as an engine would.
 */
final class Wire {
    private static final long DEADLINE_NANOS = 20_000_000_000L;
    private static final int CHANNEL = 0;

    private final Transport transport;
    private final SignalTable table;
    private final long[][] sent;
    private final long[][] consumed;

    /** Allocates a table of {@code signals}; collective. */
    Wire(Transport transport, int signals) {
        this.transport = transport;
        this.table = transport.allocateSignals(signals);
        this.sent = new long[transport.size()][signals];
        this.consumed = new long[transport.size()][signals];
    }

    /** One attempt that may meet back-pressure. */
    @FunctionalInterface
    private interface Attempt {
        boolean succeeds();
    }

    private void until(Attempt attempt, String what) {
        long start = System.nanoTime();
        while (!attempt.succeeds()) {
            transport.progress();
            transport.aborted().ifPresent(failure -> {
                throw new FabricException(failure);
            });
            if (System.nanoTime() - start > DEADLINE_NANOS) {
                throw new AssertionError("rank " + transport.rank() + " waited too long for " + what);
            }
            Thread.yield();
        }
    }

    void put(int peer, Region region, long from, long to, long bytes) {
        until(
                () -> transport.put(peer, CHANNEL, region.reference(from), region.reference(to), bytes),
                "room to put to " + peer);
    }

    void putAndNotify(int peer, Region region, long from, long to, long bytes, int signal, boolean sole) {
        long total = ++sent[peer][signal];
        long name = table.outgoing(peer, signal);
        until(
                () -> transport.putAndNotify(
                        peer, CHANNEL, region.reference(from), region.reference(to), bytes, name, total, sole),
                "room to put to " + peer);
    }

    void bump(int peer, int signal) {
        long total = ++sent[peer][signal];
        until(() -> transport.notifyPeer(peer, CHANNEL, table.outgoing(peer, signal), total), "room to bump " + peer);
    }

    void get(int peer, Region region, long from, long to, long bytes) {
        until(
                () -> transport.get(peer, CHANNEL, region.reference(from), region.reference(to), bytes),
                "room to get from " + peer);
    }

    void flush() {
        until(() -> transport.flushed(CHANNEL), "a flush");
    }

    void drain() {
        until(transport::drained, "outbound data");
    }

    void await(int peer, int signal) {
        await(peer, signal, 1);
    }

    void await(int peer, int signal, int times) {
        consumed[peer][signal] += times;
        long total = consumed[peer][signal];
        long name = table.incoming(peer, signal);
        until(() -> transport.arrived(name, total), "bump " + total + " of signal " + signal + " from " + peer);
    }

    /** Whether the next bump has arrived; does not consume it. */
    boolean poll(int peer, int signal) {
        transport.progress();
        return transport.arrived(table.incoming(peer, signal), consumed[peer][signal] + 1);
    }

    /** All ranks bump all others and wait for their bumps. */
    void barrier(int signal) {
        for (int peer = 0; peer < transport.size(); peer++) {
            if (peer != transport.rank()) {
                bump(peer, signal);
            }
        }
        for (int peer = 0; peer < transport.size(); peer++) {
            if (peer != transport.rank()) {
                await(peer, signal);
            }
        }
        drain();
    }

    void close() {
        table.close();
    }
}
