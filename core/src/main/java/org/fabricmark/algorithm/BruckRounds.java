package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.SCRATCH;

import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.StepSink;

/**
 * Gathers the inputs of all ranks in everybody's scratch in log2 p rounds: all that is held so far goes to the rank 1, 2, 4, …
 * places before. The input of the rank d places behind lies at d-1, so that each round is one contiguous put and nothing that
 * has arrived is overwritten; the own input is put from where it is. Bruck, Ho, Kipnis, Upfal, Weathersby (1997).
 */
final class BruckRounds {
    private BruckRounds() {}

    /** Elements of scratch that it fills. */
    static long scratchElements(Shape shape) {
        return (shape.size() - 1) * shape.count();
    }

    /** The steps of {@code rank}; each round bumps and awaits {@code signal} once, of another pair of ranks. */
    static void gather(Shape shape, int rank, int signal, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        for (int held = 1; held < size; held *= 2) {
            int blocks = Math.min(held, size - held);
            to.source(rank, INPUT, 0, count);
            to.source(rank, SCRATCH, 0, (blocks - 1) * count);
            to.target(Rings.shift(rank, -held, size), SCRATCH, (held - 1) * count, blocks * count);
            to.put(signal);
            to.await(Rings.shift(rank, held, size), signal, 1);
        }
    }
}
