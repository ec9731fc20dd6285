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
 * Partners at distance 1, 2, 4, … exchange what they have and both reduce it: log2 p rounds, for short messages. Other
 * numbers of ranks are folded.
 *
 * <p>Scratch, in units of one message: a slot for each round and one for the fold, because nothing tells the sender that a
 * slot was consumed; then a sum for each round but the last, so that what a put is still reading is never overwritten and no
 * round waits for a flush.
 */
final class RecursiveDoublingAllReduce implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_REDUCE,
            "recursive-doubling",
            "partners at doubling distances exchange and reduce whole messages",
            "Thakur, Rabenseifner, Gropp: Optimization of collective communication operations in MPICH, IJHPCA 19 (2005); a slot "
                    + "per round for one-sided puts",
            "log2 p rounds, m log2 p moved and reduced (2 rounds and m more where p is not a power of two)",
            ResultOrder.RANK_ORDER);

    private static final int ROUND = 0;
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
        int slots = fold.rounds() + (fold.folded() > 0 ? 1 : 0);
        return (slots + sums(fold)) * shape.count();
    }

    /** Sums kept in scratch: one before each round, except that the first starts from the input where nothing is folded. */
    private static int sums(Fold fold) {
        return fold.rounds() - 1 + (fold.folded() > 0 ? 1 : 0);
    }

    @Override
    public int signals(Shape shape) {
        return 2;
    }

    @Override
    public Cost cost(Shape shape) {
        Fold fold = Fold.of(shape.size());
        int folds = fold.folded() > 0 ? 1 : 0;
        long exchanged = fold.rounds() * shape.count();
        return new Cost(
                fold.rounds() + fold.addedRounds(),
                fold.rounds() + folds,
                exchanged + folds * shape.count(),
                exchanged + folds * shape.count(),
                scratchElements(shape));
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        Fold fold = Fold.of(shape.size());
        if (fold.lends(rank)) {
            emitLender(shape, rank, fold, to);
            return;
        }
        long count = shape.count();
        int rounds = fold.rounds();
        int firstSum = rounds + (fold.folded() > 0 ? 1 : 0); // first slot behind the slots of arrival
        Space from = INPUT;
        long at = 0;
        if (fold.carries(rank)) {
            to.await(rank - 1, FOLD, 1);
            to.source(rank, SCRATCH, rounds * count, count);
            to.source(rank, INPUT, 0, count);
            from = SCRATCH;
            at = firstSum * count;
            to.target(rank, from, at, count);
            to.reduce(false);
        }
        for (int round = 0; round < rounds; round++) {
            int peer = fold.rankOf(fold.coreRank(rank) ^ 1 << round);
            boolean last = round == rounds - 1;
            to.source(rank, from, at, count);
            to.target(peer, SCRATCH, round * count, count);
            to.put(ROUND);
            to.await(peer, ROUND, 1);
            if (last) {
                to.flush(); // before the output, which may be the input, is overwritten, and before the user may do so
            }
            if (peer < rank) {
                to.source(rank, SCRATCH, round * count, count);
            }
            to.source(rank, from, at, count);
            if (peer > rank) {
                to.source(rank, SCRATCH, round * count, count);
            }
            from = last ? OUTPUT : SCRATCH;
            at = last ? 0 : (firstSum + (fold.folded() > 0 ? 1 : 0) + round) * count;
            to.target(rank, from, at, count);
            to.reduce(last && shape.average());
        }
        if (fold.carries(rank)) {
            to.source(rank, OUTPUT, 0, count);
            to.target(rank - 1, OUTPUT, 0, count);
            to.put(FOLD);
            to.flush();
        }
    }

    private static void emitLender(Shape shape, int rank, Fold fold, StepSink to) {
        to.source(rank, INPUT, 0, shape.count());
        to.target(rank + 1, SCRATCH, fold.rounds() * shape.count(), shape.count());
        to.put(FOLD);
        to.await(rank + 1, FOLD, 1); // an answer that our put caused: its source is free
    }
}
