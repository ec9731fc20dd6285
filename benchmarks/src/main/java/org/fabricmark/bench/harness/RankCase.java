package org.fabricmark.bench.harness;

import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.communicator.Plan;

/**
 * One case on one rank: its plan, its loop, and its data. All ranks do the same in the same order; every method but
 * {@link #loop} is collective.
 *
 * <p>Data are written and checked outside of what is timed. A <em>checked call</em> is a single call on fresh values with a
 * poisoned output. Timed calls repeat the same values; out of place, and where a call in place leaves its input as it is, the last
 * one's result is checked too. Reductions in place work on values that they do not change, or they would overflow.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RankCase implements AutoCloseable {
    private final JobRank rank;
    private final BenchmarkCase subject;
    private final DataPattern pattern;
    private final Plan plan;
    private final RankLoop loop;
    private final double firstUs;
    private final boolean check;
    private long timedData;
    private long wrong;

    /** Plans the call and makes the first one; collective. */
    RankCase(JobRank rank, BenchmarkCase subject, boolean check) {
        this.rank = rank;
        this.subject = subject;
        this.check = check;
        this.pattern = new DataPattern(subject.collective(), subject.type(), subject.op(), subject.ranks());
        long data = rank.nextData();
        prepare(data);
        long start = System.nanoTime();
        this.plan = rank.communicator().plan(rank.buffers().request(subject));
        this.loop = new RankLoop(plan, subject.synchronising() ? null : rank.communicator(), rank.control());
        loop.call();
        long end = System.nanoTime();
        count(data);
        this.firstUs = rank.gather().max((end - start) / 1e3);
    }

    RankLoop loop() {
        return loop;
    }

    /** What is called. */
    Plan plan() {
        return plan;
    }

    /** The first call, planning included, on the slowest rank, in microseconds. */
    double firstUs() {
        return firstUs;
    }

    /** Writes the values of the timed calls. */
    void beginTimed() {
        timedData = rank.nextData();
        if (changesItsInput()) {
            rank.buffers().prepareNeutral(subject, pattern);
            rank.gather().meet();
        } else {
            prepare(timedData);
        }
    }

    /** Checks what the last timed call left, if that can be. */
    void endTimed() {
        rank.gather().meet();
        if (!changesItsInput()) {
            count(timedData);
        }
    }

    /** Makes one checked call. */
    void checkedCall() {
        checkedCall(loop::call);
    }

    /** Makes one checked call of the plan by {@code call}. */
    void checkedCall(Runnable call) {
        if (check) {
            long data = rank.nextData();
            prepare(data);
            call.run();
            count(data);
        }
    }

    /** Wrong elements of all ranks in all checks so far. */
    long wrong() {
        return rank.gather().sum(wrong);
    }

    @Override
    public void close() {
        plan.close();
    }

    private boolean changesItsInput() {
        return subject.inPlace() && subject.collective().reduces();
    }

    /** No rank may write into a peer's output before that is poisoned. */
    private void prepare(long data) {
        if (subject.collective().movesData()) {
            rank.buffers().prepare(subject, pattern, data);
        }
        rank.gather().meet();
    }

    private void count(long data) {
        if (check) {
            wrong += rank.buffers().wrong(subject, pattern, data);
        }
    }
}
