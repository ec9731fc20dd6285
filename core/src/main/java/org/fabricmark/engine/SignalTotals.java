package org.fabricmark.engine;

import org.fabricmark.transport.SignalTable;

/**
 * The rank's books of one signal table: how often it has bumped each counter at each peer, and how many bumps from each peer
 * it has consumed. Counters are never reset, so these totals are carried from call to call.
 *
 * <p>Thread rule: the rank's thread.
 */
public final class SignalTotals {
    private final SignalTable table;

    /** Sent totals by (peer, signal), then consumed totals by (peer, signal). */
    final long[] totals;

    private final int size;

    /** Empty books of a new table of {@code size} ranks. */
    public SignalTotals(SignalTable table, int size) {
        this.table = table;
        this.size = size;
        this.totals = new long[2 * size * table.signals()];
    }

    /** The table. */
    public SignalTable table() {
        return table;
    }

    int sentSlot(int peer, int signal) {
        return peer * table.signals() + signal;
    }

    int consumedSlot(int peer, int signal) {
        return (size + peer) * table.signals() + signal;
    }
}
