package org.fabricmark.bench.harness;

import java.util.Optional;
import java.util.OptionalDouble;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.machine.Disturbances;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.CaseResultBuilder;
import org.fabricmark.results.model.Contention;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Flags;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Overlap;
import org.fabricmark.transport.Medium;
import org.fabricmark.transport.RegistrationCounters;

/**
 * Measures one case on one rank. Every rank runs this same code; what depends on a clock is decided by rank 0 and told to the
 * others between rounds.
 *
 * <p>A round is a stretch of timed calls without a meeting in between. A measurement is: probe the exchange, warm up, timed rounds,
 * probe again. If the two probes differ, the machine has changed meanwhile; if an exchange takes longer than any two cores need, it
 * has kept two ranks on one. Then the measurement is repeated.
 *
 * <p>Thread rule: the rank's thread.
 */
final class CaseRun {
    private static final int MOST_MEASUREMENTS = 3;

    /**
     * No two cores of a host take so long to exchange a line, or 8 bytes over a socket: the two ranks have been on one core, though each could
     * have its own.
     */
    private static final double ONE_CORE_NANOS = 2000;

    private static final double ONE_CORE_SOCKET_NANOS = 40_000;
    private static final int LEAST_SAMPLES = 5;
    private static final long WARMUP_ROUND_NANOS = 10_000_000;
    private static final long ROUND_NANOS = 100_000_000;

    /** Shares of a case's time after which warming up and measuring stop; checks and probes need the rest. */
    private static final double WARMUP_SHARE = 0.35;

    private static final double TIMED_SHARE = 0.85;

    /** What measuring overlap takes, as a share of what measuring the call takes. */
    private static final double OVERLAP_SHARE = 0.4;

    /** Calls from this length on are timed one by one: two readings of a clock of 20 ns are then 1 %. */
    private static final double SINGLE_CALL_US = 2;

    /** Shorter calls are timed in batches of this length. */
    private static final double BATCH_US = 10;

    private final JobRank rank;
    private final BenchmarkCase subject;
    private final SweepRequest request;
    private final LimitProbes limits;
    private final long startNanos = System.nanoTime();
    private final long budgetNanos;
    private final long leastWarmupNanos;
    private long warmupCalls;

    /** What rank 0 has measured. */
    record Measured(CaseResult result, CaseNotes notes, Launch launch) {}

    /** Of all ranks together in all timed calls; none where a round has more than calls. */
    private record Costs(long cpuNanos, long allocatedBytes, long calls) {
        private static final Costs UNKNOWN = new Costs(0, 0, 0);
    }

    private record Measurement(
            Samples samples, Costs costs, Regime before, Regime after, double oneCoreNanos, Contention contention) {
        boolean changed() {
            return !before.sameAs(after) || Math.max(before.exchangeNanos(), after.exchangeNanos()) > oneCoreNanos;
        }

        Regime regime() {
            return before.between(after);
        }
    }

    /**
     * @param budgetNanos how long it should take; matters on rank 0
     * @param leastWarmupNanos how long warming up takes even when everything looks steady; matters on rank 0
     */
    CaseRun(
            JobRank rank,
            BenchmarkCase subject,
            SweepRequest request,
            LimitProbes limits,
            long budgetNanos,
            long leastWarmupNanos) {
        this.rank = rank;
        this.subject = subject;
        this.request = request;
        this.limits = limits;
        this.budgetNanos = request.overlap() ? (long) (budgetNanos / (1 + OVERLAP_SHARE)) : budgetNanos;
        this.leastWarmupNanos = leastWarmupNanos;
    }

    /** Collective. @return the numbers, on rank 0 */
    Optional<Measured> run() {
        RegistrationCounters before = registrations();
        try (RankCase calls = new RankCase(rank, subject, request.check())) {
            Measurement measurement = null;
            int measurements = 0;
            do {
                measurement = measure(calls);
                measurements++;
            } while (decided(measurement.changed() && measurements < MOST_MEASUREMENTS));
            calls.checkedCall();
            calls.checkedCall();
            Optional<Overlap> overlap = overlap(calls);
            OptionalDouble memoryNanos = comparable() ? limits.memoryNanos(subject) : OptionalDouble.empty();
            long wrong = calls.wrong();
            RegistrationCounters registered = sum(registrations().since(before));
            if (!rank.leads()) {
                return Optional.empty();
            }
            Regime regime = measurement.regime();
            OptionalDouble trafficNanos = memoryNanos.isPresent()
                    ? OptionalDouble.of(memoryNanos.getAsDouble() + regime.streamNanos())
                    : OptionalDouble.empty();
            CaseLimit limit = new CaseLimit(JobRank.medium(subject), regime.exchangeNanos(), trafficNanos);
            CaseNotes notes = new CaseNotes(
                    measurement.samples.count(),
                    warmupCalls,
                    measurements,
                    calls.hasBarrier(),
                    measurement.samples.rankMediansUs(),
                    measurement.samples.lastPlaces(),
                    limit.bound(),
                    measurement.samples.rankMeansUs(),
                    measurement.samples.slowest(),
                    measurement.samples.average(),
                    calls.places(),
                    registered);
            Launch launch = measurement.samples.launch(measurement.before.exchangeNanos(),
                    measurement.after.exchangeNanos(), calls.firstUs(), measurement.contention);
            return Optional.of(new Measured(
                    result(calls, measurement, limit, wrong, overlap, registered), notes, launch));
        }
    }

