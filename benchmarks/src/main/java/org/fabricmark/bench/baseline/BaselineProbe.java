package org.fabricmark.bench.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;
import org.fabricmark.results.model.MachineLimits;
import org.fabricmark.results.model.MachineLimitsBuilder;
import org.fabricmark.transport.TransportSpec;

/**
 * Probes a machine in some seconds, with as many threads as there are cores, at most two: the threads are ranks of a job over
 * shared memory, so that they touch the kind of memory that collective calls do.
 *
 * <p>Thread rule: one thread runs it; progress is told on a rank's thread.
 */
public final class BaselineProbe {
    private static final int THREADS = 2;
    private static final long SMALLEST = 16 * 1024;
    private static final int STEP = 4;

    /** Patterns (k, m): copy, copy to two, reduce two, reduce two to two. */
    private static final int[][] PATTERNS = {{1, 1}, {1, 2}, {2, 1}, {2, 2}};

    private static final TransportSpec TRANSPORT = TransportSpec.parse("shm");
    private static final int CALLS = 200_000;
    private static final int REPEATS = 5;
    private static final long ALIGNMENT = 128;
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final int threads = Math.min(THREADS, Runtime.getRuntime().availableProcessors());
    private final Consumer<String> progress;
    private final long largest;

    /**
     * @param largestWorkingSet bytes of shared memory that it may use
     * @param progress hears, in a few words, what is being probed
     */
    public BaselineProbe(long largestWorkingSet, Consumer<String> progress) {
        this.largest = largestWorkingSet;
        this.progress = progress;
    }

    /**
     * Probes everything.
     *
     * @throws org.fabricmark.transport.FabricException when shared memory is short, or the thread is interrupted
     */
    public Baseline run() {
        MachineLimitsBuilder limits = MachineLimits.builder();
        progress.accept("clock");
        limits.clockNs(clockNanos());
        progress.accept("empty schedule");
        ThreadRanks.run(Job.create(1, TRANSPORT), alone -> limits.emptyScheduleNs(emptyScheduleNanos(alone)));
        progress.accept("wake-up and yield");
        limits.futexWakeUs(SwitchProbes.wakeMicros());
        limits.yieldSwitchUs(SwitchProbes.yieldMicros());
        SocketProbes.run(limits, progress);
        List<Double> exchanges = new ArrayList<>();
        List<PatternRate> rates = new ArrayList<>();
        OptionalDouble roundTrip = probeTogether(exchanges, rates);
        if (!exchanges.isEmpty()) {
            limits.exchangeNs(median(exchanges));
        }
        roundTrip.ifPresent(limits::roundTripNs);
        limits.copyGBs(Baseline.byWorkingSet(rates, 1, 1, threads));
        limits.reduceGBs(Baseline.byWorkingSet(rates, 2, 1, threads));
        return new Baseline(limits.build(), exchanges, rates);
    }

