package org.fabricmark.transport.fault;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.Transport;

/** Registered memory of one rank for bytes that are to be delivered wrong or again, in slots that are used in turn. */
final class Staging {
    static final int SLOT_BYTES = 4096;

    /** Stands for no slot. */
    static final int NONE = -1;

    private static final int SLOTS = 16;
    private static final int FREE = -1;
    private static final int HELD = -2;

    private final Transport transport;
    private final Region region;

    /** FREE, HELD, or the channel that has carried it and may still be reading it. */
    private final int[] states = new int[SLOTS];

    /** Allocates; collective. */
    Staging(Transport transport) {
        this.transport = transport;
        this.region = transport.allocate((long) SLOTS * SLOT_BYTES);
        Arrays.fill(states, FREE);
    }

    /** @return a slot, or {@link #NONE} while wires read from all of them */
    int take() {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (states[slot] == FREE || states[slot] >= 0 && transport.flushed(states[slot])) {
                states[slot] = HELD;
                return slot;
            }
        }
        return NONE;
    }

    MemorySegment memory(int slot) {
        return region.segment().asSlice((long) slot * SLOT_BYTES, SLOT_BYTES);
    }

    long reference(int slot) {
        return region.reference((long) slot * SLOT_BYTES);
    }

    /** The transfer out of {@code slot} has been issued on {@code channel}. */
    void issued(int slot, int channel) {
        if (slot != NONE) {
            states[slot] = channel;
        }
    }

    /** The transfer out of {@code slot} will not be issued. */
    void giveBack(int slot) {
        states[slot] = FREE;
    }
}
