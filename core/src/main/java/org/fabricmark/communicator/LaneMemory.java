package org.fabricmark.communicator;

import org.fabricmark.engine.BoundSpace;
import org.fabricmark.engine.SignalTotals;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.Transport;

/**
 * Scratch and signals of all lanes: one region and one signal table, divided evenly. When a plan needs more, the communicator
 * makes a larger one; plans keep the one that they were bound to, which is given back with the last of them.
 *
 * <p>Thread rule: the rank's thread.
 */
final class LaneMemory {
    private static final long ALIGNMENT = 128;

    private final int lanes;
    private final long laneBytes;
    private final int laneSignals;
    private final Region scratch;
    private final SignalTotals totals;
    private int users;

    /** Allocates; collective. */
    LaneMemory(Transport transport, int lanes, long laneBytes, int laneSignals) {
        this.lanes = lanes;
        this.laneBytes = (laneBytes + ALIGNMENT - 1) & -ALIGNMENT;
        this.laneSignals = laneSignals;
        this.scratch = transport.allocate(lanes * this.laneBytes);
        this.totals = new SignalTotals(transport.allocateSignals(lanes * laneSignals), transport.size());
    }

    int lanes() {
        return lanes;
    }

    long laneBytes() {
        return laneBytes;
    }

    int laneSignals() {
        return laneSignals;
    }

    /** Whether a schedule with these needs fits into a lane. */
    boolean holds(long bytes, int signals) {
        return bytes <= laneBytes && signals <= laneSignals;
    }

    /** The scratch of {@code lane}. */
    BoundSpace scratch(int lane, int elementBytes) {
        return BoundSpace.at(scratch, lane * laneBytes, laneBytes / elementBytes);
    }

    /** Books of the signals of all lanes. */
    SignalTotals totals() {
        return totals;
    }

    int firstSignal(int lane) {
        return lane * laneSignals;
    }

    void retain() {
        users++;
    }

    /** @return whether it was the last user */
    boolean release() {
        return --users == 0;
    }

    boolean unused() {
        return users == 0;
    }

    /** Gives the memory back; collective, after a barrier. */
    void close() {
        scratch.close();
        totals.table().close();
    }
}
