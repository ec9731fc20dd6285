package org.fabricmark.transport.fault;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.fabricmark.transport.Transport;

/**
 * The operations of one wire that have been accepted and not yet been issued, in the order in which they will be.
 *
 * <p>Thread rule: the rank's thread.
 */
final class FaultyWire {
    /** Operations behind a delayed one that are accepted before the wire answers 'not now'. */
    private static final int MOST = 64;

    /** How long an operation waits for another one to change places with. */
    private static final int SWAP_POLLS = 256;

    private final Transport transport;
    private final Staging staging;
    private final Deque<Held> queue = new ArrayDeque<>();
    private final List<Held> again = new ArrayList<>();
    private Held aside;

    /** An operation that waits: for polls, until a moment (0: none), or for those before it alone. */
    private static final class Held {
        private final Operation operation;
        private final int slot;
        private final long untilNanos;
        private int polls;

        Held(Operation operation, int slot, int polls, long untilNanos) {
            this.operation = operation;
            this.slot = slot;
            this.polls = polls;
            this.untilNanos = untilNanos;
        }

        boolean waits() {
            if (polls > 0) {
                polls--;
                return true;
            }
            return untilNanos != 0 && System.nanoTime() - untilNanos < 0;
        }
    }

    FaultyWire(Transport transport, Staging staging) {
        this.transport = transport;
        this.staging = staging;
    }

    boolean hasRoom() {
        return queue.size() < MOST;
    }

    void add(Operation operation) {
        add(new Held(operation, Staging.NONE, 0, 0));
    }

    /** @param slot of the staging that it reads from */
    void addFrom(int slot, Operation operation) {
        add(new Held(operation, slot, 0, 0));
    }

    void addForPolls(Operation operation, int polls) {
        add(new Held(operation, Staging.NONE, polls, 0));
    }

    void addForNanos(Operation operation, long nanos) {
        add(new Held(operation, Staging.NONE, 0, Math.max(1, System.nanoTime() + nanos)));
    }

    private void add(Held held) {
        queue.addAll(again);
        again.clear();
        queue.add(held);
        comeBack();
    }

    /** The operation goes behind the next one. */
    void addBehindNext(Operation operation) {
        comeBack();
        aside = new Held(operation, Staging.NONE, SWAP_POLLS, 0);
    }

    private void comeBack() {
        if (aside != null) {
            queue.add(new Held(aside.operation, aside.slot, 0, 0));
            aside = null;
        }
    }

    /** The operation, which reads from {@code slot}, is issued before the next one, if there ever is one. */
    void repeatBeforeNext(int slot, Operation operation) {
        again.add(new Held(operation, slot, 0, 0));
    }

    /** Drops repetitions whose targets go away. */
    void forgetRepetitions(Predicate<Operation> gone) {
        again.removeIf(held -> {
            boolean goes = gone.test(held.operation);
            if (goes) {
                staging.giveBack(held.slot);
            }
            return goes;
        });
    }

    /** Issues what may go now. */
    void pump() {
        if (aside != null && !aside.waits()) {
            comeBack();
        }
        for (Held first = queue.peek(); first != null && !first.waits(); first = queue.peek()) {
            if (!first.operation.issue(transport)) {
                return;
            }
            queue.remove();
            if (staging != null) {
                staging.issued(first.slot, first.operation.channel());
            }
        }
    }

    /** Whether everything accepted has been issued, repetitions that nobody waits for left aside. */
    boolean idle() {
        return queue.isEmpty() && aside == null;
    }
}
