package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * The message passes from rank to rank, segment by segment, so that all links carry it at once: for long messages, whose every
 * byte then crosses each link once. A rank first tells the one before it that it has entered. The root may leave before distant
 * ranks have entered: not synchronising.
 */
final class ChainBroadcast implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.BROADCAST,
            "chain",
            "the message passes from rank to rank, segment by segment",
            "pipelined chain, as Open MPI's pipeline broadcast and van de Geijn, Watts: SUMMA, Concurrency 9 (1997)",
            "p-1 rounds and one to enter, pipelined; m moved",
            ResultOrder.NONE);

    private static final int ENTERED = 0;
    private static final int SEGMENT = 1;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Set<Tunable> tunables() {
        return Set.of(Tunable.SEGMENT, Tunable.CHANNELS);
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
    public Optional<Chunks> segmented(Shape shape) {
        return Optional.of(segments(shape));
    }

    private static Chunks segments(Shape shape) {
        return Chunks.segments(shape.count(), shape.elementBytes(), shape.tuning());
    }

    @Override
    public Cost cost(Shape shape) {
        int segments = segments(shape).parts();
        return new Cost(shape.size(), segments + (shape.size() > 2 ? 1 : 0), shape.count(), 0, 0);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        int place = Rings.shift(rank, -shape.root(), size);
        int next = Rings.shift(rank, 1, size);
        int previous = Rings.shift(rank, -1, size);
        boolean passesOn = place < size - 1;
        Chunks segments = segments(shape);
        if (place > 0) {
            to.notifyPeer(previous, ENTERED);
        }
        if (passesOn) {
            to.await(next, ENTERED, 1);
        }
        for (int segment = 0; segment < segments.parts(); segment++) {
            if (place > 0) {
                to.await(previous, SEGMENT, 1);
            }
            if (passesOn) {
                to.source(rank, place == 0 ? INPUT : OUTPUT, segments.start(segment), segments.length(segment));
                to.target(next, OUTPUT, segments.start(segment), segments.length(segment));
                to.put(SEGMENT);
            }
        }
        if (place == 0 && !shape.inPlace()) {
            to.source(rank, INPUT, 0, shape.count());
            to.target(rank, OUTPUT, 0, shape.count());
            to.copy();
        }
        if (passesOn) {
            to.flush();
        }
    }
}
