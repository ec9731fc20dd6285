package org.fabricmark.schedule.verify;

import java.util.BitSet;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Different calls of one communicator, some of which are started and may overlap with those behind them; the others are executed.
 *
 * @param sequence the calls
 * @param started which of them are started
 */
public record OverlappingCalls(CallSequence sequence, BitSet started) {
    public OverlappingCalls {
        started = (BitSet) started.clone();
    }

    /** Starts each call of {@code sequence} with {@code probability}. */
    public static OverlappingCalls random(CallSequence sequence, double probability, RandomGenerator random) {
        BitSet started = new BitSet();
        for (int i = 0; i < sequence.calls().size(); i++) {
            started.set(i, random.nextDouble() < probability);
        }
        return new OverlappingCalls(sequence, started);
    }

    @Override
    public BitSet started() {
        return (BitSet) started.clone();
    }

    /** The first violation, or empty when proven. */
    public Optional<Violation> prove() {
        return Verifier.verifyOverlapping(sequence.planned(), started, sequence.lanes(), sequence.delivery());
    }

    @Override
    public String toString() {
        return sequence + ", of which are started " + started;
    }
}
