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
 * Every rank exchanges with its two neighbours in turn: first its own block with its mate, so that both have their pair; then
 * each time the pair that came last. Half the rounds of a ring, with twice the blocks in each. For even numbers of ranks:
 * pairs leave nobody over.
 *
 * <p>Ranks 2g and 2g+1 are pair g. In odd rounds even ranks turn to the rank before them and odd ranks to the one behind, and
 * pairs come from that side; in even rounds mates pass each other what they got in the round before.
 */
final class NeighborExchangeAllGather implements Algorithm {
    private static final Description DESCRIPTION = new Description(
            Collective.ALL_GATHER,
            "neighbor-exchange",
            "every rank exchanges pairs of blocks with its two neighbours in turn",
            "Chen, Zhang, Zhang, Yuan: Performance evaluation of allgather algorithms on Terascale Linux cluster with Fast "
                    + "Ethernet, HPC Asia 2005",
            "p/2 rounds and one to enter, (p-1)/p of the result moved",
            ResultOrder.NONE);

    private static final int ENTERED = 0;
    private static final int BLOCKS = 1;

    @Override
    public Description description() {
        return DESCRIPTION;
    }

    @Override
    public Optional<String> refusal(Shape shape) {
        return shape.size() % 2 == 0
                ? Optional.empty()
                : Optional.of("ranks exchange in pairs, so their number must be even");
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
        int rounds = shape.size() / 2;
        int neighbours = rounds > 1 ? 2 : 1;
        return new Cost(rounds + 1L, (long) rounds + neighbours, (shape.size() - 1) * shape.count(), 0, 0);
    }

    @Override
    public void emit(Shape shape, int rank, StepSink to) {
        int size = shape.size();
        int pairs = size / 2;
        long count = shape.count();
        int outward = rank % 2 == 0 ? -1 : 1; // where the neighbour is that is not the mate
        int mate = rank - outward;
        int neighbour = Rings.shift(rank, outward, size);
        to.notifyPeer(mate, ENTERED);
        if (pairs > 1) {
            to.notifyPeer(neighbour, ENTERED);
        }
        to.await(mate, ENTERED, 1);
        to.source(rank, INPUT, 0, count);
        to.target(mate, OUTPUT, rank * count, count);
        to.put(BLOCKS);
        OwnBlock.copy(shape, rank, to);
        to.await(mate, BLOCKS, 1);
        for (int round = 1; round < pairs; round++) {
            boolean odd = round % 2 == 1;
            int peer = odd ? neighbour : mate;
            int distance = odd ? -outward * ((round - 1) / 2) : outward * (round / 2);
            long pair = Rings.shift(rank / 2, distance, pairs);
            if (round == 1) {
                to.await(neighbour, ENTERED, 1);
            }
            to.source(rank, OUTPUT, 2 * pair * count, 2 * count);
            to.target(peer, OUTPUT, 2 * pair * count, 2 * count);
            to.put(BLOCKS);
            to.await(peer, BLOCKS, 1);
        }
        to.flush();
    }
}
