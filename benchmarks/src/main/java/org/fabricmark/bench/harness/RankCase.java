package org.fabricmark.bench.harness;

import java.util.List;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.collective.Collective;
import org.fabricmark.communicator.Plan;

/**
 * One case on one rank: its plan, its loop, and its data. All ranks do the same in the same order; every method but
 * {@link #loop} is collective.
 *
 * <p>Data are written and checked outside of what is timed. A <em>checked call</em> is a single call on fresh values with a
 * poisoned output. Timed calls repeat the same values; out of place, and where a call in place leaves its input as it is, the last
 * one's result is checked too. Other calls in place work on values that they do not change: reductions would overflow.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RankCase implements AutoCloseable {
    private final JobRank rank;
    private final BenchmarkCase subject;
    private final DataPattern pattern;

    /** Called in turn: one, or one for each root. */
    private final List<Plan> plans;

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
        prepare(data, subject.root(0));
        long start = System.nanoTime();
        this.plans = rank.buffers().requests(subject).stream().map(rank.communicator()::plan).toList();
        this.loop = new RankLoop(plans, needsBarrier(subject) ? rank.communicator() : null, rank.control());
        loop.call();
        long end = System.nanoTime();
        count(data, subject.root(0));
        this.firstUs = rank.gather().max((end - start) / 1e3);
    }

    RankLoop loop() {
        return loop;
    }

    /** What is called. */
    Plan plan() {
        return plans.getFirst();
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
            prepare(timedData, subject.root(loop.calls()));
        }
    }

    /** Checks what the last timed call left, if that can be. */
    void endTimed() {
        rank.gather().meet();
        if (!changesItsInput()) {
            // A rotating root has been on every rank by now, and all calls had the same data.
            boolean ownResult = subject.rotates() && subject.collective() == Collective.REDUCE;
            count(timedData, ownResult ? rank.communicator().rank() : subject.root(loop.calls() - 1));
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
            int root = subject.root(loop.calls());
            prepare(data, root);
            call.run();
            count(data, root);
        }
    }

    /** Wrong elements of all ranks in all checks so far. */
    long wrong() {
        return rank.gather().sum(wrong);
    }

    @Override
    public void close() {
        plans.forEach(Plan::close);
    }

    /**
     * Whether a call is followed by a barrier, within what is timed: one that does not synchronise could be repeated while a
     * slow rank is still far behind. Where the root rotates, ranks wait for each other once in every rotation.
     */
    static boolean needsBarrier(BenchmarkCase subject) {
        return !subject.synchronising() && !subject.rotates();
    }

    private boolean changesItsInput() {
        return subject.inPlace() && (!subject.collective().keepsInputInPlace() || subject.rotates());
    }

    /** No rank may write into a peer's output before that is poisoned. */
    private void prepare(long data, int root) {
        if (subject.collective().movesData()) {
            rank.buffers().prepare(subject, pattern, data, root);
        }
        rank.gather().meet();
    }

    private void count(long data, int root) {
        if (check) {
            wrong += rank.buffers().wrong(subject, pattern, data, root);
        }
    }
}
