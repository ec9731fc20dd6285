package org.fabricmark.results.report;

import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.StoredRun;

/**
 * Where the time of a cell lies, in microseconds. Launches are what repeats independently, so with two or more it is the
 * range of their medians. With one it can only be the interval of that launch's own median (95 %, by order statistics of
 * its batches): it says nothing about another launch.
 *
 * @param timeUs the cell's time
 * @param lowUs lower bound, at most the time
 * @param highUs upper bound, at least the time
 */
record TimeInterval(double timeUs, double lowUs, double highUs) {
    /** Half the width of a 95 % interval of the median, in square roots of the number of samples. */
    private static final double HALF_WIDTH = 1.96 / 2;
    private static final double NANOS_IN_MICRO = 1e3;

    /** Empty without samples. */
    static Optional<TimeInterval> of(StoredRun run, CaseResult cell) {
        Optional<LaunchSpread> spread = LaunchSpread.of(run, cell);
        if (spread.isPresent()) {
            return spread.map(range -> new TimeInterval(cell.timeUs(), range.leastUs(), range.mostUs()));
        }
        List<Launch> launches = run.launches(cell);
        return launches.isEmpty() ? Optional.empty()
                : Optional.of(within(launches.getFirst(), cell.timeUs()));
    }

    private static TimeInterval within(Launch launch, double timeUs) {
        Distribution batches = launch.times();
        double half = HALF_WIDTH / Math.sqrt(batches.samples());
        double calls = launch.batch() * NANOS_IN_MICRO;
        double low = batches.quantile(Math.max(0, 1.0 / 2 - half)).orElseThrow() / calls;
        double high = batches.quantile(Math.min(1, 1.0 / 2 + half)).orElseThrow() / calls;
        return new TimeInterval(timeUs, Math.min(low, timeUs), Math.max(high, timeUs));
    }

    /** Both calls one after the other. */
    TimeInterval plus(TimeInterval other) {
        return new TimeInterval(timeUs + other.timeUs, lowUs + other.lowUs, highUs + other.highUs);
    }

    /** Whether this is shorter wherever both lie in their intervals. */
    boolean isCertainlyShorterThan(TimeInterval other) {
        return highUs < other.lowUs;
    }
}
