package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import org.fabricmark.algorithm.pattern.Fold;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.StepSink;

/**
 * Reduce-scatter by halving the message and the distance, then all-gather by doubling both: the ring's bytes in 2 log2 p
 * rounds. Other numbers of ranks are folded.
 *
 * <p>The message is cut into as many chunks as there are core ranks; core rank v ends the first half with chunk v finished.
 * In the round with partner distance d both hold the same 2d chunks; the half that the partner keeps is put to it. Every
 * round has its own part of the scratch (d chunks), then comes the slot of the fold.
 */
final class RabenseifnerAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "rabenseifner",
            "recursive halving reduce-scatter, then recursive doubling all-gather",
            "Rabenseifner: Optimization of collective reduction operations, ICCS 2004; a slot per round for one-sided puts",
            "2 log2 p rounds, 2(p-1)/p m moved, (p-1)/p m reduced (2 rounds and m more where p is not a power of two)",
            ResultOrder.SAME_ON_ALL_RANKS);

    private static final int HALVE = 0;
    private static final int DOUBLE = 1;
    private static final int FOLD = 2;

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
        Fold fold = Fold.of(shape.size());
        return chunks(shape, fold).length(0) * (fold.core() - 1) + (fold.folded() > 0 ? shape.count() : 0);
    }

    private static Chunks chunks(Shape shape, Fold fold) {
        return Chunks.of(shape.count(), fold.core(), shape.elementBytes());
    }

    @Override
    public int signals(Shape shape) {
        return 3;
    }

    @Override
    public Cost cost(Shape shape) {
        Fold fold = Fold.of(shape.size());
        Chunks chunks = chunks(shape, fold);
        int folds = fold.folded() > 0 ? 1 : 0;
        // Core rank 0, whose chunks are the longest, puts all chunks but its own while halving, and while doubling its
        // first 1, 2, 4, … chunks.
        long moved = shape.count() - chunks.length(0);
        for (int held = 1; held < fold.core(); held *= 2) {
            moved += chunks.start(held);
        }
        long reduced = 0;
        for (int held = fold.core() / 2; held > 0; held /= 2) {
            reduced += chunks.start(held);
        }
        return new Cost(
                2L * fold.rounds() + 2L * folds,
                2L * fold.rounds() + folds,
                moved + folds * shape.count(),
                reduced + folds * shape.count(),
                scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        Fold fold = Fold.of(shape.size());
        Chunks chunks = chunks(shape, fold);
        long foldSlot = chunks.length(0) * (fold.core() - 1);
        long count = shape.count();
        if (fold.lends(rank)) {
            to.source(rank, INPUT, 0, count);
            to.target(rank + 1, SCRATCH, foldSlot, count);
            to.put(FOLD);
            to.await(rank + 1, FOLD, 1); // an answer that our put caused: its source is free
            return;
        }
        if (fold.carries(rank)) {
            to.await(rank - 1, FOLD, 1);
            to.source(rank, SCRATCH, foldSlot, count);
            to.source(rank, INPUT, 0, count);
            to.target(rank, OUTPUT, 0, count);
            to.reduce(false);
        }
        halve(shape, rank, fold, chunks, to);
        gather(rank, fold, chunks, to);
        if (fold.carries(rank)) {
            to.source(rank, OUTPUT, 0, count);
            to.target(rank - 1, OUTPUT, 0, count);
            to.put(FOLD);
        }
        to.flush();
    }

    private static void halve(Shape shape, int rank, Fold fold, Chunks chunks, StepSink to) {
        int core = fold.coreRank(rank);
        Space from = fold.carries(rank) ? OUTPUT : INPUT;
        for (int distance = fold.core() / 2; distance > 0; distance /= 2) {
            int peer = fold.rankOf(core ^ distance);
            int kept = core & -distance; // first chunk of the half that this rank keeps
            int given = kept ^ distance;
            long slot = chunks.length(0) * (distance - 1); // rounds of distance 1, 2, 4 … lie at 0, 1, 3, … chunks
            to.source(rank, from, chunks.start(given), chunks.length(given, given + distance));
            to.target(peer, SCRATCH, slot, chunks.length(given, given + distance));
            to.put(HALVE);
            to.await(peer, HALVE, 1);
            long length = chunks.length(kept, kept + distance);
            to.source(rank, from, chunks.start(kept), length);
            to.source(rank, SCRATCH, slot, length);
            from = OUTPUT;
            to.target(rank, from, chunks.start(kept), length);
            to.reduce(shape.average() && distance == 1);
        }
    }

    private static void gather(int rank, Fold fold, Chunks chunks, StepSink to) {
        int core = fold.coreRank(rank);
        for (int distance = 1; distance < fold.core(); distance *= 2) {
            int peer = fold.rankOf(core ^ distance);
            int held = core & -distance; // first of the chunks held so far
            to.source(rank, OUTPUT, chunks.start(held), chunks.length(held, held + distance));
            to.target(peer, OUTPUT, chunks.start(held), chunks.length(held, held + distance));
            to.put(DOUBLE);
            to.await(peer, DOUBLE, 1);
        }
    }
}
