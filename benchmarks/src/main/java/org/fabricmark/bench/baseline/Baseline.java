package org.fabricmark.bench.baseline;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fabricmark.results.model.MachineLimits;

/**
 * What a machine can do at best, as its probes found it.
 *
 * @param limits the figures that are stored
 * @param exchanges the exchange of a line, in nanoseconds, as often as it was probed during the run: whether the machine held
 *     still
 * @param rates how fast data are read and written, by pattern, threads and working set
 */
public record Baseline(MachineLimits limits, List<Double> exchanges, List<PatternRate> rates) {
    /** Copies the lists. */
    public Baseline {
        exchanges = List.copyOf(exchanges);
        rates = List.copyOf(rates);
    }

    /** GB/s by working set of one pattern. */
    static Map<Long, Double> byWorkingSet(List<PatternRate> rates, int sources, int destinations, int threads) {
        Map<Long, Double> found = new TreeMap<>();
        for (PatternRate rate : rates) {
            if (rate.sources() == sources && rate.destinations() == destinations && rate.threads() == threads) {
                found.put(rate.workingSet(), rate.gigabytesPerSecond());
            }
        }
        return found;
    }
}
