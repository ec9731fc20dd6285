package org.fabricmark.selection;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;

/**
 * What {@code auto} means: a small fixed table from a shape, and from whether ranks reach each other's memory, to an algorithm.
 * A pure function of facts that all ranks share, so that all of them choose the same.
 *
 * <p>The table is a list of preferences, the best first; the first algorithm that takes the shape wins. Thresholds were measured
 * on two cores of one socket; the comment at each names the command.
 *
 * <p>Thread rule: any thread.
 */
public final class Selection {
    /**
     * Largest all-reduce, in bytes, for which one round beats two although every rank then combines everything.
     * {@code fabricmark perf --collective all-reduce --algorithm one-shot,two-shot --sizes 1K,2K,4K,8K,16K,32K}
     */
    private static final long ONE_SHOT_BYTES = 8 * 1024;

    /**
     * The same where no rank can load from another's memory, so that the one round sends everything to everyone.
     * {@code fabricmark perf --collective all-reduce --algorithm all --transport shm?direct=no --sizes 1K,4K,16K,64K}
     */
    private static final long ONE_SHOT_BYTES_BY_PUTS = 4 * 1024;

    /** From so many ranks on, the p - 1 puts of a direct exchange cost more than the log p rounds of a small one. */
    private static final int MANY_RANKS = 16;

    private Selection() {}

    /**
     * The algorithm for {@code shape}.
     *
     * @param direct whether every rank can load from and store to every other rank's memory
     * @throws NoSuchElementException when no algorithm takes the shape
     */
    public static Algorithm choose(Shape shape, boolean direct) {
        for (String name : preferences(shape, direct)) {
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

    private static List<String> preferences(Shape shape, boolean direct) {
        return switch (shape.collective()) {
            case ALL_REDUCE -> allReduce(shape, direct);
            case ALL_GATHER -> allGather(shape);
            case BROADCAST -> List.of("binomial");
            case BARRIER -> List.of("dissemination");
        };
    }

    private static List<String> allReduce(Shape shape, boolean direct) {
        long bytes = shape.count() * shape.elementBytes();
        if (bytes <= (direct ? ONE_SHOT_BYTES : ONE_SHOT_BYTES_BY_PUTS)) {
            return shape.size() < MANY_RANKS ? List.of("one-shot") : List.of("recursive-doubling", "one-shot");
        }
        return direct ? List.of("two-shot") : List.of("two-shot", "rabenseifner", "ring");
    }

    private static List<String> allGather(Shape shape) {
        return shape.size() < MANY_RANKS || shape.collective() != Collective.ALL_GATHER || shape.count() > 1024
                ? List.of("direct")
                : List.of("bruck", "direct");
    }
}
