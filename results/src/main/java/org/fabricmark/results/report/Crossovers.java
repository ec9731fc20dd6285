package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.report.Table.Head;
import org.fabricmark.results.report.Table.Row;

/**
 * Sizes at which another line becomes the fastest. Only sizes with a certain winner count, so that a tie is no crossover; where
 * nothing has samples, all count. The size is where the two lines cross if both are straight between the measured sizes (of
 * logarithms); the interval reaches from the last size at which the one was certainly faster to the first at which the other is.
 */
final class Crossovers {
    private static final String OPEN = "open";

    private Crossovers() {}

    static Table of(List<Contest> contests, boolean severalRuns) {
        List<Row> rows = new ArrayList<>();
        for (Contest contest : contests) {
            List<Integer> decided = decided(contest);
            for (int i = 1; i < decided.size(); i++) {
                change(contest, decided.get(i - 1), decided.get(i), severalRuns).ifPresent(rows::add);
            }
        }
        List<Head> heads = new ArrayList<>(List.of(Head.words("where"), Head.words("below"), Head.words("above"),
                Head.numbers("crossover", "B"), Head.numbers("from", "B"), Head.numbers("to", "B")));
        return new Table("Crossovers", heads, rows);
    }

    /** Indices of sizes above 0 that have a certain winner; all of them if there are no samples to be certain by. */
    private static List<Integer> decided(Contest contest) {
        boolean sampled = contest.ranking().stream().flatMap(List::stream)
                .anyMatch(entrant -> entrant.interval().isPresent());
        return IntStream.range(0, contest.sizes().size()).filter(at -> contest.sizes().get(at) > 0).filter(at -> {
            List<Contest.Entrant> ranking = contest.ranking().get(at);
            return !sampled || ranking.size() > 1 && ranking.get(0).certainlyBeats(ranking.get(1));
        }).boxed().toList();
    }

    private static Optional<Row> change(Contest contest, int before, int at, boolean severalRuns) {
        Sweep.Line below = contest.ranking().get(before).getFirst().line();
        Sweep.Line above = contest.ranking().get(at).getFirst().line();
        if (below == above) {
            return Optional.empty();
        }
        Optional<Double> crossing = crossing(contest, before, at, below, above);
        return crossing.map(size -> new Row(List.of(
                contest.sweep().title() + (severalRuns ? ", " + RunNames.letter(contest.run()) : ""), below.base(),
                above.base(), Figures.ofBytes(Math.round(size)), text(last(contest, before, below, above)),
                text(first(contest, at, below, above))), Row.PLAIN));
    }

    /**
     * The last place between the two sizes at which the lines cross. Empty if one of the two was not measured on both sides:
     * then it is a gap and no crossover.
     */
    private static Optional<Double> crossing(Contest contest, int before, int at, Sweep.Line below, Sweep.Line above) {
        for (int right = at; right > before; right--) {
            Optional<Double> there = logRatio(contest, right, below, above);
            Optional<Double> here = logRatio(contest, right - 1, below, above);
            if (there.isPresent() && here.isPresent() && here.get() < 0 && there.get() >= 0) {
                double share = here.get() / (here.get() - there.get());
                double from = Math.log(contest.sizes().get(right - 1));
                double to = Math.log(contest.sizes().get(right));
                return Optional.of(Math.exp(from + share * (to - from)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Double> logRatio(Contest contest, int at, Sweep.Line one, Sweep.Line other) {
        return contest.at(at, one).flatMap(first -> contest.at(at, other).map(
                second -> Math.log(first.cell().timeUs() / second.cell().timeUs()))).filter(Double::isFinite);
    }

    private static OptionalLong last(Contest contest, int from, Sweep.Line faster, Sweep.Line slower) {
        for (int at = from; at >= 0; at--) {
            if (beats(contest, at, faster, slower)) {
                return OptionalLong.of(contest.sizes().get(at));
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong first(Contest contest, int from, Sweep.Line slower, Sweep.Line faster) {
        for (int at = from; at < contest.sizes().size(); at++) {
            if (beats(contest, at, faster, slower)) {
                return OptionalLong.of(contest.sizes().get(at));
            }
        }
        return OptionalLong.empty();
    }

    private static boolean beats(Contest contest, int at, Sweep.Line faster, Sweep.Line slower) {
        return contest.at(at, faster).flatMap(one -> contest.at(at, slower).map(one::certainlyBeats)).orElse(false);
    }

    private static String text(OptionalLong size) {
        return size.isPresent() ? Figures.ofBytes(size.getAsLong()) : OPEN;
    }
}
