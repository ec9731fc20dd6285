package org.fabricmark.transport.fault;

import java.util.Locale;
import java.util.Optional;

/** What goes wrong with one operation (a put, a get or a bump), or with the rank that issues it. */
public enum FaultKind {
    /**
     * The operation is lost: neither data nor bump arrive, a get is never answered. A lost bump stays lost: later bumps of its
     * counter arrive one lower, so that its reader waits until the deadline.
     */
    DROP,
    /**
     * The operation, and everything behind it on its wire, is held back: for a time, or without one until the rank has polled
     * 1 to 64 times more. Harmless, whatever is delayed.
     */
    DELAY,
    /**
     * The operation takes effect twice. A bump is repeated at once, which is harmless: a counter is told its total, not to
     * count. Data of a put (the first {@value Staging#SLOT_BYTES} bytes) are written again before the next operation on the wire,
     * and may overwrite newer ones.
     */
    DUPLICATE,
    /**
     * The operation changes places with the next one on its wire, or with nothing if there is none soon. A put with a signal is taken
     * apart: the bump overtakes the data.
     */
    REORDER,
    /** One bit of the data of a put or get arrives flipped; bumps carry no data and do not count. */
    CORRUPT,
    /** From this operation on nothing leaves this rank or arrives at it, and nobody is told, as when a cable is pulled. */
    DISCONNECT,
    /** The rank ends: its process is halted at once if it has one of its own, otherwise the operation throws as for {@link #THROW}. */
    KILL,
    /** The operation throws, as a bug in the rank's own code would. */
    THROW,
    /** The rank stops inside the operation, until the job is aborted. */
    HANG;

    /** The name in a plan. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<FaultKind> named(String label) {
        for (FaultKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
