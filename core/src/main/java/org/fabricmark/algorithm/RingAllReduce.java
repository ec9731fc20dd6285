package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import java.util.Set;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * A ring of reduce-scatter and a ring of all-gather: neighbours only, the least bytes for any number of ranks.
 *
 * <p>Scratch has a slot for each of the p-1 reduce-scatter rounds: nothing tells the sender of a one-sided put that its
 * previous slot was consumed, and with fewer slots a fast rank could overtake a slow one. The all-gather needs no slot: when
 * a finished chunk arrives at a rank's output, its contribution to that chunk was consumed a whole circle ago.
 */
final class RingAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "ring",
            "chunks travel once around a ring being reduced and once more being gathered",
            "Patarasuk, Yuan: Bandwidth optimal all-reduce algorithms for clusters of workstations, JPDC 69 (2009); p-1 slots "
                    + "for one-sided puts",
            "2(p-1) rounds, 2(p-1)/p m moved, (p-1)/p m reduced, (p-1)/p m scratch",
            ResultOrder.SAME_ON_ALL_RANKS);

    private static final int PARTIAL = 0;
    private static final int FINISHED = 1;

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
        return (shape.size() - 1) * chunks(shape).length(0);
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    private static Chunks chunks(Shape shape) {
        return Chunks.of(shape.count(), shape.size(), shape.elementBytes());
    }

    @Override
    public Cost cost(Shape shape) {
        return ringCost(shape);
    }

    /** The cost without segments. */
    static Cost ringCost(Shape shape) {
        int size = shape.size();
        Chunks chunks = chunks(shape);
        long moved = 0;
        long reduced = 0;
        for (int rank = 0; rank < size; rank++) {
            long last = chunks.length(Rings.shift(rank, 1, size)); // never put while reducing: it is finished here
            long next = chunks.length(Rings.shift(rank, 2, size)); // never put while gathering: the next rank made it
            moved = Math.max(moved, 2 * shape.count() - last - next);
            reduced = Math.max(reduced, shape.count() - chunks.length(rank));
        }
        return new Cost(2L * (size - 1), 2L * (size - 1), moved, reduced, (size - 1) * chunks.length(0));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        int next = Rings.shift(rank, 1, size);
        int previous = Rings.shift(rank, -1, size);
        Chunks chunks = chunks(shape);
        long slot = chunks.length(0);

        // Round s puts chunk rank - s: its own contribution first, then what has arrived and been reduced.
        for (int round = 0; round < size - 1; round++) {
            int put = Rings.shift(rank, -round, size);
            to.source(rank, round == 0 ? INPUT : OUTPUT, chunks.start(put), chunks.length(put));
            to.target(next, SCRATCH, round * slot, chunks.length(put));
            to.put(PARTIAL);

            int arrived = Rings.shift(put, -1, size);
            to.await(previous, PARTIAL, 1);
            to.source(rank, SCRATCH, round * slot, chunks.length(arrived));
            to.source(rank, INPUT, chunks.start(arrived), chunks.length(arrived));
            to.target(rank, OUTPUT, chunks.start(arrived), chunks.length(arrived));
            to.reduce(shape.average() && round == size - 2);
        }
        // Round s puts chunk rank + 1 - s: the one finished here first, then those that have arrived finished.
        for (int round = 0; round < size - 1; round++) {
            int put = Rings.shift(rank, 1 - round, size);
            to.source(rank, OUTPUT, chunks.start(put), chunks.length(put));
            to.target(next, OUTPUT, chunks.start(put), chunks.length(put));
            to.put(FINISHED);
            to.await(previous, FINISHED, 1);
        }
        to.flush();
    }
}
