package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.fabricmark.bench.cli.argument.Percentage;
import org.fabricmark.results.compare.Comparison;
import org.fabricmark.results.compare.Grid;
import org.fabricmark.results.compare.Place;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.Measure;

/**
 * A threshold for ratios of times: of bandwidths and rates, those of the time that a message takes. It is no test: on a noisy
 * machine it fails without a change, and how often is not known. It says so each time.
 */
final class Threshold {
    private static final int SHOWN = 3;
    private static final String NO_GUARANTEE = "a threshold has no error guarantee: noise alone can pass it, or hide a"
            + " slowdown below it";

    private Threshold() {}

    /**
     * A place that is too slow.
     *
     * @param ratio of times
     * @param shown the ratio that the table shows, with what it is of where that is no time
     */
    private record Excess(String where, double ratio, String shown) {
        static Excess of(String where, Place place) {
            double ratio = place.ratio().orElseThrow().value();
            String shown = Figures.of(place.figureRatio().orElseThrow().value());
            return new Excess(where, ratio, place.measure().filter(Measure::higherIsBetter)
                    .map(measure -> shown + " of the " + measure.unit()).orElse(shown));
        }

        @Override
        public String toString() {
            return where + " " + shown;
        }
    }

    /** Says what is above {@code allowed}, and gives the exit code. */
    static int judge(Comparison comparison, Percentage allowed, ConsoleCommand command) {
        List<Excess> above = new ArrayList<>();
        long wrong = 0;
        for (Grid grid : comparison.grids()) {
            for (int row = 0; row < grid.rows().size(); row++) {
                for (int column = 1; column < grid.columns().size(); column++) {
                    Place place = grid.at(row, column);
                    wrong += place.isWrong() ? 1 : 0;
                    String where = (grid.table().assignments() + " " + grid.rows().get(row).assignments() + " "
                            + grid.columns().get(column).assignments()).strip();
                    if (place.ratio().filter(ratio -> ratio.value() > 1 + allowed.share()).isPresent()) {
                        above.add(Excess.of(where, place));
                    }
                }
            }
        }
        above.sort(Comparator.comparingDouble(Excess::ratio).reversed());
        int ratios = comparison.ratios().size();
        if (wrong > 0) {
            command.complain("--fail-above " + allowed + ": " + wrong + " places have wrong data");
            return ExitCode.FAILED;
        }
        if (above.isEmpty()) {
            command.remark("--fail-above " + allowed + ": none of " + ratios + " ratios is above it; " + NO_GUARANTEE);
            return ExitCode.GOOD;
        }
        String worst = String.join("; ", above.stream().limit(SHOWN).map(Excess::toString).toList());
        command.complain("--fail-above " + allowed + ": " + above.size() + " of " + ratios + " ratios are above it: "
                + worst + (above.size() > SHOWN ? "; ..." : "") + " (" + NO_GUARANTEE + ")");
        return ExitCode.REGRESSED;
    }
}
