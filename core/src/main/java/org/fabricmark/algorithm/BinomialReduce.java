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
 * The binomial broadcast backwards: a rank waits for its children, reduces their messages and its own in one pass, and puts the
 * result to its parent. Each child has a slot, so no rank needs to know whether another has entered; a leaf may leave at once:
 * not synchronising. Nothing but the root's output is written.
 */
final class BinomialReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.REDUCE,
            "binomial",
            "ranks reduce what their children put and pass it on, at doubling distances towards the root",
            "Thakur, Rabenseifner, Gropp: Optimization of collective communication operations in MPICH, IJHPCA 19 (2005); a slot "
                    + "per child for one-sided puts",
            "log2 p rounds (rounded up), m moved, m log2 p reduced by the root, as much scratch",
            ResultOrder.SAME_ON_ALL_RANKS);

    private static final int PARTIAL = 0;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public boolean synchronising(Shape shape) {
        return shape.size() == 1;
    }

    @Override
    public long scratchElements(Shape shape) {
        return Rings.doublingRounds(shape.size()) * shape.count();
    }

    @Override
    public int signals(Shape shape) {
        return 1;
    }

    @Override
    public Cost cost(Shape shape) {
        int deepest = 0;
        for (int place = 0; place < shape.size(); place++) {
            deepest = Math.max(deepest, Integer.bitCount(place));
        }
        long slots = scratchElements(shape); // the root has all children that there can be
        return new Cost(deepest, 1, shape.count(), slots, slots);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        int place = Rings.shift(rank, -shape.root(), size);
        int bits = place == 0 ? Rings.doublingRounds(size) : Integer.numberOfTrailingZeros(place);
        boolean leaf = true;
        for (int bit = 0; bit < bits && place + (1 << bit) < size; bit++) {
            to.await(Rings.shift(place + (1 << bit), shape.root(), size), PARTIAL, 1);
            if (leaf) {
                to.source(rank, INPUT, 0, count);
                leaf = false;
            }
            to.source(rank, SCRATCH, bit * count, count);
        }
        if (place == 0) {
            to.target(rank, OUTPUT, 0, count);
            to.reduce(shape.average());
            return;
        }
        if (!leaf) {
            to.target(rank, SCRATCH, 0, count); // the first child's slot, which has been read then
            to.reduce(false);
        }
        int parent = place & (place - 1);
        to.source(rank, leaf ? INPUT : SCRATCH, 0, count);
        to.target(Rings.shift(parent, shape.root(), size), SCRATCH,
                Integer.numberOfTrailingZeros(place - parent) * count, count);
        to.put(PARTIAL);
        to.flush();
    }
}
