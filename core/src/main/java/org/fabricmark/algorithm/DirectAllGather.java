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
 * Every rank brings its block to everybody itself. Short blocks are put into scratch at once and copied out: one round. Long
 * ones wait until all have entered and are stored straight into every output, the own included, in one pass that reads the
 * block once; a second round says that they are there.
 */
final class DirectAllGather implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_GATHER,
            "direct",
            "every rank stores its block to all outputs itself",
            "all-pairs exchange, as MSCCL++ does inside a node; eager below a threshold, as message layers do",
            "1 round eager, 2 above the eager threshold; (p-1)/p of the result moved",
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
        return Eager.blocks(shape) ? (shape.size() - 1) * shape.count() : 0;
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    @Override
    public Cost cost(Shape shape) {
        int others = shape.size() - 1;
        int rounds = Eager.blocks(shape) ? 1 : 2;
        return new Cost(rounds, (long) rounds * others, others * shape.count(), 0, scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        if (Eager.blocks(shape)) {
            emitEager(shape, rank, to);
        } else {
            emitStraight(shape, rank, to);
        }
    }

    private static void emitEager(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        for (int distance = 1; distance < size; distance++) {
            int peer = Rings.shift(rank, distance, size);
            to.source(rank, INPUT, 0, count);
            to.target(peer, SCRATCH, AllPeers.slot(rank, peer) * count, count);
            to.put(BLOCK);
        }
        OwnBlock.copy(shape, rank, to);
        AllPeers.awaitAll(size, rank, BLOCK, to);
        to.source(rank, SCRATCH, 0, rank * count);
        to.target(rank, OUTPUT, 0, rank * count);
        to.source(rank, SCRATCH, rank * count, (size - 1 - rank) * count);
        to.target(rank, OUTPUT, (rank + 1) * count, (size - 1 - rank) * count);
        to.copy();
        to.flush();
    }

    private static void emitStraight(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        AllPeers.notifyAndAwait(size, rank, ENTERED, to);
        to.source(rank, INPUT, 0, count);
        for (int distance = shape.inPlace() ? 1 : 0; distance < size; distance++) {
            to.target(Rings.shift(rank, distance, size), OUTPUT, rank * count, count);
        }
        to.multicast();
        AllPeers.notifyAndAwait(size, rank, BLOCK, to);
    }
}
