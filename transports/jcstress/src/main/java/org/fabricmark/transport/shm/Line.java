package org.fabricmark.transport.shm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;

/**
 * One signal between two ranks, in each direction, and memory that goes with it. The ranks are real attachments of one job; their
 * step path touches nothing but addresses, so any thread may be the rank for the length of a case. Lines are used in turn, far more
 * of them than are in use at any moment, with totals that go on from their last use, as in a communicator.
 */
final class Line {
    /** Longs of a target. */
    static final int LONGS = 8;

    private static final int LINES = 1 << 17;
    private static final long STRIDE = 2L * LONGS * Long.BYTES;
    private static final int DEADLINE_SECONDS = 60;
    private static final AtomicLong NEXT = new AtomicLong();
    private static final Rank[] RANKS = attach();

    /** What an attachment has; it stays open until the process ends. */
    private record Rank(Transport transport, Region region, SignalTable signals) {}

    private final int signal;
    private final long firstTotal;

    Line() {
        long use = NEXT.getAndIncrement();
        signal = (int) (use % LINES);
        firstTotal = 2 * (use / LINES);
        for (int i = 0; i < LONGS; i++) {
            AddressSpace.setLong(target(i), 0);
        }
    }

    private static Rank[] attach() {
        Job job = Job.create(2, TransportSpec.parse("shm"));
        Rank[] ranks = new Rank[2];
        CountDownLatch attached = new CountDownLatch(2);
        for (int rank = 0; rank < 2; rank++) {
            Thread.ofPlatform().daemon().start(new Attaching(job, rank, ranks, attached));
        }
        try {
            if (!attached.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the ranks do not attach");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return ranks;
    }

    /** One rank attaches. A class of its own: a lambda of this class would wait for it to be initialised, which waits for the ranks. */
    private record Attaching(Job job, int rank, Rank[] ranks, CountDownLatch attached) implements Runnable {
        @Override
        public void run() {
            Transport transport = job.open(rank);
            ranks[rank] = new Rank(transport, transport.allocate(LINES * STRIDE), transport.allocateSignals(LINES));
            attached.countDown();
        }
    }

    /** Rank 0 puts {@code longs} longs of this value, with the line's bump number {@code bump} (1 or 2). */
    void put(long value, int longs, int bump, boolean inSignal) {
        Rank source = RANKS[0];
        fill(value, longs);
        source.transport.putAndNotify(
                1, 0, source.region.reference(sourceOffset()), source.region.reference(targetOffset(0)),
                (long) longs * Long.BYTES, source.signals.outgoing(1, signal), firstTotal + bump, inSignal);
    }

    /** Rank 0 puts without a bump, {@code index} longs into the target. */
    void put(long value, int index) {
        Rank source = RANKS[0];
        fill(value, 1);
        source.transport.put(
                1, 0, source.region.reference(sourceOffset()), source.region.reference(targetOffset(index)),
                Long.BYTES);
    }

    private void fill(long value, int longs) {
        for (int i = 0; i < longs; i++) {
            AddressSpace.setLong(RANKS[0].region.address() + sourceOffset() + (long) i * Long.BYTES, value);
        }
    }

    /** Rank 0 bumps. */
    void bump(int bump) {
        RANKS[0].transport.notifyPeer(1, 0, RANKS[0].signals.outgoing(1, signal), firstTotal + bump);
    }

    /** Whether rank 1 sees that bump. */
    boolean arrived(int bump) {
        return RANKS[1].transport.arrived(RANKS[1].signals.incoming(0, signal), firstTotal + bump);
    }

    /** Rank 1 answers with a bump of its own. */
    void answer(int bump) {
        RANKS[1].transport.notifyPeer(0, 0, RANKS[1].signals.outgoing(0, signal), firstTotal + bump);
    }

    /** Whether rank 0 sees that answer. */
    boolean answered(int bump) {
        return RANKS[0].transport.arrived(RANKS[0].signals.incoming(1, signal), firstTotal + bump);
    }

    /** What rank 1 has in its target. */
    long got(int index) {
        return AddressSpace.getLong(target(index));
    }

    private long target(int index) {
        return RANKS[1].region.address() + targetOffset(index);
    }

    private long targetOffset(int index) {
        return signal * STRIDE + (LONGS + index) * (long) Long.BYTES;
    }

    private long sourceOffset() {
        return signal * STRIDE;
    }
}
