package org.fabricmark.transport;

/** What a transport can do between two ranks beyond puts, gets and signals, which every transport has. */
public enum Capability {
    /**
     * The peer's regions are mapped into this rank's address space, so that remote operands of a reduction or a copy are
     * plain loads and stores ({@link Region#directAddress}). Schedules for pairs without it are lowered.
     */
    DIRECT_ACCESS
}
