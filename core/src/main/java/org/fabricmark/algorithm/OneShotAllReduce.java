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
 * Everybody puts everything to everybody, then reduces on its own: one round, the least latency, p-1 times the traffic.
 * Slot s of the scratch holds the input of rank s, without a gap at the own rank.
 */
final class OneShotAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "one-shot",
            "every rank puts its input to all others and reduces everything itself",
            "all-pairs exchange, as MSCCL++ does inside a node (allpair_packet)",
            "1 round, (p-1) m moved, (p-1) m reduced, (p-1) m scratch",
            ResultOrder.RANK_ORDER);

    private static final int DATA = 0;

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
        return (shape.size() - 1) * shape.count();
    }

    @Override
    public int signals(Shape shape) {
        return 1;
    }

    @Override
    public Cost cost(Shape shape) {
        long all = (shape.size() - 1) * shape.count();
        return new Cost(1, shape.size() - 1, all, all, all);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        for (int distance = 1; distance < size; distance++) {
            int peer = Rings.shift(rank, distance, size);
            to.source(rank, INPUT, 0, count);
            to.target(peer, SCRATCH, AllPeers.slot(rank, peer) * count, count);
            to.put(DATA);
        }
        AllPeers.awaitAll(size, rank, DATA, to);
        to.flush(); // in place, the reduction overwrites what the puts read; otherwise the user may, after the call
        for (int peer = 0; peer < size; peer++) {
            if (peer == rank) {
                to.source(rank, INPUT, 0, count);
            } else {
                to.source(rank, SCRATCH, AllPeers.slot(peer, rank) * count, count);
            }
        }
        to.target(rank, OUTPUT, 0, count);
        to.reduce(shape.average());
    }
}
