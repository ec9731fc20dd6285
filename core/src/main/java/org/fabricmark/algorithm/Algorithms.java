package org.fabricmark.algorithm;

import java.util.List;
import java.util.Optional;
import org.fabricmark.collective.Collective;

/** The catalogue of algorithms. Order is that of listings: by collective, the generally best one first. */
public final class Algorithms {
    private static final Algorithm BARRIER = new DisseminationBarrier();

    private static final List<Algorithm> ALL = List.of(
            new OneShotAllReduce(),
            new TwoShotAllReduce(),
            new RecursiveDoublingAllReduce(),
            new GatherReduceAllReduce(),
            new RabenseifnerAllReduce(),
            new RingAllReduce(),
            new SegmentedRingAllReduce(),
            new DoubleTreeAllReduce(),
            new DirectAllGather(),
            new BruckAllGather(),
            new RecursiveDoublingAllGather(),
            new NeighborExchangeAllGather(),
            new RingAllGather(),
            new DirectReduceScatter(),
            new RecursiveHalvingReduceScatter(),
            new RingReduceScatter(),
            new BinomialBroadcast(),
            new ChainBroadcast(),
            new BinomialReduce(),
            new DirectAllToAll(),
            new PairwiseAllToAll(),
            new RingShift(),
            new PingPong(),
            BARRIER);

    private Algorithms() {}

    /** All algorithms of all collectives. */
    public static List<Algorithm> all() {
        return ALL;
    }

    /** The algorithms of one collective. */
    public static List<Algorithm> of(Collective collective) {
        return ALL.stream().filter(a -> a.collective() == collective).toList();
    }

    /** The algorithm of {@code collective} called {@code name}. */
    public static Optional<Algorithm> named(Collective collective, String name) {
        return of(collective).stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** The barrier that a communicator inserts where lanes would be reused too early. */
    public static Algorithm barrier() {
        return BARRIER;
    }
}
