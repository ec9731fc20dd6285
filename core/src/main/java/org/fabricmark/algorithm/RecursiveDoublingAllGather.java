package org.fabricmark.algorithm;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import java.util.Optional;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.StepSink;

/**
 * Partners at distance 1, 2, 4, … exchange all blocks that they have; each lies where it belongs from the start. For powers of
 * two: with other numbers of ranks some partner would be missing, and Bruck's algorithm takes as many rounds.
 *
 * <p>Blocks go straight into the partner's output, so every rank first tells all its partners that it has entered.
 */
final class RecursiveDoublingAllGather implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_GATHER,
            "recursive-doubling",
            "partners at doubling distances exchange all blocks that they have",
            "Thakur, Rabenseifner, Gropp: Optimization of collective communication operations in MPICH, IJHPCA 19 (2005)",
            "log2 p rounds and one to enter, (p-1)/p of the result moved",
            ResultOrder.NONE);

    private static final int ENTERED = 0;
    private static final int BLOCKS = 1;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return Integer.bitCount(shape.size()) == 1
                ? Optional.empty()
                : Optional.of("partners at doubling distances need a power of two of ranks: 2, 4, 8, 16, ...");
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
        int rounds = Rings.doublingRounds(shape.size());
        return new Cost(rounds + 1L, 2L * rounds, (shape.size() - 1) * shape.count(), 0, 0);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        long count = shape.count();
        for (int distance = 1; distance < size; distance *= 2) {
            to.notifyPeer(rank ^ distance, ENTERED);
        }
        for (int distance = 1; distance < size; distance *= 2) {
            int peer = rank ^ distance;
            int first = rank & -distance; // of the blocks held so far
            to.await(peer, ENTERED, 1);
            if (distance == 1) {
                to.source(rank, INPUT, 0, count);
            } else {
                to.source(rank, OUTPUT, first * count, distance * count);
            }
            to.target(peer, OUTPUT, first * count, distance * count);
            to.put(BLOCKS);
            if (distance == 1) {
                OwnBlock.copy(shape, rank, to); // while the first block travels
            }
            to.await(peer, BLOCKS, 1);
        }
        to.flush();
    }
}
