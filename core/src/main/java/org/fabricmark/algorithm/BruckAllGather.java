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
 * In round k every rank passes all it has to the rank 2^k before it: log2 p rounds for any number of ranks, for short
 * messages. Blocks lie in scratch by distance (the block of the rank d places behind at d-1), so that each round is one
 * contiguous put; a last local copy puts them in rank order. The own block is gathered from the input. Since everything
 * arrives in scratch, nobody needs to know whether a peer has entered the call.
 */
final class BruckAllGather implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_GATHER,
            "bruck",
            "all blocks held so far go to the rank 1, 2, 4, … places before",
            "Bruck, Ho, Kipnis, Upfal, Weathersby: Efficient algorithms for all-to-all communications in multiport "
                    + "message-passing systems, IEEE TPDS 8 (1997)",
            "log2 p rounds (rounded up), (p-1)/p of the result moved, and copied once more",
            ResultOrder.NONE);

    private static final int BLOCKS = 0;

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
        return new Cost(rounds, rounds, (shape.size() - 1) * shape.count(), 0, scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        BruckRounds.gather(shape, rank, BLOCKS, to);
        int behind = size - 1 - rank; // blocks of the ranks behind this one; those of the ranks before it come after
        to.source(rank, SCRATCH, 0, behind * count);
        to.target(rank, OUTPUT, (rank + 1) * count, behind * count);
        to.source(rank, SCRATCH, behind * count, rank * count);
        to.target(rank, OUTPUT, 0, rank * count);
        if (!shape.inPlace()) {
            to.source(rank, INPUT, 0, count);
            to.target(rank, OUTPUT, rank * count, count);
        }
        to.copy();
        to.flush();
    }
}
