package org.fabricmark.bench.primitive;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fabricmark.bench.baseline.TrafficProbe;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;

/**
 * One rank's end of the wire between two ranks: memory to put from and to land in, and a signal in each direction.
 *
 * <pre>
 *   region   | what this rank puts | where the peer's puts land |
 *            0                     half                         2 half
 * </pre>
 *
 * <p>Thread rule: the rank's thread.
 */
final class WireEnd {
    private static final int ALIGNMENT = 4096;
    private static final int CHANNEL = 0;
    private static final int SIGNAL = 0;

    /** Looks at the clock and at the job once in so many failed polls. */
    private static final int POLLS_PER_LOOK = 1024;

    private static final byte POISON = (byte) 0xa5;

    private final Transport transport;
    private final long timeoutNanos;
    private final int peer;
    private final int bytes;
    private final Region region;
    private final long source;
    private final long landing;
    private final long half;
    private final long outgoing;
    private final long incoming;
    private final int pollsPerProgress;
    private final boolean coresForBoth;
    private long raised;
    private long awaited;

    /**
     * Collective.
     *
     * @param config says whether each rank has a core: a rank that is kept on one would count no other
     */
    WireEnd(Transport transport, int bytes, CommunicatorConfig config) {
        this.transport = transport;
        this.timeoutNanos = config.timeout().toNanos();
        this.coresForBoth = config.waiting() == Waiting.SPIN;
        this.peer = 1 - transport.rank();
        this.bytes = bytes;
        this.half = Math.ceilDiv(Math.max(1, bytes), ALIGNMENT) * (long) ALIGNMENT;
        this.region = transport.allocate(2 * half);
        SignalTable signals = transport.allocateSignals(1);
        this.source = region.reference(0);
        this.landing = region.reference(half);
        this.outgoing = signals.outgoing(peer, SIGNAL);
        this.incoming = signals.incoming(peer, SIGNAL);
        this.pollsPerProgress = transport.pollsPerProgress();
    }

    void put() {
        while (!transport.put(peer, CHANNEL, source, landing, bytes)) {
            makeRoom();
        }
    }

    /**
     * Puts and raises the signal.
     *
     * @param sole whether the peer answers before this rank raises it again, so that the data may travel within it
     */
    void putAndNotify(boolean sole) {
        raised++;
        while (!transport.putAndNotify(peer, CHANNEL, source, landing, bytes, outgoing, raised, sole)) {
            makeRoom();
        }
    }

    void raise() {
        raised++;
        while (!transport.notifyPeer(peer, CHANNEL, outgoing, raised)) {
            makeRoom();
        }
    }

    /** Back-pressure: the peer reads, sooner or later, and until then so does this rank. */
    private void makeRoom() {
        transport.progress();
        checkAborted();
    }

    /** Waits until the peer has raised its signal {@code times} more often. */
    void await(int times) {
        for (int i = 0; i < times; i++) {
            awaited++;
            if (!transport.arrived(incoming, awaited)) {
                awaitSlowly(awaited);
            }
        }
    }

    private void awaitSlowly(long total) {
        int polls = 0;
        long since = 0;
        do {
            polls++;
            if (polls % pollsPerProgress == 0) {
                transport.progress();
            }
            if (coresForBoth) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
            if (polls % POLLS_PER_LOOK == 0) {
                since = since == 0 ? System.nanoTime() : since;
                checkAborted();
                checkDeadline(System.nanoTime() - since);
            }
        } while (!transport.arrived(incoming, total));
    }

    /** Waits until everything is on its way. */
    void drain() {
        while (!transport.drained() || !transport.flushed(CHANNEL)) {
            makeRoom();
        }
    }

    /** Ends a wait that has lasted {@code waitedNanos} so far, if there is a reason. */
    void check(long waitedNanos) {
        checkAborted();
        checkDeadline(waitedNanos);
    }

    /** How long the calling thread takes to copy what is put to where the peer's puts land here, in nanoseconds. */
    double copyNanos() {
        long address = region.segment().address();
        return TrafficProbe.ofCopy(address, address + half, bytes);
    }

    private void checkAborted() {
        transport.aborted().ifPresent(failure -> {
            throw new FabricException(failure);
        });
    }

    private void checkDeadline(long waitedNanos) {
        if (waitedNanos > timeoutNanos) {
            throw new FabricException(new Failure(Category.LINK_LOST, transport.rank(), peer, Failure.UNKNOWN,
                    transport.name(), waitedNanos, "rank %d waited %.1f s for a signal of rank %d".formatted(
                            transport.rank(), waitedNanos / 1e9, peer)));
        }
    }

    /** Writes what this rank puts from now on, and makes what has landed here before unlike it. */
    void write(long round) {
        MemorySegment memory = region.segment();
        for (long at = 0; at < bytes; at++) {
            memory.set(ValueLayout.JAVA_BYTE, at, value(transport.rank(), round, at));
        }
        memory.asSlice(half, bytes).fill(POISON);
    }

    /** How many bytes that have landed here are not what the peer wrote in this round. */
    long wrong(long round) {
        MemorySegment memory = region.segment();
        long wrong = 0;
        for (long at = 0; at < bytes; at++) {
            if (memory.get(ValueLayout.JAVA_BYTE, half + at) != value(peer, round, at)) {
                wrong++;
            }
        }
        return wrong;
    }

    /** Differs from the poison, from round to round, between the ranks, and between neighbours. */
    private static byte value(int rank, long round, long at) {
        long mixed = (at + 1) * 0x9e37_79b9_7f4a_7c15L + round * 0x85eb_ca6bL + rank;
        byte value = (byte) (mixed >>> 29 ^ mixed);
        return value == POISON ? (byte) 1 : value;
    }
}
