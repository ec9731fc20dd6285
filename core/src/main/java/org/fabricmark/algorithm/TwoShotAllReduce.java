package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * Each rank owns a chunk, loads it from every rank's input, and stores the reduced chunk to every rank's output: on shared
 * memory one pass that reads every input once and writes every output once, which is the least traffic there is. Without
 * direct access, lowering turns the same step into gets and puts.
 */
final class TwoShotAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "two-shot",
            "every rank reduces its chunk of all inputs and stores it to all outputs",
            "direct reduce-scatter and all-gather over shared memory, without the copies that YHCCL (SC'23) avoids too",
            "2 rounds, 2(p-1)/p m moved, (p-1)/p m reduced",
            ResultOrder.RANK_ORDER);

    /** "I have entered: my input may be read and my output written." */
    private static final int ENTERED = 0;

    /** "Your input has been read and my chunk of your output is written." */
    private static final int DONE = 1;

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
        return 2;
    }

    @Override
    public Cost cost(Shape shape) {
        int others = shape.size() - 1;
        long chunk = Chunks.of(shape.count(), shape.size(), shape.elementBytes()).length(0);
        return new Cost(2, 2L * others, 2 * others * chunk, others * chunk, 0);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        Chunks chunks = Chunks.of(shape.count(), shape.size(), shape.elementBytes());
        AllPeers.notifyAndAwait(shape.size(), rank, ENTERED, to);
        for (int peer = 0; peer < shape.size(); peer++) {
            to.source(peer, INPUT, chunks.start(rank), chunks.length(rank));
        }
        for (int peer = 0; peer < shape.size(); peer++) {
            to.target(peer, OUTPUT, chunks.start(rank), chunks.length(rank));
        }
        to.reduce(shape.average());
        AllPeers.notifyAndAwait(shape.size(), rank, DONE, to);
    }
}
