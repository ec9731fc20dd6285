package org.fabricmark.engine;

import java.util.Arrays;
import org.fabricmark.transport.FabricException;

/**
 * The calls of a rank that are not over, in the order in which they were started, which is the same on every rank. Each call
 * goes through
 *
 * <pre>
 *   started ──► entered ──► over
 *            │
 *            └─ when all calls before it have been entered, and those that its lane needs are over;
 *               behind a barrier of its own, where it needs one, which is entered when all calls before it are over
 * </pre>
 *
 * Calls that have been entered are advanced in turn, the oldest first, each as far as it goes; nothing moves outside of the methods
 * of this class. Since every rank enters calls in the same order, and waits in any of them advances all, the oldest call that
 * is not over everywhere can always be finished: overlapping calls cannot block each other.
 *
 * <p>Programs under way share wires, which keeps each one's order, and flushes, which then last longer than needed. They share
 * neither signals nor scratch: those belong to their lanes.
 *
 * <p>Failure: as in {@link Engine}. From then on no call becomes over.
 *
 * <p>Thread rule: the rank's thread. Nothing here allocates, once the queue has been as long as it gets.
 */
public final class CallQueue {
    private final Engine engine;
    private final Program barrier;
    private final Standstill standstill;
    private PendingCall[] calls = new PendingCall[8];
    private int size;

    /**
     * @param engine runs the programs
     * @param barrier the program of inserted barriers
     */
    public CallQueue(Engine engine, Program barrier) {
        this.engine = engine;
        this.barrier = barrier;
        this.standstill = new Standstill(engine.transport, engine.timeoutNanos);
    }

    /** Whether all calls are over. */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Starts a call and moves what can be moved.
     *
     * @param call over, so that it can be used again
     * @param program what runs; not under way in another call
     * @param number higher than those of all calls before
     * @param after calls with lower numbers must be over before it is entered
     * @param barrierFirst whether a barrier comes before it
     * @throws FabricException when this or an earlier call has failed
     */
    public void start(PendingCall call, Program program, long number, long after, boolean barrierFirst) {
        call.program = program;
        call.number = number;
        call.after = after;
        call.barrierFirst = barrierFirst;
        call.inBarrier = false;
        call.entered = false;
        call.over = false; // and stays so, should it fail
        engine.checkUsable();
        if (size == calls.length) {
            calls = Arrays.copyOf(calls, 2 * size);
        }
        calls[size++] = call;
        progress();
    }

    /**
     * Moves what can be moved, and answers whether {@code call} is over.
     *
     * @throws FabricException when this or an earlier call has failed, and the call was not over before
     */
    public boolean test(PendingCall call) {
        if (!call.over) {
            progress();
        }
        return call.over;
    }

    /**
     * Moves what can be moved now, in all calls.
     *
     * @throws FabricException when this or an earlier call has failed
     */
    public void progress() {
        engine.checkUsable();
        try {
            engine.transport.progress();
            if (size == 0) {
                return;
            }
            if (pass()) {
                standstill.reset();
                engine.transport.progress(); // what was issued leaves before this rank does something else
            } else if (standstill.once()) {
                throw engine.deadlinePassed(blocked(calls[0]), standstill.elapsedNanos());
            }
        } catch (FabricException e) {
            throw engine.failed(e);
        }
    }

    /**
     * Returns when {@code call} is over.
     *
     * @throws FabricException when this or an earlier call has failed, and the call was not over before
     */
    public void await(PendingCall call) {
        if (call.over) {
            return;
        }
        engine.checkUsable();
        standstill.reset();
        try {
            engine.patience.reset();
            while (!call.over) {
                if (size == 1 && call.entered) {
                    engine.finish(call.program);
                    call.over = true;
                    remove(0, 1);
                } else if (pass()) {
                    engine.patience.reset();
                } else if (engine.patience.once()) {
                    throw engine.deadlinePassed(blocked(call), engine.patience.elapsedNanos());
                }
            }
        } catch (FabricException e) {
            throw engine.failed(e);
        }
    }

    /** Returns when all calls are over; throws as {@link #await}. */
    public void awaitAll() {
        while (size > 0) {
            await(calls[0]);
        }
    }

    /** What holds up {@code call}: its own program, or the oldest one when it has not been entered. */
    private Program blocked(PendingCall call) {
        PendingCall holding = call.entered ? call : calls[0];
        return holding.entered ? holding.program : barrier;
    }

    /** Advances all calls that have been entered, and enters those that may be; returns whether anything moved. */
    private boolean pass() {
        boolean moved = false;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            PendingCall call = calls[i];
            if (!call.entered) {
                moved |= enter(call, kept);
            }
            if (!call.entered) {
                remove(kept, i); // the calls behind it wait too
                return moved;
            }
            moved |= engine.advance(call.program);
            if (call.program.ended() && engine.transport.drained()) {
                call.over = true;
                moved = true;
            } else {
                calls[kept++] = call;
            }
        }
        remove(kept, size);
        return moved;
    }

    /** Enters {@code call} or its barrier if that may be; {@code earlier} calls before it are not over. */
    private boolean enter(PendingCall call, int earlier) {
        boolean moved = false;
        if (call.barrierFirst) {
            if (earlier > 0) {
                return false;
            }
            if (!call.inBarrier) {
                barrier.rewind();
                call.inBarrier = true;
            }
            moved = engine.advance(barrier);
            if (!barrier.ended()) {
                return moved;
            }
        } else if (earlier > 0 && calls[0].number < call.after) {
            return false;
        }
        call.program.rewind();
        call.entered = true;
        return true;
    }

    /** Closes the gap between {@code from} and {@code to}. */
    private void remove(int from, int to) {
        if (from < to) {
            System.arraycopy(calls, to, calls, from, size - to);
            int shorter = size - (to - from);
            Arrays.fill(calls, shorter, size, null);
            size = shorter;
        }
    }
}
