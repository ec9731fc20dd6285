package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.StoredRun;

/**
 * The lines of one sweep and one run against each other, size by size. Wrong results do not take part.
 *
 * @param sweep the sweep
 * @param run which of the report's runs
 * @param sizes message sizes at which somebody takes part, ascending
 * @param ranking for each size those who take part, fastest first
 */
record Contest(Sweep sweep, int run, List<Long> sizes, List<List<Entrant>> ranking) {
    /** Probes that differ by more are of another regime; as in the harness, which measures a case again then. */
    private static final double SAME_REGIME = 1.2;

    /**
     * A line at one size.
     *
     * @param line which one
     * @param cell its result
     * @param interval where its time lies; empty without samples
     */
    record Entrant(Sweep.Line line, CaseResult cell, Optional<TimeInterval> interval) {
        /** Whether this one is faster, the samples of both leave no doubt, and the machine was the same for both. */
        boolean certainlyBeats(Entrant other) {
            return interval.isPresent() && other.interval.isPresent() && sameRegime(other)
                    && interval.get().isCertainlyShorterThan(other.interval.get());
        }

        /** A host moves virtual processors: the probes beside the two say whether it did. Other transports, other probes. */
        private boolean sameRegime(Entrant other) {
            if (cell.flags().has(Flag.MACHINE_CHANGED) || other.cell.flags().has(Flag.MACHINE_CHANGED)) {
                return false;
            }
            double here = cell.exchangeNs().orElse(0);
            double there = other.cell.exchangeNs().orElse(0);
            return here <= 0 || there <= 0 || !line.transport().equals(other.line.transport())
                    || Math.max(here, there) <= SAME_REGIME * Math.min(here, there);
        }
    }

    /** The contests of {@code sweep}, one for each run that has cells in it. */
    static List<Contest> of(List<StoredRun> runs, Sweep sweep) {
        List<Contest> contests = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            List<Long> sizes = new ArrayList<>();
            List<List<Entrant>> ranking = new ArrayList<>();
            for (long size : sweep.sizes()) {
                List<Entrant> entrants = entrants(runs.get(run), run, sweep, size);
                if (!entrants.isEmpty()) {
                    sizes.add(size);
                    ranking.add(entrants);
                }
            }
            if (!sizes.isEmpty()) {
                contests.add(new Contest(sweep, run, sizes, ranking));
            }
        }
        return contests;
    }

    private static List<Entrant> entrants(StoredRun stored, int run, Sweep sweep, long size) {
        List<Entrant> entrants = new ArrayList<>();
        for (Sweep.Line line : sweep.lines()) {
            line.at(size).filter(cell -> line.run() == run && !cell.isWrong())
                    .ifPresent(cell -> entrants.add(new Entrant(line, cell, TimeInterval.of(stored, cell))));
        }
        entrants.sort(Comparator.comparingDouble(entrant -> entrant.cell().timeUs()));
        return entrants;
    }

    /** Whether there is anybody to win against, at any size. */
    boolean isOne() {
        return ranking.stream().anyMatch(entrants -> entrants.size() > 1);
    }

    /** The entrant of {@code line} at the size with this index. */
    Optional<Entrant> at(int index, Sweep.Line line) {
        return ranking.get(index).stream().filter(entrant -> entrant.line() == line).findFirst();
    }
}
