package org.fabricmark.algorithm;

import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/** In round k every rank tells the rank 2^k behind it; after log2 p rounds each has heard, directly or not, of all. */
final class DisseminationBarrier implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.BARRIER,
            "dissemination",
            "every rank tells the rank 1, 2, 4, … places behind it",
            "Hensgen, Finkel, Manber: Two algorithms for barrier synchronization, Int. J. of Parallel Programming 17 (1988)",
            "log2 p rounds (rounded up)",
            ResultOrder.NONE);

    private static final int ARRIVED = 0;

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
        return 0;
    }

    @Override
    public int signals(Shape shape) {
        return 1;
    }

    @Override
    public Cost cost(Shape shape) {
        int rounds = Rings.doublingRounds(shape.size());
        return new Cost(rounds, rounds, 0, 0, 0);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        for (int distance = 1; distance < size; distance *= 2) {
            to.notifyPeer(Rings.shift(rank, distance, size), ARRIVED);
            to.await(Rings.shift(rank, -distance, size), ARRIVED, 1);
        }
    }
}
