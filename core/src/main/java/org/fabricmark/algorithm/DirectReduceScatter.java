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
 * Every rank loads its block from all inputs and reduces it in one pass. Short blocks are put to their owner's scratch at once
 * instead, and need one round.
 */
final class DirectReduceScatter implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.REDUCE_SCATTER,
            "direct",
            "every rank reduces its block of all inputs in one pass",
            "first half of the direct all-reduce over shared memory of YHCCL (SC'23) and MSCCL++ (all pairs); eager below a "
                    + "threshold, as message layers do",
            "1 round eager, 2 above the eager threshold; (p-1)/p of the input moved and reduced",
            ResultOrder.RANK_ORDER);

    private static final int ENTERED = 0;
    private static final int DONE = 1;

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
        long all = others * shape.count();
        return new Cost(rounds, (long) rounds * others, all, all, scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        if (Eager.blocks(shape)) {
            emitEager(shape, rank, to);
            return;
        }
        long count = shape.count();
        AllPeers.notifyAndAwait(shape.size(), rank, ENTERED, to);
        for (int peer = 0; peer < shape.size(); peer++) {
            to.source(peer, INPUT, rank * count, count);
        }
        to.target(rank, OUTPUT, 0, count);
        to.reduce(shape.average());
        AllPeers.notifyAndAwait(shape.size(), rank, DONE, to); // until then, others may be loading from the input
    }

    private static void emitEager(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        for (int distance = 1; distance < size; distance++) {
            int peer = Rings.shift(rank, distance, size);
            to.source(rank, INPUT, peer * count, count);
            to.target(peer, SCRATCH, AllPeers.slot(rank, peer) * count, count);
            to.put(DONE);
        }
        AllPeers.awaitAll(size, rank, DONE, to);
        for (int peer = 0; peer < size; peer++) {
            if (peer == rank) {
                to.source(rank, INPUT, rank * count, count);
            } else {
                to.source(rank, SCRATCH, AllPeers.slot(peer, rank) * count, count);
            }
        }
        to.target(rank, OUTPUT, 0, count);
        to.reduce(shape.average());
        to.flush();
    }
}
