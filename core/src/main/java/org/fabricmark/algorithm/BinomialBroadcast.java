package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * Ranks that have the message pass it on at halving distances from the root: log2 p rounds. A child first tells its parent
 * that it has entered, because the message goes straight into its output. The root may leave before distant ranks have
 * entered: not synchronising.
 */
final class BinomialBroadcast implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.BROADCAST,
            "binomial",
            "whoever has the message passes it on, at halving distances from the root",
            "Thakur, Rabenseifner, Gropp: Optimization of collective communication operations in MPICH, IJHPCA 19 (2005)",
            "log2 p rounds (rounded up) and one to enter, m log2 p moved by the root",
            ResultOrder.NONE);

    private static final int ENTERED = 0;
    private static final int MESSAGE = 1;

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
        return 0;
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    @Override
    public Cost cost(Shape shape) {
        int rounds = Rings.doublingRounds(shape.size());
        // In units of places behind the root: place d has children d + 1, d + 2, … below its own lowest bit.
        int deepest = 0;
        int busiest = 0;
        for (int place = 0; place < shape.size(); place++) {
            deepest = Math.max(deepest, Integer.bitCount(place));
            int messages = children(place, shape.size(), rounds) + (place == 0 ? 0 : 1);
            busiest = Math.max(busiest, messages);
        }
        return new Cost(deepest + 1L, busiest, rounds * shape.count(), 0, 0);
    }

    private static int children(int place, int size, int rounds) {
        int children = 0;
        for (int bit = 0; bit < lowestBit(place, rounds) && place + (1 << bit) < size; bit++) {
            children++;
        }
        return children;
    }

    /** Position of the lowest set bit: from there down, a place has children; the root has them from {@code rounds} down. */
    private static int lowestBit(int place, int rounds) {
        return place == 0 ? rounds : Integer.numberOfTrailingZeros(place);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        int place = Rings.shift(rank, -shape.root(), size);
        int bits = lowestBit(place, Rings.doublingRounds(size));
        if (place > 0) {
            int parent = Rings.shift(place & (place - 1), shape.root(), size);
            to.notifyPeer(parent, ENTERED);
            to.await(parent, MESSAGE, 1);
        }
        for (int bit = bits - 1; bit >= 0; bit--) {
            if (place + (1 << bit) < size) {
                int child = Rings.shift(place + (1 << bit), shape.root(), size);
                to.await(child, ENTERED, 1);
                to.source(rank, place == 0 ? INPUT : OUTPUT, 0, count);
                to.target(child, OUTPUT, 0, count);
                to.put(MESSAGE);
            }
        }
        if (place == 0 && !shape.inPlace()) {
            to.source(rank, INPUT, 0, count);
            to.target(rank, OUTPUT, 0, count);
            to.copy();
        }
        to.flush();
    }
}
