package org.fabricmark.bench.harness;

import java.util.Arrays;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.Request;
import org.fabricmark.results.model.Overlap;

/**
 * Measures how much of a case's call a rank can compute in, as OSU's benchmarks of non-blocking collectives do: the pure call
 * (started and awaited at once), a computation of about that length by itself, and the call started, the computation with tests in
 * between, the call awaited. What the last takes beyond the computation is what was not hidden.
 *
 * <p>The computation is a chain of multiplications in registers, so that it competes with the call for the core and not for
 * memory. It is counted in links of the chain: each rank makes the same number, which keeps the clock out of the loop. The
 * three are measured in turn, round by round, so that they see the same machine.
 *
 * <p>Thread rule: the rank's thread; collective.
 */
final class OverlapRun {
    /** What each of the three takes in a round. */
    private static final double PART_NANOS = 1_500_000;

    private static final int LEAST_CALLS = 3;
    private static final int LEAST_ROUNDS = 6;
    private static final int MOST_ROUNDS = 1000;

    /** The first rounds, a third of all, warm up. */
    private static final int WARMUP_PART = 3;

    /** Computing between two tests, if that makes no more tests than {@value #MOST_TESTS}. */
    private static final double TEST_EVERY_NANOS = 1000;

    private static final int MOST_TESTS = 64;
    private static final long CALIBRATION_LINKS = 200_000;

    private final JobRank rank;
    private final RankCase calls;
    private final Plan plan;

    /** The end of the chain so far: it is kept, so that no link can be left out. */
    private long chain = 1;

    /** What happens between start and await. */
    private enum Part {
        PURE,
        COMPUTE,
        TOTAL
    }

    /** @param links of the chain in each call; {@code pieces} with a test behind each but the last */
    private record Work(int calls, long links, int pieces) {
        static Work of(double pureNanos, double linkNanos) {
            int calls = (int) Math.clamp(PART_NANOS / pureNanos, LEAST_CALLS, Integer.MAX_VALUE);
            int pieces = (int) Math.clamp(pureNanos / TEST_EVERY_NANOS, 2, MOST_TESTS + 1);
            return new Work(calls, Math.max(pieces, Math.round(pureNanos / linkNanos)), pieces);
        }
    }

    OverlapRun(JobRank rank, RankCase calls) {
        this.rank = rank;
        this.calls = calls;
        this.plan = calls.plan();
    }

    /**
     * Measures for about {@code nanos}, and checks the data of the calls.
     *
     * @param nanos matters on rank 0
     */
    Overlap measure(long nanos) {
        long until = System.nanoTime() + nanos;
        double[][] times = new double[Part.values().length][MOST_ROUNDS];
        calls.beginTimed();
        double pure = time(Part.PURE, new Work(LEAST_CALLS, 0, 1));
        double link = 0;
        int rounds = 0;
        do {
            link = link == 0 || rounds < LEAST_ROUNDS ? linkNanos() : link; // until it is compiled
            Work work = Work.of(pure, link);
            for (Part part : Part.values()) {
                times[part.ordinal()][rounds] = time(part, work);
            }
            pure = times[Part.PURE.ordinal()][rounds];
            rounds++;
        } while (rank.gather().fromLeader(goesOn(rounds, until) ? 1 : 0) == 1);
        calls.endTimed();
        Work last = Work.of(pure, link);
        calls.checkedCall(() -> total(last));
        return new Overlap(
                medianUs(times[Part.PURE.ordinal()], rounds),
                medianUs(times[Part.COMPUTE.ordinal()], rounds),
                medianUs(times[Part.TOTAL.ordinal()], rounds));
    }

    private static boolean goesOn(int rounds, long until) {
        return rounds < LEAST_ROUNDS || rounds < MOST_ROUNDS && System.nanoTime() < until;
    }

    /** Nanoseconds of one part of a call on the slowest rank, the same number on every rank. */
    private double time(Part part, Work work) {
        rank.gather().meet();
        long start = System.nanoTime();
        for (int i = 0; i < work.calls; i++) {
            switch (part) {
                case PURE -> plan.start().await();
                case COMPUTE -> compute(work.links);
                case TOTAL -> total(work);
            }
        }
        long end = System.nanoTime();
        return rank.gather().max(Math.max(1, end - start) / (double) work.calls);
    }

    private void total(Work work) {
        Request request = plan.start();
        long piece = work.links / work.pieces;
        for (int i = 1; i < work.pieces; i++) {
            compute(piece);
            request.test();
        }
        compute(work.links - piece * (work.pieces - 1));
        request.await();
    }

    private void compute(long links) {
        long value = chain;
        for (long i = 0; i < links; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        chain = value;
    }

    private double linkNanos() {
        return time(Part.COMPUTE, new Work(1, CALIBRATION_LINKS, 1)) / CALIBRATION_LINKS;
    }

    private static double medianUs(double[] nanos, int rounds) {
        double[] kept = Arrays.copyOfRange(nanos, rounds / WARMUP_PART, rounds);
        Arrays.sort(kept);
        return kept[kept.length / 2] / 1e3;
    }
}
