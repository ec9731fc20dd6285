package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.RankTimes;
import org.fabricmark.results.model.SampleSource;

/**
 * The samples of a sweep until they are saved: the first launch of every case, and repetitions as long as there is room. A sweep that
 * is repeated a thousand times must not need a thousand times the memory.
 *
 * <p>Thread rule: one thread after the other.
 */
final class KeptLaunches {
    /** About a hundred megabytes. */
    private static final long MOST_VALUES = 5_000_000;

    private final long mostValues;
    private final Map<CaseKey, List<Launch>> launches = new HashMap<>();
    private long values;
    private long dropped;

    KeptLaunches() {
        this(MOST_VALUES);
    }

    /** @param mostValues how many times of batches are kept before repetitions are dropped */
    KeptLaunches(long mostValues) {
        this.mostValues = mostValues;
    }

    /** Keeps the next launch of a case, or counts it as dropped. */
    void add(CaseKey key, Launch launch) {
        List<Launch> before = launches.computeIfAbsent(key, first -> new ArrayList<>());
        if (!before.isEmpty() && values >= mostValues) {
            dropped++;
            return;
        }
        before.add(launch.numbered(before.size()));
        values += launch.batchNs().size()
                + launch.ranks().stream().map(RankTimes::batchNs).mapToLong(series -> series.size()).sum();
    }

    /** What is kept. */
    SampleSource source() {
        return SampleSource.of(launches);
    }

    /** How many launches are not. */
    long dropped() {
        return dropped;
    }
}
