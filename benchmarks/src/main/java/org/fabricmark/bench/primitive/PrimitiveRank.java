package org.fabricmark.bench.primitive;

import org.fabricmark.bench.baseline.ExchangeProbe;
import org.fabricmark.bench.baseline.SharedLines;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;

/**
 * What one of the two ranks has for a case: its end of the wire, and a few lines of shared memory beside the transport that is
 * measured, by which rank 0 leads.
 *
 * <p>Thread rule: the rank's thread.
 */
final class PrimitiveRank implements LeadingRank {
    private static final TransportSpec SHARED_MEMORY = TransportSpec.parse("shm");
    private static final int LAST = 0;
    private static final int GO = 1;
    private static final int WRONG = 2;
    private static final int EXCHANGE = 3;
    private static final int LINES = EXCHANGE + ExchangeProbe.LINES;

    /** What rank 1 is told to do. */
    private static final int LEAVE = 0;
    private static final int ROUNDS = 1;
    private static final int PROBE_EXCHANGE = 2;
    private static final int PROBE_ROUND_TRIP = 3;

    private final Primitive primitive;
    private final Communicator communicator;
    private final Transport side;
    private final SharedLines lines;
    private final ExchangeProbe probe;
    private final Transport transport;
    private final WireEnd wire;
    private long rounds;
    private long stretch;

    /**
     * Collective.
     *
     * @param communicator of both ranks, by which they meet between stretches of rounds
     */
    PrimitiveRank(Job job, Communicator communicator, PrimitiveCase subject) {
        this.primitive = subject.primitive();
        this.communicator = communicator;
        this.side = job.beside("lines", SHARED_MEMORY, communicator).open(communicator.rank());
        try {
            this.lines = new SharedLines(side.allocate((long) LINES * SharedLines.SPACING).directAddress(0, 0));
            this.probe = new ExchangeProbe(lines, EXCHANGE, communicator.rank(), this::check);
            this.transport = job.beside("wire", subject.transport(), communicator).open(communicator.rank());
        } catch (RuntimeException e) {
            give(side, e);
            throw e;
        }
        try {
            this.wire = new WireEnd(transport, subject.bytes(), job.config());
        } catch (RuntimeException e) {
            give(transport, e);
            give(side, e);
            throw e;
        }
    }

    private void check(long waitedNanos) {
        wire.check(waitedNanos);
    }

    private static void give(Transport each, RuntimeException cause) {
        each.abort(FabricException.failureOf(cause, each.rank(), each.name()));
        try {
            each.close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void follow() {
        while (true) {
            communicator.barrier();
            switch ((int) lines.getAcquire(GO)) {
                case LEAVE -> {
                    return;
                }
                case PROBE_EXCHANGE -> probe.exchange(ExchangeProbe.NANOS);
                case PROBE_ROUND_TRIP -> probe.roundTrip(ExchangeProbe.NANOS);
                default -> answerRounds();
            }
        }
    }

    private void answerRounds() {
        prepare();
        do {
            answer();
            rounds++;
        } while (rounds != lines.getAcquire(LAST));
        wire.drain();
        communicator.barrier();
        lines.setRelease(WRONG, checks() ? wire.wrong(stretch) : 0);
        communicator.barrier();
    }

    /** Rank 0: a stretch of rounds begins. */
    void begin() {
        lines.setRelease(GO, ROUNDS);
        communicator.barrier();
        prepare();
        if (pipelined()) {
            wire.raise(); // so that there is always an answer to await, one row later
        }
    }

    @Override
    public double probe(boolean roundTrip) {
        lines.setRelease(GO, roundTrip ? PROBE_ROUND_TRIP : PROBE_EXCHANGE);
        communicator.barrier();
        return roundTrip ? probe.roundTrip(ExchangeProbe.NANOS) : probe.exchange(ExchangeProbe.NANOS);
    }

    /** How long this rank takes to copy what it puts, alone, in the same memory, in nanoseconds. */
    double copyNanos() {
        return wire.copyNanos();
    }

    @Override
    public void dismiss() {
        lines.setRelease(GO, LEAVE);
        communicator.barrier();
    }

    private void prepare() {
        stretch++;
        wire.write(stretch);
        communicator.barrier(); // nothing lands before it is poisoned
        if (pipelined() && communicator.rank() == 1) {
            wire.await(1);
            wire.raise();
        }
    }

    private boolean pipelined() {
        return primitive == Primitive.PUT_BANDWIDTH || primitive == Primitive.MESSAGE_RATE;
    }

    private boolean checks() {
        return primitive.movesData();
    }

    @Override
    public void lead() {
        switch (primitive) {
            case PUT_LATENCY -> {
                wire.putAndNotify(true);
                wire.await(1);
            }
            case NOTIFY_ROUND_TRIP -> {
                wire.raise();
                wire.await(1);
            }
            case PUT_BANDWIDTH -> {
                for (int i = 1; i < Primitive.STREAM; i++) {
                    wire.put();
                }
                wire.putAndNotify(false);
                wire.await(1);
            }
            case MESSAGE_RATE -> {
                for (int i = 0; i < Primitive.BURST; i++) {
                    wire.putAndNotify(false);
                }
                wire.await(1);
            }
        }
        rounds++;
    }

    private void answer() {
        switch (primitive) {
            case PUT_LATENCY -> {
                wire.await(1);
                wire.putAndNotify(true);
            }
            case NOTIFY_ROUND_TRIP, PUT_BANDWIDTH -> {
                wire.await(1);
                wire.raise();
            }
            case MESSAGE_RATE -> {
                wire.await(Primitive.BURST);
                wire.raise();
            }
        }
    }

    /** Rank 0: makes one more round, with which rank 1 stops; returns how many bytes are wrong on both. */
    long end() {
        lines.setRelease(LAST, rounds + 1);
        lead();
        if (pipelined()) {
            wire.await(1);
        }
        wire.drain();
        communicator.barrier();
        communicator.barrier();
        return lines.getAcquire(WRONG) + (primitive.bothWays() ? wire.wrong(stretch) : 0);
    }

    @Override
    public void abort(Throwable cause) {
        transport.abort(FabricException.failureOf(cause, transport.rank(), transport.name()));
        side.abort(FabricException.failureOf(cause, side.rank(), side.name()));
    }

    @Override
    public void close() {
        try (side) {
            transport.close();
        }
    }
}
