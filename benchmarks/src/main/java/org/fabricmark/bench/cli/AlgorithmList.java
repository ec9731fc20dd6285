package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.ResultOrder;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;

/** The algorithms with everything that they state about themselves. */
final class AlgorithmList {
    /** Numbers of ranks that are tried to find out which ones an algorithm takes. */
    private static final int TRIED = 64;

    private static final int SEVERAL = 8;
    private static final long TRIED_COUNT = 4096;
    private static final int TRIED_BYTES = 4;

    private AlgorithmList() {}

    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "p = ranks, m = vector of one rank; costs are those of the busiest rank. Use: --collective C --algorithm A");
        for (Collective collective : Collective.values()) {
            for (Algorithm algorithm : Algorithms.of(collective)) {
                lines.add("");
                lines.add(collective.label() + " " + algorithm.name() + ": " + algorithm.description().summary());
                lines.add("  cost    " + algorithm.description().costFormula());
                lines.add("  ranks   " + ranks(algorithm) + "; " + exit(algorithm));
                if (!algorithm.tunables().isEmpty()) {
                    lines.add("  takes   " + String.join(", ", options(algorithm)));
                }
                lines.add("  order   " + order(algorithm.order()));
                lines.add("  source  " + algorithm.description().source());
            }
        }
        return lines;
    }

    static Object json() {
        return Algorithms.all().stream()
                .map(a -> Catalogue.object("collective", a.collective().label(), "name", a.name(), "summary",
                        a.description().summary(),
                        "cost", a.description().costFormula(), "ranks", ranks(a), "order",
                        a.order().name().toLowerCase(Locale.ROOT).replace('_', '-'), "synchronising",
                        synchronising(a), "options", options(a), "source", a.description().source()))
                .toList();
    }

    /** The options of the command line that it heeds. */
    private static List<String> options(Algorithm algorithm) {
        return algorithm.tunables().stream()
                .sorted()
                .map(tunable -> "--" + tunable.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What an order promises, in words. */
    static String order(ResultOrder order) {
        return switch (order) {
            case NONE -> "nothing is combined";
            case SAME_ON_ALL_RANKS -> "same bits on all ranks";
            case RANK_ORDER -> "same bits on all ranks, combined in the order of ranks";
        };
    }

    private static String exit(Algorithm algorithm) {
        return synchronising(algorithm) ? "no rank leaves before every rank has entered"
                : "a rank may leave before others have entered";
    }

    /** As it is with several ranks, where it takes several: two neighbours know everything that there is to know. */
    private static boolean synchronising(Algorithm algorithm) {
        Shape several = shape(algorithm, SEVERAL);
        return algorithm.synchronising(algorithm.refusal(several).isEmpty() ? several : shape(algorithm, 2));
    }

    /** The numbers of ranks that {@code algorithm} takes, in words; found out by asking it. */
    static String ranks(Algorithm algorithm) {
        List<Integer> taken = IntStream.rangeClosed(1, TRIED)
                .filter(size -> algorithm.refusal(shape(algorithm, size)).isEmpty())
                .boxed()
                .toList();
        if (taken.size() == TRIED) {
            return "any number";
        }
        return taken.stream().map(String::valueOf).reduce((a, b) -> a + ", " + b).orElse("none")
                + (taken.isEmpty() || 2 * taken.getLast() < TRIED ? "" : " ...");
    }

    private static Shape shape(Algorithm algorithm, int size) {
        return Shape.of(algorithm.collective(), size, algorithm.collective().movesData() ? TRIED_COUNT : 0,
                TRIED_BYTES);
    }
}
