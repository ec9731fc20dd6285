package org.fabricmark.algorithm;

/**
 * In which order an algorithm combines contributions. Floating-point results depend on it, so that users who need the same
 * bits on every rank, or the bits of a sequential loop, can ask.
 */
public enum ResultOrder {
    /** Nothing is combined. */
    NONE,
    /**
     * Every rank gets the same bits: each element is combined in one order, whichever rank reads it. Trivial where each element
     * of the result is on one rank only.
     */
    SAME_ON_ALL_RANKS,
    /** In addition, operands keep the order of ranks, so the operation need not commute. */
    RANK_ORDER
}
