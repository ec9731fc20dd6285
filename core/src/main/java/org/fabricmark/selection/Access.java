package org.fabricmark.selection;

/** How ranks get at each other's memory, as far as the choice among algorithms depends on it. The same for all pairs. */
public enum Access {
    /** They load from it and store to it within their own steps. */
    DIRECT,

    /** By puts and gets that cost little more than the bytes: no other rank takes part, and no system is called. */
    ONE_SIDED,

    /**
     * By messages through the operating system. One costs microseconds, on both sides; the receiver's processor carries each byte
     * too; and a get is two of them, one after the other.
     */
    MESSAGES
}
