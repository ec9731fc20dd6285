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
 * Every rank puts its message to the rank behind it, all at the same time. Short messages, and all messages of a call in place
 * (their destination still holds what is to be sent), go through scratch; others wait for the word that the peer has entered.
 * A rank hears of its neighbours only: not synchronising, but for two ranks.
 */
final class RingShift implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.SEND_RECV,
            "ring-shift",
            "every rank puts its message to the rank behind it",
            "the pattern of nccl-tests' sendrecv",
            "1 round eager or in place, else 2; m moved",
            ResultOrder.NONE);

    private static final int ENTERED = 0;
    private static final int MESSAGE = 1;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public boolean synchronising(Shape shape) {
        return shape.size() <= 2;
    }

    private static boolean throughScratch(Shape shape) {
        return shape.inPlace() || Eager.blocks(shape);
    }

    @Override
    public long scratchElements(Shape shape) {
        return throughScratch(shape) ? shape.count() : 0;
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    @Override
    public Cost cost(Shape shape) {
        int rounds = throughScratch(shape) ? 1 : 2;
        return new Cost(rounds, rounds, shape.count(), 0, scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        long count = shape.count();
        int next = Rings.shift(rank, 1, shape.size());
        int previous = Rings.shift(rank, -1, shape.size());
        if (throughScratch(shape)) {
            to.source(rank, INPUT, 0, count);
            to.target(next, SCRATCH, 0, count);
            to.put(MESSAGE);
            to.await(previous, MESSAGE, 1);
            to.flush();
            to.source(rank, SCRATCH, 0, count);
            to.target(rank, OUTPUT, 0, count);
            to.copy();
            return;
        }
        to.notifyPeer(previous, ENTERED);
        to.await(next, ENTERED, 1);
        to.source(rank, INPUT, 0, count);
        to.target(next, OUTPUT, 0, count);
        to.put(MESSAGE);
        to.await(previous, MESSAGE, 1);
        to.flush();
    }
}
