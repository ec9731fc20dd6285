package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import java.util.Set;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * Every block travels once around a ring, is reduced by each rank that it passes, and ends where it belongs. Partial results
 * stay in the slots in which they arrived, for the input is not ours to change; a slot for each round, as in
 * {@link RingAllReduce}.
 */
final class RingReduceScatter implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.REDUCE_SCATTER,
            "ring",
            "every block travels once around a ring and is reduced by each rank that it passes",
            "Patarasuk, Yuan: Bandwidth optimal all-reduce algorithms for clusters of workstations, JPDC 69 (2009); p-1 slots "
                    + "for one-sided puts",
            "p-1 rounds, (p-1)/p of the input moved and reduced, as much scratch",
            ResultOrder.SAME_ON_ALL_RANKS);

    private static final int PARTIAL = 0;

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
        return (shape.size() - 1) * shape.count();
    }

    @Override
    public int signals(Shape shape) {
        return 1;
    }

    @Override
    public Cost cost(Shape shape) {
        int others = shape.size() - 1;
        long all = others * shape.count();
        return new Cost(others, others, all, all, all);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        int next = Rings.shift(rank, 1, size);
        int previous = Rings.shift(rank, -1, size);
        to.source(rank, INPUT, previous * count, count);
        to.target(next, SCRATCH, 0, count);
        to.put(PARTIAL);
        // Round s brings block rank - 2 - s; in the last round that is the own one.
        for (int round = 0; round < size - 1; round++) {
            int block = Rings.shift(previous, -1 - round, size);
            boolean last = round == size - 2;
            to.await(previous, PARTIAL, 1);
            to.source(rank, SCRATCH, round * count, count);
            to.source(rank, INPUT, block * count, count);
            if (last) {
                to.target(rank, OUTPUT, 0, count);
            } else {
                to.target(rank, SCRATCH, round * count, count);
            }
            to.reduce(shape.average() && last);
            if (!last) {
                to.source(rank, SCRATCH, round * count, count);
                to.target(next, SCRATCH, (round + 1) * count, count);
                to.put(PARTIAL);
            }
        }
        to.flush();
    }
}
