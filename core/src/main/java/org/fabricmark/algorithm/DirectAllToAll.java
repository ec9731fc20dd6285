package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * Every rank stores all its blocks to where they belong, one behind the other, without waiting in between.
 * {@link TransposedBlocks} says which blocks go through scratch instead: then one round is enough.
 */
final class DirectAllToAll implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_TO_ALL,
            "direct",
            "every rank stores its blocks to all outputs itself",
            "one-sided all-to-all, as in UCC (onesided) and DeepEP; eager below a threshold, as message layers do",
            "1 round eager or in place, else 2; (p-1)/p of the input moved",
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
        int rounds = TransposedBlocks.throughScratch(shape) ? 1 : 2;
        return new Cost(rounds, (long) rounds * others, others * shape.count(), 0, scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        if (TransposedBlocks.throughScratch(shape)) {
            for (int distance = 1; distance < size; distance++) {
                TransposedBlocks.put(shape, rank, Rings.shift(rank, distance, size), BLOCK, to);
            }
            AllPeers.awaitAll(size, rank, BLOCK, to);
            TransposedBlocks.settle(shape, rank, to);
            return;
        }
        AllPeers.notifyAndAwait(size, rank, ENTERED, to);
        for (int distance = 0; distance < size; distance++) {
            int peer = Rings.shift(rank, distance, size);
            to.source(rank, INPUT, peer * count, count);
            to.target(peer, OUTPUT, rank * count, count);
        }
        to.copy();
        AllPeers.notifyAndAwait(size, rank, BLOCK, to);
    }
}
