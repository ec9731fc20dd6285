package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * Everything is gathered everywhere, then every rank reduces on its own, in the order of ranks: as one-shot, but the inputs
 * travel as in Bruck's all-gather, so that a rank sends log2 p messages instead of p-1.
 *
 * <p>Scratch holds the input of the rank d places behind at d-1. What arrives is never overwritten; only the result may lie
 * where the puts read, so it is written after they are over.
 */
final class GatherReduceAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "gather-reduce",
            "all inputs are gathered everywhere by Bruck's scheme, and every rank reduces everything itself",
            "all-gather and local reduction, as Open MPI's allgather_reduce; gathered as in Bruck, Ho, Kipnis, Upfal, Weathersby, "
                    + "IEEE TPDS 8 (1997)",
            "log2 p rounds (rounded up), (p-1) m moved, (p-1) m reduced, (p-1) m scratch",
            ResultOrder.RANK_ORDER);

    private static final int INPUTS = 0;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public boolean synchronising(Shape shape) {
        return true;
    }

    @Override
    public long scratchElements(Shape shape) {
        return BruckRounds.scratchElements(shape);
    }

    @Override
    public int signals(Shape shape) {
        return 1;
    }

    @Override
    public Cost cost(Shape shape) {
        int rounds = Rings.doublingRounds(shape.size());
        long all = (shape.size() - 1) * shape.count();
        return new Cost(rounds, rounds, all, all, all);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        BruckRounds.gather(shape, rank, INPUTS, to);
        to.flush();
        for (int peer = 0; peer < size; peer++) {
            if (peer == rank) {
                to.source(rank, INPUT, 0, count);
            } else {
                to.source(rank, SCRATCH, (Rings.shift(peer, -rank, size) - 1) * count, count);
            }
        }
        to.target(rank, OUTPUT, 0, count);
        to.reduce(shape.average());
    }
}
