package org.fabricmark.results.compare;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.Series;
import org.fabricmark.results.model.StoredRun;

/** Makes runs for tests, cell by cell. */
final class Runs {
    private final String name;
    private final List<CaseResult> results = new ArrayList<>();
    private final Map<CaseKey, List<Launch>> samples = new LinkedHashMap<>();
    private Environment environment = Environment.UNKNOWN;

    private Runs(String name) {
        this.name = name;
    }

    static Runs named(String name) {
        return new Runs(name);
    }

    static CaseKey.Builder key(String transport, String algorithm, long bytes) {
        return CaseKey.builder("all-reduce").algorithm(algorithm).transport(transport).inPlace(false).bytes(bytes);
    }

    Runs in(Environment surroundings) {
        environment = surroundings;
        return this;
    }

    /** A cell without samples. */
    Runs cell(CaseKey.Builder key, double timeUs) {
        return cell(key, timeUs, UnaryOperator.identity());
    }

    Runs cell(CaseKey.Builder key, double timeUs, UnaryOperator<CaseResultBuilder> more) {
        CaseKey built = key.build();
        results.add(more.apply(CaseResult.builder(built, 1, 100, 1).timeUs(timeUs)
                .algorithmSelected(built.algorithm().equals("auto") ? "ring" : built.algorithm())).build());
        return this;
    }

    /** A cell with these medians of launches, in microseconds; its time is the median of them. */
    Runs launches(CaseKey.Builder key, double... mediansUs) {
        return launches(key, UnaryOperator.identity(), mediansUs);
    }

    Runs launches(CaseKey.Builder key, UnaryOperator<CaseResultBuilder> more, double... mediansUs) {
        double[] sorted = DoubleStream.of(mediansUs).sorted().toArray();
        double time = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        List<Launch> launches = new ArrayList<>();
        for (double median : mediansUs) {
            double ns = median * 1e3;
            launches.add(Launch.of(launches.size(), 1, Series.of(ns * 0.99, ns, ns * 1.02)));
        }
        samples.put(key.build(), launches);
        return cell(key, time, more);
    }

    /** A cell of one launch with these batches, in microseconds. */
    Runs batches(CaseKey.Builder key, double... batchesUs) {
        Launch launch = Launch.of(0, 1, Series.of(DoubleStream.of(batchesUs).map(us -> us * 1e3).toArray()));
        samples.put(key.build(), List.of(launch));
        return cell(key, launch.medianUs());
    }

    StoredRun run() {
        return StoredRun.of(name, Run.of(Instant.EPOCH, List.of("perf", name), 1, environment, Optional.empty(),
                results), samples);
    }
}
