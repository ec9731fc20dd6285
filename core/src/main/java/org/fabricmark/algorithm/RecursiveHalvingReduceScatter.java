package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import org.fabricmark.algorithm.pattern.Fold;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.StepSink;

/**
 * Partners at halving distances exchange the halves that the other will own and reduce what they keep. Other numbers of ranks
 * than powers of two are folded: a carrier ends with the block of its lender too, and sends it there.
 *
 * <p>Core rank v owns one block, or two next to each other when it carries; so any run of core ranks owns a run of blocks.
 * Partial results stay in the slots in which they arrived, for the input is not ours to change. Each round has a slot of its
 * own, as long as the longest half of that round; the slot of the fold comes last.
 */
final class RecursiveHalvingReduceScatter implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.REDUCE_SCATTER,
            "recursive-halving",
            "partners at halving distances exchange halves and reduce what they keep",
            "Thakur, Rabenseifner, Gropp: Optimization of collective communication operations in MPICH, IJHPCA 19 (2005); a "
                    + "slot per round for one-sided puts",
            "log2 p rounds, (p-1)/p of the input moved and reduced (2 rounds and the whole input more where p is not a power of "
                    + "two)",
            ResultOrder.SAME_ON_ALL_RANKS);

    private static final int HALVE = 0;
    private static final int FOLD = 1;

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
        return (slots(fold) + (fold.folded() > 0 ? shape.size() : 0)) * shape.count();
    }

    /** First block of a core rank; for the number of core ranks, the number of blocks. */
    private static long firstBlock(Fold fold, int core) {
        return core + (long) Math.min(core, fold.folded());
    }

    /** Blocks in the slots of all rounds: the first core ranks own the most. */
    private static long slots(Fold fold) {
        return slot(fold, fold.core());
    }

    /** Where the slot of the round of {@code distance} begins, in blocks: behind those of the shorter distances. */
    private static long slot(Fold fold, int distance) {
        long start = 0;
        for (int shorter = 1; shorter < distance; shorter *= 2) {
            start += firstBlock(fold, shorter);
        }
        return start;
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    @Override
    public Cost cost(Shape shape) {
        Fold fold = Fold.of(shape.size());
        int folds = fold.folded() > 0 ? 1 : 0;
        long count = shape.count();
        return new Cost(
                fold.rounds() + fold.addedRounds(),
                fold.rounds() + folds,
                (shape.size() - 1 + folds) * count, // the lender puts everything, others all blocks but those they own
                (slots(fold) + folds * shape.size()) * count,
                scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        Fold fold = Fold.of(shape.size());
        long count = shape.count();
        long all = shape.inputElements();
        long foldSlot = slots(fold) * count;
        if (fold.lends(rank)) {
            to.source(rank, INPUT, 0, all);
            to.target(rank + 1, SCRATCH, foldSlot, all);
            to.put(FOLD);
            to.await(rank + 1, FOLD, 1); // an answer that our put caused: its source is free
            return;
        }
        Space from = INPUT;
        long fromStart = 0; // where in it block 0 is, or would be
        if (fold.carries(rank)) {
            to.await(rank - 1, FOLD, 1);
            to.source(rank, SCRATCH, foldSlot, all);
            to.source(rank, INPUT, 0, all);
            to.target(rank, SCRATCH, foldSlot, all);
            to.reduce(false);
            from = SCRATCH;
            fromStart = foldSlot;
        }
        int core = fold.coreRank(rank);
        for (int distance = fold.core() / 2; distance > 0; distance /= 2) {
            int kept = core & -distance; // first core rank of the half that this rank keeps
            int given = kept ^ distance;
            int peer = fold.rankOf(core ^ distance);
            long slot = slot(fold, distance) * count;
            long givenStart = firstBlock(fold, given) * count;
            long givenLength = firstBlock(fold, given + distance) * count - givenStart;
            to.source(rank, from, fromStart + givenStart, givenLength);
            to.target(peer, SCRATCH, slot, givenLength);
            to.put(HALVE);
            to.await(peer, HALVE, 1);
            long keptStart = firstBlock(fold, kept) * count;
            long keptLength = firstBlock(fold, kept + distance) * count - keptStart;
            if (distance > 1) {
                reduce(rank, from, fromStart + keptStart, slot, keptLength, SCRATCH, slot, false, to);
            } else {
                finish(shape, rank, fold.carries(rank), from, fromStart + keptStart, slot, to);
            }
            from = SCRATCH;
            fromStart = slot - keptStart;
        }
        to.flush();
    }

    /** The last round's reduction: of the own block, and of the lender's, which goes to it. */
    private static void finish(
            Shape shape, int rank, boolean carries, Space from, long at, long slot, StepSink to) {
        long count = shape.count();
        long lent = carries ? count : 0; // the lender's block comes first
        if (carries) {
            reduce(rank, from, at, slot, count, SCRATCH, slot, shape.average(), to);
            to.source(rank, SCRATCH, slot, count);
            to.target(rank - 1, OUTPUT, 0, count);
            to.put(FOLD);
        }
        reduce(rank, from, at + lent, slot + lent, count, OUTPUT, 0, shape.average(), to);
    }

    /** Combines {@code length} elements at {@code at} with those in the slot. */
    private static void reduce(
            int rank, Space from, long at, long slot, long length, Space into, long target, boolean finish,
            StepSink to) {
        to.source(rank, from, at, length);
        to.source(rank, SCRATCH, slot, length);
        to.target(rank, into, target, length);
        to.reduce(finish);
    }
}
