package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import java.util.Optional;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * Rank 0 puts its message to rank 1, which puts its own back when that has arrived: one call is there and back, so half its time
 * is what one message takes. For two ranks. The result is that of any send-recv; only the order in time is another.
 *
 * <p>The way there is through scratch where {@link RingShift}'s is. The way back needs no word that rank 0 has entered, and no
 * scratch: what rank 0's input held has arrived.
 */
final class PingPong implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.SEND_RECV,
            "ping-pong",
            "rank 0 puts its message to rank 1, which answers with its own when that has arrived",
            "the oldest latency benchmark of message passing; Hockney: The communication challenge for MPP, Parallel Computing "
                    + "20 (1994)",
            "2 rounds (there and back), 3 above the eager threshold out of place; m moved",
            ResultOrder.NONE);

    private static final int ENTERED = 0;
    private static final int MESSAGE = 1;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return shape.size() == 2 ? Optional.empty()
                : Optional.of("a message goes there and back between exactly 2 ranks");
    }

    @Override
    public boolean synchronising(Shape shape) {
        return true;
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
        int asks = throughScratch(shape) ? 0 : 1;
        return new Cost(2L + asks, 1L + asks, shape.count(), 0, scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        long count = shape.count();
        int peer = 1 - rank;
        boolean asks = !throughScratch(shape);
        if (rank == 0) {
            if (asks) {
                to.await(peer, ENTERED, 1);
            }
            to.source(rank, INPUT, 0, count);
            to.target(peer, asks ? OUTPUT : SCRATCH, 0, count);
            to.put(MESSAGE);
            to.await(peer, MESSAGE, 1); // an answer that our put caused: its source is free
            return;
        }
        if (asks) {
            to.notifyPeer(peer, ENTERED);
        }
        to.await(peer, MESSAGE, 1);
        to.source(rank, INPUT, 0, count);
        to.target(peer, OUTPUT, 0, count);
        to.put(MESSAGE);
        to.flush();
        if (!asks) {
            to.source(rank, SCRATCH, 0, count);
            to.target(rank, OUTPUT, 0, count);
            to.copy();
        }
    }
}
