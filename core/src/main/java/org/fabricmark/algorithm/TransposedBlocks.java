package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.StepSink;

/** What every all-to-all does at the end with blocks that could not go straight to their place, and with the own one. */
final class TransposedBlocks {
    private TransposedBlocks() {}

    /**
     * Whether blocks go through scratch: short ones are not worth a word from the peer that it has entered, and in place their
     * destination still holds the block that travels the other way.
     */
    static boolean throughScratch(Shape shape) {
        return shape.inPlace() || Eager.blocks(shape);
    }

    /** Scratch elements: a block for every other rank, or none. */
    static long scratchElements(Shape shape) {
        return throughScratch(shape) ? (shape.size() - 1) * shape.count() : 0;
    }

    /** Puts the block for {@code peer} where that rank expects it. */
    static void put(Shape shape, int rank, int peer, int signal, StepSink to) {
        long count = shape.count();
        to.source(rank, INPUT, peer * count, count);
        if (throughScratch(shape)) {
            to.target(peer, SCRATCH, AllPeers.slot(rank, peer) * count, count);
        } else {
            to.target(peer, OUTPUT, rank * count, count);
        }
        to.put(signal);
    }

    /** When all blocks have come: copies those in scratch to their places, and the own one unless it lies there. */
    static void settle(Shape shape, int rank, StepSink to) {
        long count = shape.count();
        int behind = shape.size() - 1 - rank;
        to.flush(); // in place, the copies overwrite what the puts read; otherwise the user may, after the call
        if (throughScratch(shape)) {
            to.source(rank, SCRATCH, 0, rank * count);
            to.target(rank, OUTPUT, 0, rank * count);
            to.source(rank, SCRATCH, rank * count, behind * count);
            to.target(rank, OUTPUT, (rank + 1) * count, behind * count);
        }
        if (!shape.inPlace()) {
            to.source(rank, INPUT, rank * count, count);
            to.target(rank, OUTPUT, rank * count, count);
        }
        to.copy();
    }
}
