package org.fabricmark.schedule.lowering;

/** Which pairs of ranks can load from and store to each other's memory. All ranks must hold the same answer. */
@FunctionalInterface
public interface Reach {
    /** Every pair: one host, shared memory. */
    Reach ALL = (from, to) -> true;

    /** No pair: a network between all. */
    Reach NONE = (from, to) -> false;

    /** Whether {@code from} can load from and store to the memory of {@code to}, another rank. */
    boolean direct(int from, int to);
}
