package org.fabricmark.transport.conformance;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;

import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Description;
import org.fabricmark.algorithm.ResultOrder;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * The root puts its message into everybody's scratch and asks nobody: it runs as many calls ahead as it is allowed to. Nothing
 * but the lanes and the barriers of the communicator keeps its calls apart.
 */
final class EagerBroadcast implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.BROADCAST,
            "eager",
            "for tests of lanes",
            "the simplest broadcast that never answers",
            "1 round, (p-1) m moved by the root",
            ResultOrder.NONE);

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public boolean synchronising(Shape shape) {
        return false;
    }

    @Override
    public long scratchElements(Shape shape) {
        return shape.count();
    }

    @Override
    public int signals(Shape shape) {
        return 1;
    }

    @Override
    public Cost cost(Shape shape) {
        int others = shape.size() - 1;
        return new Cost(1, others, others * shape.count(), 0, shape.count());
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        long count = shape.count();
        if (rank != shape.root()) {
            to.await(shape.root(), 0, 1);
        }
        for (int peer = 0; peer < shape.size() && rank == shape.root(); peer++) {
            if (peer != rank) {
                to.source(rank, INPUT, 0, count);
                to.target(peer, SCRATCH, 0, count);
                to.put(0);
            }
        }
        to.source(rank, rank == shape.root() ? INPUT : SCRATCH, 0, count);
        to.target(rank, OUTPUT, 0, count);
        to.copy();
        to.flush();
    }
}
