package org.fabricmark.results.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.StoredRun;

/**
 * How far the launches of a cell lie apart: launches, not batches, are what repeats independently.
 *
 * @param leastUs the shortest median of a launch, or the cell's time if that is shorter
 * @param mostUs the longest median of a launch, or the cell's time if that is longer
 */
record LaunchSpread(double leastUs, double mostUs) {
    /** Empty with fewer than two launches. */
    static Optional<LaunchSpread> of(StoredRun run, CaseResult cell) {
        List<Launch> launches = run.launches(cell);
        if (launches.size() < 2) {
            return Optional.empty();
        }
        DoubleSummaryStatistics medians = launches.stream().mapToDouble(Launch::medianUs).summaryStatistics();
        return Optional.of(new LaunchSpread(Math.min(medians.getMin(), cell.timeUs()),
                Math.max(medians.getMax(), cell.timeUs())));
    }

    /** Half of the distance. */
    double halfUs() {
        return (mostUs - leastUs) / 2;
    }
}
