package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import java.util.Set;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * Blocks travel around a ring straight into the next rank's output, once that rank has said that it entered the call.
 */
final class RingAllGather implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_GATHER,
            "ring",
            "every block travels once around a ring",
            "Thakur, Rabenseifner, Gropp: Optimization of collective communication operations in MPICH, IJHPCA 19 (2005)",
            "p rounds, (p-1)/p of the result moved",
            ResultOrder.NONE);

    private static final int ENTERED = 0;
    private static final int BLOCK = 1;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Tunable> tunables() {
        return Set.of(Tunable.CHANNELS);
    }

    @Override
    public boolean synchronising(Shape shape) {
        return true;
    }

    @Override
    public long scratchElements(Shape shape) {
        return 0;
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    @Override
    public Cost cost(Shape shape) {
        int others = shape.size() - 1;
        return new Cost(shape.size(), others + 1L, others * shape.count(), 0, 0);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        int next = Rings.shift(rank, 1, size);
        int previous = Rings.shift(rank, -1, size);
        to.notifyPeer(previous, ENTERED);
        to.await(next, ENTERED, 1);
        for (int round = 0; round < size - 1; round++) {
            int block = Rings.shift(rank, -round, size);
            if (round == 0) {
                to.source(rank, INPUT, 0, count);
            } else {
                to.source(rank, OUTPUT, block * count, count);
            }
            to.target(next, OUTPUT, block * count, count);
            to.put(BLOCK);
            if (round == 0) {
                OwnBlock.copy(shape, rank, to); // while the first block travels
            }
            to.await(previous, BLOCK, 1);
        }
        to.flush();
    }
}
