package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.report.Table.Head;
import org.fabricmark.results.report.Table.Row;

/**
 * Sizes at which another line becomes the fastest. The size is where the two lines cross if both are straight between the
 * measured sizes (of logarithms); the interval reaches from the last size at which the one was certainly faster to the first
 * at which the other is.
 */
final class Crossovers {
    private static final String OPEN = "open";

    private Crossovers() {}

    static Table of(List<Contest> contests, boolean severalRuns) {
        List<Row> rows = new ArrayList<>();
        for (Contest contest : contests) {
            Optional<Integer> before = Optional.empty();
            for (int at = 0; at < contest.sizes().size(); at++) {
                if (contest.sizes().get(at) > 0) {
                    if (before.isPresent()) {
                        change(contest, before.get(), at, severalRuns).ifPresent(rows::add);
                    }
                    before = Optional.of(at);
                }
            }
        }
        List<Head> heads = new ArrayList<>(List.of(Head.words("where"), Head.words("below"), Head.words("above"),
                Head.numbers("crossover", "B"), Head.numbers("from", "B"), Head.numbers("to", "B")));
        return new Table("Crossovers", heads, rows);
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

    /** Empty if one of the two was not measured on both sides: then it is a gap and no crossover. */
    private static Optional<Double> crossing(Contest contest, int before, int at, Sweep.Line below, Sweep.Line above) {
        Optional<Double> left = logRatio(contest, before, below, above);
        Optional<Double> right = logRatio(contest, at, below, above);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        double share = left.get() == right.get() ? 1.0 / 2 : left.get() / (left.get() - right.get());
        double from = Math.log(contest.sizes().get(before));
        double to = Math.log(contest.sizes().get(at));
        return Optional.of(Math.exp(from + Math.clamp(share, 0, 1) * (to - from)));
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
