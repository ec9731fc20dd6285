package org.fabricmark.engine;

import java.util.Optional;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Transport;

/**
 * How long nothing has moved for a rank that asks and does not wait. The time between its questions counts: a rank that does not
 * ask for longer than the timeout would end its peers' waits anyway.
 *
 * <p>An abort is seen by every question; the clock is read by one in {@value #CLOCK_EVERY}.
 */
final class Standstill {
    private static final int CLOCK_EVERY = 64;

    private final Transport transport;
    private final long timeoutNanos;
    private long questions;
    private long since;
    private long elapsed;

    Standstill(Transport transport, long timeoutNanos) {
        this.transport = transport;
        this.timeoutNanos = timeoutNanos;
    }

    /** Something has moved, or the rank waits. */
    void reset() {
        questions = 0;
    }

    /**
     * Nothing has moved.
     *
     * @return true when the deadline has passed
     * @throws FabricException when the job was aborted or the thread is interrupted
     */
    boolean once() {
        Optional<Failure> failure = transport.aborted();
        if (failure.isPresent()) {
            throw new FabricException(failure.get());
        }
        return ++questions % CLOCK_EVERY == 0 && clock();
    }

    private boolean clock() {
        if (Thread.currentThread().isInterrupted()) {
            throw new FabricException(Failure.of(
                    Category.INTERRUPTED,
                    transport.rank(),
                    transport.name(),
                    "the thread of rank " + transport.rank() + " was interrupted"));
        }
        long now = System.nanoTime();
        if (questions == CLOCK_EVERY) {
            since = now;
        }
        elapsed = now - since;
        return elapsed > timeoutNanos;
    }

    /** How long it had lasted when the clock was read last. */
    long elapsedNanos() {
        return elapsed;
    }
}
