package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.StepSink;

/** A rank's own contribution to its own gathered result. */
final class OwnBlock {
    private OwnBlock() {}

    /** Copies the input to its place in the output, unless it already lies there. */
    static void copy(Shape shape, int rank, StepSink to) {
        if (!shape.inPlace()) {
            to.source(rank, INPUT, 0, shape.count());
            to.target(rank, OUTPUT, rank * shape.count(), shape.count());
            to.copy();
        }
    }
}
