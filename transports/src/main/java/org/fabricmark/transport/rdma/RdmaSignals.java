package org.fabricmark.transport.rdma;

import java.util.Arrays;
import org.fabricmark.transport.SignalTable;

/**
 * Signals as immediates: a counter is a place in an array of the receiver, raised by one for each immediate that names it. A signal's
 * number is the same on every rank; tables take the lowest numbers that are free.
 *
 * <p>Names carry both the number, which travels, and the place of (number, rank), by which each end keeps its books:
 *
 * <pre>
 *     | number 32 | number * size + rank 32 |
 * </pre>
 *
 * <p>Thread rule: the rank's thread.
 */
final class RdmaSignals {
    private final RdmaPairs pairs;
    private final int size;
    private boolean[] taken = new boolean[64];

    /** By place: how often this rank has raised the signal at that peer. */
    private long[] raised = new long[0];

    RdmaSignals(RdmaPairs pairs, int size) {
        this.pairs = pairs;
        this.size = size;
    }

    static int number(long name) {
        return (int) (name >>> Integer.SIZE);
    }

    static int place(long name) {
        return (int) name;
    }

    /** How many bumps are missing until the signal has {@code total}: one, unless somebody repeats or loses some on purpose. */
    int missing(long name, long total) {
        return (int) Math.max(0, total - raised[place(name)]);
    }

    void raise(long name, long total) {
        raised[place(name)] = Math.max(raised[place(name)], total);
    }

    SignalTable allocate(int signals) {
        int first = lowestFree(signals);
        int end = first + signals;
        if (end > RdmaLayout.MAX_SIGNALS || (long) end * size > Integer.MAX_VALUE) {
            throw new IllegalStateException("more than " + RdmaLayout.MAX_SIGNALS + " signals are open");
        }
        if (end > taken.length) {
            taken = Arrays.copyOf(taken, Math.max(end, 2 * taken.length));
        }
        Arrays.fill(taken, first, end, true);
        if (end * size > raised.length) {
            raised = Arrays.copyOf(raised, Math.max(end * size, 2 * raised.length));
        }
        pairs.countUpTo(end * size);
        Arrays.fill(raised, first * size, end * size, 0);
        pairs.forget(first * size, end * size);
        return new Table(first, signals);
    }

    private int lowestFree(int signals) {
        int run = 0;
        for (int at = 0; at < taken.length; at++) {
            run = taken[at] ? 0 : run + 1;
            if (run == signals) {
                return at + 1 - run;
            }
        }
        return taken.length - run;
    }

    /** A row of signals. */
    private final class Table implements SignalTable {
        private final int first;
        private final int signals;
        private boolean closed;

        Table(int first, int signals) {
            this.first = first;
            this.signals = signals;
        }

        @Override
        public int signals() {
            return signals;
        }

        @Override
        public long outgoing(int peer, int signal) {
            return name(peer, signal);
        }

        @Override
        public long incoming(int peer, int signal) {
            return name(peer, signal);
        }

        private long name(int peer, int signal) {
            int number = first + signal;
            return (long) number << Integer.SIZE | number * size + peer;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                Arrays.fill(taken, first, first + signals, false);
            }
        }
    }
}