    private RegistrationCounters registrations() {
        return rank.communicator().registrations().orElse(RegistrationCounters.NONE);
    }

    /** Of all ranks; collective. */
    private RegistrationCounters sum(RegistrationCounters own) {
        if (rank.communicator().registrations().isEmpty()) { // the same on every rank
            return own;
        }
        long[] values = {own.lookups(), own.hits(), own.registrations(), own.evictions(), own.invalidations(),
            own.refusals(), own.bytes()};
        RegistrationCounters sum = RegistrationCounters.NONE;
        for (long[] each : rank.gather().gather(values, values.length)) {
            sum = sum.plus(
                    new RegistrationCounters(each[0], each[1], each[2], each[3], each[4], each[5], each[6]));
        }
        return sum;
    }

    /** Whether the probes do what the calls do: they find their data in the caches, and begin on all ranks at once. */
    private boolean comparable() {
        return subject.conditions().buffers() == Buffers.SAME && subject.conditions().arrival().none();
    }

    private Regime probe() {
        return Regime.probe(rank, subject, comparable() ? limits.streamNanos(subject) : 0);
    }

    private Measurement measure(RankCase calls) {
        Regime before = probe();
        Optional<Disturbances> disturbances = rank.leads() ? Optional.of(Disturbances.start()) : Optional.empty();
        calls.beginTimed();
        long start = System.nanoTime();
        int batch = warmUp(calls, start);
        // A barrier in front of each call is no part of it.
        Optional<ThreadCosts> costs = ThreadCosts.known() && !subject.conditions().isolated()
                ? Optional.of(new ThreadCosts()) : Optional.empty();
        Samples samples = timed(calls, batch, start, costs);
        calls.endTimed();
        Contention contention = disturbances.map(Disturbances::contention).orElse(Contention.UNKNOWN);
        return new Measurement(samples, costs.map(this::together).orElse(Costs.UNKNOWN), before, probe(),
                oneCoreNanos(), contention);
    }

    /** The exchange from which on two ranks have shared a core against their will. */
    private double oneCoreNanos() {
        if (subject.ranks() > limits.cores()) {
            return Double.POSITIVE_INFINITY;
        }
        return JobRank.medium(subject) == Medium.MEMORY ? ONE_CORE_NANOS : ONE_CORE_SOCKET_NANOS;
    }

    private Costs together(ThreadCosts own) {
        return new Costs(rank.gather().sum(own.cpuNanos()), rank.gather().sum(own.allocatedBytes()), own.calls());
    }

    /** @return calls in a batch; matters on rank 0 */
    private int warmUp(RankCase calls, long start) {
        int batch = calls.loop().batch(request.batch().orElse(1));
        if (request.warmupIterations().isPresent()) {
            int wanted = request.warmupIterations().getAsInt();
            if (subject.conditions().isolated()) {
                return isolatedWarmUp(calls, wanted);
            }
            Samples samples = new Samples(subject.ranks(), Math.max(1, calls.loop().batch(wanted)));
            if (wanted > 0) {
                round(calls, calls.loop().batch(wanted), 1, 1, 0, samples);
                warmupCalls += calls.loop().batch(wanted);
            }
            return request.batch().isPresent() || wanted == 0 ? batch : calls.loop().batch(batchFor(samples));
        }
        SteadyState steady = new SteadyState();
        long earliest = startNanos + leastWarmupNanos;
        long until = Math.max(share(start, WARMUP_SHARE), earliest);
        while (decided(goesOn(steady, earliest, until))) {
            Samples samples = new Samples(subject.ranks(), batch);
            round(calls, batch, 1, calls.loop().mostBatches(), System.nanoTime() + WARMUP_ROUND_NANOS, samples);
            long compiled = rank.gather().sum(JustInTime.millis()); // of all processes
            if (rank.leads()) {
                warmupCalls += samples.count() * batch;
                steady.add(samples.medianUs(), compiled);
                batch = request.batch().isPresent() ? batch : calls.loop().batch(batchFor(samples));
            }
        }
        return batch;
    }

    /** As many calls as asked for, one by one. @return calls in a batch */
    private int isolatedWarmUp(RankCase calls, int wanted) {
        for (int left = wanted; left > 0;) {
            int now = Math.min(left, calls.loop().mostBatches());
            round(calls, 1, now, now, 0, new Samples(subject.ranks(), 1));
            left -= now;
        }
        warmupCalls += wanted;
        return 1;
    }

    private static boolean goesOn(SteadyState steady, long earliest, long until) {
        long now = System.nanoTime();
        return now < until && !(steady.reached() && now >= earliest);
    }