    private static double clockNanos() {
        double best = Double.POSITIVE_INFINITY;
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            long start = System.nanoTime();
            long last = start;
            for (int i = 0; i < CALLS; i++) {
                last = System.nanoTime();
            }
            best = Math.min(best, (double) (last - start) / CALLS);
        }
        return best;
    }

    /** A call in place on a single rank: its schedule has no steps. */
    private static double emptyScheduleNanos(Communicator alone) {
        Window window = alone.allocate(ALIGNMENT);
        PlanRequest request = PlanRequest.of(
                Algorithms.of(Collective.ALL_REDUCE).getFirst(),
                DataType.FLOAT,
                ReduceOp.SUM,
                1,
                window.at(0),
                window.at(0));
        double best = Double.POSITIVE_INFINITY;
        try (Plan plan = alone.plan(request)) {
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                long start = System.nanoTime();
                for (int i = 0; i < CALLS; i++) {
                    plan.execute();
                }
                best = Math.min(best, (double) (System.nanoTime() - start) / CALLS);
            }
        }
        return best;
    }

    /** @return the time of a round trip, where there are two cores */
    private OptionalDouble probeTogether(List<Double> exchanges, List<PatternRate> rates) {
        double[] results = new double[threads];
        double[] roundTrip = {Double.NaN};
        long[] addresses = new long[threads];
        ThreadRanks.run(Job.create(threads, TRANSPORT), communicator -> {
            int rank = communicator.rank();
            // Each thread has half, and takes what it needs from its beginning.
            Window window = communicator.allocate(largest / threads + 64 * ALIGNMENT);
            addresses[rank] = window.address();
            Window lines = communicator.allocate((long) ExchangeProbe.LINES * SharedLines.SPACING);
            ExchangeProbe exchange = threads == THREADS ? probe(lines, rank) : null;
            window.segment().fill((byte) 1);
            communicator.barrier();
            warmUp(communicator, addresses, results);
            for (long set = SMALLEST; set <= largest; set *= STEP) {
                if (exchange != null) {
                    exchange(communicator, exchange, exchanges);
                }
                if (rank == 0) {
                    progress.accept("memory, working set " + set / 1024 + " KiB");
                }
                for (int[] pattern : PATTERNS) {
                    for (int active = 1; active <= threads; active++) {
                        double gbs = rate(communicator, addresses, results, pattern, active, set);
                        if (rank == 0) {
                            rates.add(new PatternRate(pattern[0], pattern[1], active, set, gbs));
                        }
                    }
                }
            }
            if (exchange != null) {
                exchange(communicator, exchange, exchanges);
                double nanos = exchange.roundTrip(ExchangeProbe.NANOS);
                roundTrip[0] = rank == 0 ? nanos : roundTrip[0];
            }
        });
        return Double.isNaN(roundTrip[0]) ? OptionalDouble.empty() : OptionalDouble.of(roundTrip[0]);
    }

    /** The other side is a thread of this process, and is interrupted when this one fails. */
    private static ExchangeProbe probe(Window lines, int rank) {
        long first = lines.directAddress(0).orElseThrow();
        return new ExchangeProbe(new SharedLines(first), 0, rank, waitedNanos -> {
            if (waitedNanos > PATIENCE_NANOS) {
                throw new IllegalStateException("the other side of the probe does not answer");
            }
        });
    }

    /** Lets the compiler see all loops before any of them is measured. */
    private void warmUp(Communicator communicator, long[] addresses, double[] results) {
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            for (int[] pattern : PATTERNS) {
                rate(communicator, addresses, results, pattern, threads, SMALLEST);
            }
        }
    }

    private static void exchange(Communicator communicator, ExchangeProbe probe, List<Double> exchanges) {
        communicator.barrier();
        double nanos = probe.exchange(ExchangeProbe.NANOS);
        if (communicator.rank() == 0) {
            exchanges.add(nanos);
        }
    }

    /** GB/s of {@code active} threads, on rank 0; the barriers order the threads' use of {@code results}. */
    private double rate(
            Communicator communicator, long[] addresses, double[] results, int[] pattern, int active, long set) {
        int operands = pattern[0] + pattern[1];
        long bytes = set / active / operands & -ALIGNMENT;
        long[][] sources = new long[active][pattern[0]];
        long[][] destinations = new long[active][pattern[1]];
        for (int piece = 0; piece < active; piece++) {
            // With one thread, operands alternate between both threads' memory, so that the whole set fits.
            for (int operand = 0; operand < operands; operand++) {
                int owner = active == 1 ? operand % threads : piece;
                int place = active == 1 ? operand / threads : operand;
                long address = addresses[owner] + place * (bytes + ALIGNMENT);
                if (operand < pattern[0]) {
                    sources[piece][operand] = address;
                } else {
                    destinations[piece][operand - pattern[0]] = address;
                }
            }
        }
        Traffic traffic = Traffic.independent(DataType.FLOAT.bytes(), bytes, sources, destinations);
        ReduceOp op = pattern[0] == 1 ? null : ReduceOp.MAX;
        communicator.barrier();
        int rank = communicator.rank();
        if (rank < active) {
            results[rank] = new TrafficProbe(traffic, DataType.FLOAT, op, rank, active).passNanos();
        }
        communicator.barrier();
        double slowest = 0;
        for (int thread = 0; thread < active; thread++) {
            slowest = Math.max(slowest, results[thread]);
        }
        communicator.barrier();
        return traffic.bytes() / slowest;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
