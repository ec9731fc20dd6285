package org.fabricmark.selection;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;

/**
 * What {@code auto} means: a small fixed table from a shape, and from how ranks get at each other's memory, to an algorithm.
 * A pure function of facts that all ranks share, so that all of them choose the same.
 *
 * <p>The table is a list of preferences, the best first; the first algorithm that takes the shape wins. Thresholds were measured
 * on two cores of one socket; the comment at each names the command. Where each access is a message, {@link MessagePreferences} has
 * a table of its own.
 *
 * <p>Thread rule: any thread.
 */
public final class Selection {
    /**
     * Largest all-reduce, in bytes, for which one round is at least as fast as two, although every rank then combines everything:
     * with and without direct access, one-shot and two-shot meet at 1 KiB (0.15 us) and part above (4 KiB: 0.58 and 0.20 us).
     * {@code fabricmark perf --collective all-reduce --algorithm one-shot,two-shot --transport shm,shm?direct=no
     * --sizes 8,64,256,512,1K,2K,4K,16K --in-place no}
     */
    private static final long ONE_SHOT_BYTES = 1024;

    /**
     * From so many ranks on, log p rounds are preferred to p - 1 small puts. By count of start-ups, not measured: two cores say
     * nothing about it.
     */
    private static final int MANY_RANKS = 16;

    /** Blocks of an all-gather or a reduce-scatter up to which rounds, not bytes, are what it costs. */
    private static final long SMALL_BLOCK_BYTES = 4 * 1024;

    /**
     * Smallest broadcast, in bytes, that goes from rank to rank in segments instead of down a tree, whose root sends everything
     * log p times. With 4 ranks on two cores, chain against binomial in microseconds: 27 and 22 at 64 KiB, 139 and 140 at 1 MiB,
     * 2214 and 4588 at 8 MiB.
     * {@code fabricmark perf --collective broadcast --algorithm all --ranks 4 --sizes 8,1K,64K,1M,8M --in-place no}
     * Between 2 ranks both are one put.
     */
    private static final long LARGE_BROADCAST_BYTES = 1024 * 1024;

    private Selection() {}

    /** The thresholds that algorithms get for themselves where ranks reach each other by {@code access}. */
    public static Tuning tuning(Access access) {
        return access == Access.MESSAGES ? MessagePreferences.TUNING : Tuning.DEFAULT;
    }

    /**
     * The algorithm for {@code shape}.
     *
     * @param access how every rank gets at every other rank's memory
     * @throws NoSuchElementException when no algorithm takes the shape
     */
    public static Algorithm choose(Shape shape, Access access) {
        for (String name : preferences(shape, access)) {
            Optional<Algorithm> preferred = Algorithms.named(shape.collective(), name);
            if (preferred.isPresent() && takes(preferred.get(), shape)) {
                return preferred.get();
            }
        }
        return Algorithms.of(shape.collective()).stream()
                .filter(algorithm -> takes(algorithm, shape))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no algorithm takes " + shape));
    }

    /** Whether {@code algorithm} takes {@code shape}; the trivial shapes need no algorithm and suit all. */
    private static boolean takes(Algorithm algorithm, Shape shape) {
        return algorithm.refusal(shape).isEmpty();
    }

    private static List<String> preferences(Shape shape, Access access) {
        if (access == Access.MESSAGES) {
            return MessagePreferences.of(shape);
        }
        boolean direct = access == Access.DIRECT;
        return switch (shape.collective()) {
            case ALL_REDUCE -> allReduce(shape, direct);
            case ALL_GATHER -> allGather(shape);
            case REDUCE_SCATTER -> reduceScatter(shape);
            case BROADCAST -> broadcast(shape);
            case REDUCE -> List.of("binomial");
            case ALL_TO_ALL -> List.of("direct");
            case SEND_RECV -> List.of("ring-shift");
            case BARRIER -> List.of("dissemination");
        };
    }

    private static List<String> allReduce(Shape shape, boolean direct) {
        long bytes = shape.count() * shape.elementBytes();
        if (bytes <= ONE_SHOT_BYTES) {
            return shape.size() < MANY_RANKS ? List.of("one-shot") : List.of("recursive-doubling", "one-shot");
        }
        return direct ? List.of("two-shot") : List.of("two-shot", "rabenseifner", "ring");
    }

    private static List<String> allGather(Shape shape) {
        boolean small = shape.count() * shape.elementBytes() <= SMALL_BLOCK_BYTES;
        return small && shape.size() >= MANY_RANKS ? List.of("bruck", "direct") : List.of("direct");
    }

    /** Direct was fastest or as fast from 2 to 4 ranks up to 1 MiB; for many ranks as with the others, by count of start-ups. */
    private static List<String> reduceScatter(Shape shape) {
        boolean small = shape.count() * shape.elementBytes() <= SMALL_BLOCK_BYTES;
        return small && shape.size() >= MANY_RANKS ? List.of("recursive-halving") : List.of("direct");
    }

    private static List<String> broadcast(Shape shape) {
        boolean large = shape.count() * shape.elementBytes() >= LARGE_BROADCAST_BYTES;
        return large && shape.size() > 2 ? List.of("chain") : List.of("binomial");
    }
}
