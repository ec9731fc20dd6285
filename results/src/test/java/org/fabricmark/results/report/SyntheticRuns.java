package org.fabricmark.results.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Flags;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.Series;
import org.fabricmark.results.model.StoredRun;

/**
 * Runs for tests of reports: times of a latency, a bandwidth and seeded noise, shaped like real ones, of any number of cells.
 * The same seed gives the same run.
 */
final class SyntheticRuns {
    private static final List<String> COLLECTIVES = List.of("all-reduce", "all-gather");
    private static final Map<String, List<String>> ALGORITHMS = Map.of("all-reduce", List.of("ring", "two-shot"),
            "all-gather", List.of("ring", "direct"));
    private static final List<String> TRANSPORTS = List.of("shm", "netty?io=epoll");
    private static final List<String> TYPES = List.of("float", "double", "int32", "int64", "float16", "bfloat16");
    private static final List<String> BUFFERS = List.of("same", "rotate", "cold");
    private static final int MOST_RANKS = 5;
    private static final int SIZES = 25;
    private static final int LAUNCHES = 2;
    private static final int BATCHES = 120;

    private final SplittableRandom random;
    private final double slowdown;
    private final List<CaseResult> cells = new ArrayList<>();
    private final Map<CaseKey, List<Launch>> samples = new LinkedHashMap<>();

    private SyntheticRuns(long seed, double slowdown) {
        random = new SplittableRandom(seed);
        this.slowdown = slowdown;
    }

    /** A run of {@code count} cells whose calls take {@code slowdown} times as long as those of a run with 1. */
    static StoredRun of(String name, int count, long seed, double slowdown) {
        SyntheticRuns runs = new SyntheticRuns(seed, slowdown);
        for (String type : TYPES) {
            for (int ranks = 2; ranks <= MOST_RANKS; ranks++) {
                for (boolean inPlace : new boolean[] {false, true}) {
                    for (String buffers : BUFFERS) {
                        runs.sweep(CaseKey.builder("any").transport("any").type(type).ranks(ranks).inPlace(inPlace)
                                .buffers(buffers), count);
                    }
                }
            }
        }
        if (runs.cells.size() != count) {
            throw new IllegalArgumentException(count + " cells are more than there are combinations");
        }
        Run run = Run.of(Instant.parse("2026-11-23T08:42:00Z").plusSeconds(seed), List.of("perf", "--sizes", "8-128M"),
                seed, Samples.ENVIRONMENT, Optional.of(Samples.MACHINE), runs.cells);
        return StoredRun.of(name, run, runs.samples);
    }

    private void sweep(CaseKey.Builder conditions, int count) {
        for (String collective : COLLECTIVES) {
            conditions.put(CasePart.COLLECTIVE, collective).op(collective.equals("all-reduce") ? "sum" : "none");
            for (String transport : TRANSPORTS) {
                for (String algorithm : ALGORITHMS.get(collective)) {
                    for (int power = 3; power < 3 + SIZES && cells.size() < count; power++) {
                        cell(conditions.algorithm(algorithm).transport(transport).bytes(1L << power).build());
                    }
                }
            }
        }
    }

    private void cell(CaseKey key) {
        boolean sockets = !key.transport().name().equals("shm");
        boolean direct = !key.algorithm().equals("ring");
        int ranks = key.ranks();
        double exchangeNs = cells.size() / 40 % 2 == 0 ? 52 : 140;
        double factor = (key.collective().equals("all-reduce") ? 2.0 : 1.0) * (ranks - 1) / ranks;
        double latency = (sockets ? 14 : 0.12 * exchangeNs / 52) * (direct ? 1 : 1.6 * (ranks - 1));
        double rate = (sockets ? 2.2 : 14) * (direct ? 0.8 : 1.0); // GB/s
        double base = slowdown * (latency + key.bytes() * factor / rate / 1e3);
        long batch = Math.max(1, (long) (20 / base));
        List<Launch> launches = new ArrayList<>();
        for (int number = 0; number < LAUNCHES; number++) {
            launches.add(launch(number, batch, base * (1 + 0.02 * random.nextDouble()), ranks, exchangeNs));
        }
        samples.put(key, launches);
        double time = (launches.getFirst().medianUs() + launches.getLast().medianUs()) / 2;
        double algbw = key.bytes() / time / 1e3;
        double limit = (sockets ? 9 : exchangeNs / 1e3) + key.bytes() * factor / (sockets ? 3.5 : 20) / 1e3;
        cells.add(CaseResult.builder(key, key.bytes() / 4, LAUNCHES * BATCHES * batch, batch).timeUs(time)
                .minUs(base)
                .percentilesUs(LAUNCHES * BATCHES, launches.getFirst().timesUs().quantile(0.5).orElseThrow(),
                        launches.getFirst().timesUs().quantile(0.99).orElseThrow())
                .maxUs(time * 4).skewUs(time / 9).firstUs(time * 30).algbwGBs(algbw).busbwGBs(algbw * factor)
                .limitUs(limit).exchangeNs(exchangeNs)
                .flags(ranks > 2 ? Flags.of(Flag.OVERSUBSCRIBED)
                        : cells.size() % 40 == 39 ? Flags.of(Flag.MACHINE_CHANGED) : Flags.NONE)
                .wrong(0).build());
    }

    private Launch launch(int number, long batch, double us, int ranks, double exchangeNs) {
        double[] slowest = new double[BATCHES];
        double[][] byRank = new double[ranks][BATCHES];
        for (int i = 0; i < BATCHES; i++) {
            double noise = 1 + 0.08 * random.nextDouble() + (random.nextInt(50) == 0 ? random.nextDouble() * 2 : 0);
            slowest[i] = us * noise * 1e3 * batch;
            int last = random.nextInt(10) < 7 ? ranks - 1 : random.nextInt(ranks);
            for (int rank = 0; rank < ranks; rank++) {
                byRank[rank][i] = rank == last ? slowest[i] : slowest[i] * (0.9 + 0.09 * random.nextDouble());
            }
        }
        Series[] ranked = new Series[ranks];
        for (int rank = 0; rank < ranks; rank++) {
            ranked[rank] = Series.of(byRank[rank]);
        }
        return Launch.of(number, batch, Series.of(slowest)).withRankNs(ranked)
                .withExchangeNs(exchangeNs * (1 + 0.05 * random.nextDouble()),
                        exchangeNs * (1 + 0.05 * random.nextDouble()));
    }
}