    private Samples timed(RankCase calls, int leadersBatch, long start, Optional<ThreadCosts> costs) {
        int batch = (int) rank.gather().fromLeader(leadersBatch);
        Samples samples = new Samples(subject.ranks(), batch);
        // When cold code has used up the share, half of it is still measured.
        long until = Math.max(share(start, TIMED_SHARE), System.nanoTime() + budgetNanos / 2);
        int wanted = request.iterations().orElse(Integer.MAX_VALUE);
        boolean open = request.iterations().isEmpty();
        while (decided(samples.count() < (open ? LEAST_SAMPLES : wanted) || open && System.nanoTime() < until)) {
            int most = (int) Math.min(calls.loop().mostBatches(), wanted - samples.count());
            int least = open ? 1 : most;
            round(calls, batch, least, most, Math.min(until, System.nanoTime() + ROUND_NANOS), samples, costs);
        }
        return samples;
    }

    private void round(RankCase calls, int batch, int least, int most, long untilNanos, Samples into) {
        round(calls, batch, least, most, untilNanos, into, Optional.empty());
    }

    /** Timed calls without a meeting; arguments but {@code into} and {@code costs} matter on rank 0. */
    private void round(RankCase calls, int batch, int least, int most, long untilNanos, Samples into,
            Optional<ThreadCosts> costs) {
        long agreed = rank.gather().fromLeader(batch);
        long[] readings = rank.readings();
        costs.ifPresent(sum -> sum.begin(calls.loop().calls()));
        int count = rank.leads()
                ? calls.loop().lead(agreed, least, most, untilNanos, readings)
                : calls.loop().follow(agreed, readings);
        costs.ifPresent(sum -> sum.end(calls.loop().calls()));
        long[][] all = rank.gather().gather(readings, count);
        if (rank.leads()) {
            calls.loop().addTo(into, all);
        }
    }

    private long share(long start, double share) {
        long left = Math.max(budgetNanos / MOST_MEASUREMENTS, budgetNanos - (start - startNanos));
        return start + (long) (left * share);
    }

    private boolean decided(boolean leadersDecision) {
        return rank.gather().fromLeader(leadersDecision ? 1 : 0) == 1;
    }

    private static int batchFor(Samples samples) {
        double us = samples.medianUs();
        return us >= SINGLE_CALL_US ? 1 : (int) Math.ceil(BATCH_US / Math.max(us, 0.001));
    }

    /**
     * Of calls that do nothing but execute one plan, back to back, and where each rank has a core: elsewhere a rank that computes
     * takes it from those that it waits for.
     */
    private Optional<Overlap> overlap(RankCase calls) {
        boolean plain = calls.plan() != null && !subject.conditions().isolated();
        return request.overlap() && plain && subject.ranks() > 1 && subject.ranks() <= limits.cores()
                ? Optional.of(new OverlapRun(rank, calls).measure((long) (budgetNanos * OVERLAP_SHARE)))
                : Optional.empty();
    }

    private CaseResult result(
            RankCase calls, Measurement measurement, CaseLimit limit, long wrong, Optional<Overlap> overlap,
            RegistrationCounters registered) {
        Samples samples = measurement.samples;
        double us = samples.medianUs();
        CaseResultBuilder result = CaseResult.builder(
                subject.key(), subject.count(), samples.count() * samples.batch(), samples.batch())
                .algorithmSelected(subject.ran())
                .timeUs(us)
                .minUs(samples.minUs())
                .percentilesUs(samples.count(), samples.percentileUs(50), samples.percentileUs(99))
                .maxUs(samples.maxUs())
                .skewUs(samples.skewUs())
                .firstUs(calls.firstUs())
                .flags(flags(measurement));
        if (subject.collective().movesData() && us > 0) {
            double rate = subject.bytes() / us / 1e3;
            result.algbwGBs(rate).busbwGBs(rate * subject.collective().busFactor(subject.ranks()));
        }
        limit.us().ifPresent(result::limitUs);
        if (subject.ranks() > 1) {
            Regime regime = measurement.regime();
            result.exchangeNs(regime.exchangeNanos()).lineNs(regime.lineNanos());
        }
        Costs costs = measurement.costs;
        if (costs.calls > 0) {
            result.cpuUs(costs.cpuNanos / 1e3 / costs.calls)
                    .allocatedBytes((double) costs.allocatedBytes / costs.calls);
        }
        if (request.check()) {
            result.wrong(wrong);
        }
        if (registered.lookups() > 0) {
            result.hitRate(registered.hitRate());
        }
        overlap.ifPresent(result::overlap);
        return result.build();
    }

    private Flags flags(Measurement measurement) {
        Flags flags = subject.ranks() > limits.cores() ? Flags.of(Flag.OVERSUBSCRIBED) : Flags.NONE;
        flags = subject.misalignment() > 0 && subject.collective().movesData() ? flags.with(Flag.UNALIGNED) : flags;
        return measurement.changed() ? flags.with(Flag.MACHINE_CHANGED) : flags;
    }
}
