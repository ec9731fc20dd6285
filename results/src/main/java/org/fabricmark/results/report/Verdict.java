package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.StoredRun;

/**
 * The first thing that a reader sees: are the data right, and what weakens the numbers.
 *
 * @param grade how good the news is
 * @param line one sentence
 * @param remarks what a reader has to know before comparing numbers, most important first
 */
record Verdict(Grade grade, String line, List<String> remarks) {
    /** How good the news is. */
    enum Grade {
        /** Everything is right and checked. */
        GOOD("good"),
        /** Nothing is known to be wrong, but not everything is known. */
        WARN("warn"),
        /** Data were wrong: the runs have failed, whatever their times. */
        BAD("bad");

        private final String style;

        Grade(String style) {
            this.style = style;
        }

        /** A class of the style sheet. */
        String style() {
            return style;
        }
    }

    private static final double NOTICEABLE_STEAL_PERCENT = 0.5;

    static Verdict of(List<StoredRun> runs) {
        List<CaseResult> cells = runs.stream().flatMap(run -> run.run().cases().stream()).toList();
        long wrong = count(cells, CaseResult::isWrong);
        long unchecked = count(cells, cell -> cell.wrong().isEmpty());
        String all = Counted.of(cells.size(), "cell") + (runs.size() > 1 ? " in " + runs.size() + " runs" : "");
        if (wrong > 0) {
            CaseResult first = cells.stream().filter(CaseResult::isWrong).findFirst().orElseThrow();
            return new Verdict(Grade.BAD, "Wrong data in " + wrong + " of " + all + ", first in " + first.key()
                    + ": times of wrong results are no measurements, and are not drawn.", remarks(runs, cells));
        }
        if (unchecked > 0) {
            return new Verdict(Grade.WARN, all + ": no data found wrong, but those of " + Counted.of(unchecked, "cell")
                    + " were not checked.", remarks(runs, cells));
        }
        return new Verdict(Grade.GOOD, all + ": all data right.", remarks(runs, cells));
    }

    /** This verdict and how many guidelines are violated. */
    Verdict withViolations(int count) {
        if (count == 0) {
            return this;
        }
        List<String> more = new ArrayList<>(remarks);
        more.add("Guidelines are violated in " + Counted.of(count, "place") + ": see the section on them.");
        return new Verdict(grade, line, more);
    }

    private static List<String> remarks(List<StoredRun> runs, List<CaseResult> cells) {
        List<String> remarks = new ArrayList<>();
        flagged(cells, Flag.MACHINE_CHANGED, "were measured while the machine changed: do not compare them",
                remarks);
        flagged(cells, Flag.OVERSUBSCRIBED, "have more ranks than cores: they measure the scheduler too", remarks);
        flagged(cells, Flag.UNALIGNED, "have buffers that begin one element behind an aligned address", remarks);
        Map<Measure, Set<String>> times = new EnumMap<>(Measure.class);
        for (int i = 0; i < runs.size(); i++) {
            StoredRun run = runs.get(i);
            String name = runs.size() > 1 ? "run " + RunNames.letter(i) : "the run";
            run.run().cases().forEach(cell -> times.computeIfAbsent(cell.measure(), first -> new LinkedHashSet<>())
                    .add(cell.conventions().timeInWords()));
            double steal = run.run().environment().state().stealPercent().orElse(0);
            if (steal >= NOTICEABLE_STEAL_PERCENT) {
                remarks.add("The host took " + Figures.of(steal) + " % of the processors' time during " + name + ".");
            }
            long throttled = run.run().environment().state().throttledPeriods().orElse(0);
            if (throttled > 0) {
                remarks.add("The control group's quota stopped " + name + " in " + Counted.of(throttled, "period")
                        + ".");
            }
            long bare = count(run.run().cases(), cell -> run.launches(cell).isEmpty());
            if (bare > 0) {
                remarks.add("No samples are stored of " + (bare == run.run().cases().size() ? "" : bare + " cells of ")
                        + name + ": no distributions, batches or ranks are shown of it.");
            }
        }
        times.values().stream().filter(words -> words.size() > 1).forEach(words -> remarks.add(
                "Times are not the same quantity in all cells (" + String.join("; ", words)
                        + "): their ratios are no measurements."));
        return remarks;
    }

    private static void flagged(List<CaseResult> cells, Flag flag, String words, List<String> remarks) {
        long count = count(cells, cell -> cell.flags().has(flag));
        if (count > 0) {
            remarks.add(Counted.of(count, "cell") + " (marked " + flag.mark() + ") " + words + ".");
        }
    }

    private static long count(List<CaseResult> cells, Predicate<CaseResult> predicate) {
        return cells.stream().filter(predicate).count();
    }
}
