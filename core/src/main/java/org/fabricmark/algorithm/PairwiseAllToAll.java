package org.fabricmark.algorithm;

import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * In round s every rank puts a block to the rank s places behind it and waits for one from the rank s places before it: at no
 * time do two ranks write to one. {@link TransposedBlocks} says which blocks go through scratch.
 */
final class PairwiseAllToAll implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_TO_ALL,
            "pairwise",
            "in round s every rank puts a block to the rank s places behind it",
            "Thakur, Rabenseifner, Gropp: Optimization of collective communication operations in MPICH, IJHPCA 19 (2005)",
            "p-1 rounds, and one to enter above the eager threshold out of place; (p-1)/p of the input moved",
            ResultOrder.NONE);

    private static final int ENTERED = 0;
    private static final int BLOCK = 1;

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
        return TransposedBlocks.scratchElements(shape);
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    @Override
    public Cost cost(Shape shape) {
        int others = shape.size() - 1;
        boolean asks = !TransposedBlocks.throughScratch(shape);
        return new Cost(
                others + (asks ? 1 : 0), others * (asks ? 2L : 1L), others * shape.count(), 0, scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        boolean asks = !TransposedBlocks.throughScratch(shape);
        for (int distance = 1; asks && distance < size; distance++) {
            to.notifyPeer(Rings.shift(rank, -distance, size), ENTERED); // in the order in which they will put
        }
        for (int distance = 1; distance < size; distance++) {
            int peer = Rings.shift(rank, distance, size);
            if (asks) {
                to.await(peer, ENTERED, 1);
            }
            TransposedBlocks.put(shape, rank, peer, BLOCK, to);
            to.await(Rings.shift(rank, -distance, size), BLOCK, 1);
        }
        TransposedBlocks.settle(shape, rank, to);
    }
}
