package org.fabricmark.engine;

import java.util.Optional;
import org.agrona.concurrent.IdleStrategy;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Transport;

/**
 * One wait of a rank, poll by poll: raw polls first and then the idle strategy, and rest at last where ranks share cores; the
 * transport's progress as often as it wants; and, every {@value #SPINS_PER_CHECK} polls, whether the job was aborted, the thread
 * interrupted, or the deadline has passed; every {@value #SLOW_POLLS_PER_CHECK} where each poll gives the core away, for on a busy
 * machine one of those can take milliseconds, or calls the system: 1,024 of those take half a millisecond, for which a rank
 * would keep another thread from its core.
 *
 * <p>The clock is read only there. A wait's time therefore starts at its first check, some microseconds late.
 */
final class Patience {
    /** Polls before a rank that spins asks the idle strategy: what is about to arrive is seen without its delay. */
    private static final int RAW_POLLS = 64;

    private static final int SPINS_PER_CHECK = 1024;

    /**
     * So often a rank that shares its core just gives it away. Whoever sleeps must be woken: 3 ranks over sockets on 2 cores needed
     * 90 us for an all-reduce of 8 bytes when they slept at once, 29 us when they yielded.
     */
    private static final int YIELDS_BEFORE_REST = 64;

    /** Not below {@link #RAW_POLLS}, and a divisor of the other. */
    private static final int SLOW_POLLS_PER_CHECK = 64;

    private final Transport transport;
    private final IdleStrategy idle;
    private final boolean rests;
    private final long timeoutNanos;
    private final int progressEvery;
    private final int rawPolls;
    private final int idleAfter;
    private final int checkEvery;
    private long polls;
    private int untilProgress;
    private long since;
    private long elapsed;

    Patience(Transport transport, Waiting waiting, long timeoutNanos) {
        this.transport = transport;
        this.idle = waiting.strategy();
        this.rests = waiting == Waiting.YIELD;
        this.timeoutNanos = timeoutNanos;
        this.checkEvery = rests || transport.pollsPerProgress() == 1 ? SLOW_POLLS_PER_CHECK : SPINS_PER_CHECK;
        this.progressEvery = Math.min(transport.pollsPerProgress(), checkEvery);
        this.rawPolls = rests || progressEvery == 1 ? 1 : RAW_POLLS;
        this.idleAfter = rests ? rawPolls : RAW_POLLS;
        reset();
    }

    /**
     * How often to poll before a wait begins. Where each poll needs the transport's progress, which is a system call, polls
     * without it see nothing. A rank that shares its core polls once: who writes next may be waiting for this very core.
     */
    int rawPolls() {
        return rawPolls;
    }

    /** Something has moved: a new wait begins. */
    void reset() {
        polls = 0;
        untilProgress = progressEvery;
    }

    /**
     * One more poll has failed.
     *
     * @return true when the deadline has passed; {@link #elapsedNanos} says how long it was
     * @throws FabricException when the job was aborted or the thread is interrupted
     */
    boolean once() {
        polls++;
        if (!idle() && --untilProgress == 0) {
            untilProgress = progressEvery;
            transport.progress();
        }
        return polls % checkEvery == 0 && check();
    }

    /** @return whether that was the transport's progress too */
    private boolean idle() {
        if (polls <= idleAfter) {
            return false;
        }
        if (rests && polls > YIELDS_BEFORE_REST) {
            return transport.rest();
        }
        idle.idle();
        return false;
    }

    private boolean check() {
        checkAborted();
        // A peer that had a core would have answered by now. If something else has it (a compiler or collector thread, another
        // program), then spinning on keeps the scheduler from moving one of them here; with nobody else to run this is cheap.
        Thread.yield();
        if (Thread.currentThread().isInterrupted()) {
            throw new FabricException(Failure.of(
                    Category.INTERRUPTED,
                    transport.rank(),
                    transport.name(),
                    "the thread of rank " + transport.rank() + " was interrupted"));
        }
        long now = System.nanoTime();
        if (polls == checkEvery) {
            since = now;
        }
        elapsed = now - since;
        return elapsed > timeoutNanos;
    }

    /** @throws FabricException when the job was aborted */
    void checkAborted() {
        Optional<Failure> failure = transport.aborted();
        if (failure.isPresent()) {
            throw new FabricException(failure.get());
        }
    }

    /** How long the wait had lasted at its last check. */
    long elapsedNanos() {
        return elapsed;
    }
}
