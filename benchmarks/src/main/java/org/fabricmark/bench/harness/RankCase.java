package org.fabricmark.bench.harness;

import java.util.stream.LongStream;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.collective.Collective;
import org.fabricmark.communicator.Plan;

/**
 * One case on one rank: its call, its loop, and its data. All ranks do the same in the same order; every method but
 * {@link #loop} is collective.
 *
 * <p>Data are written and checked outside of what is timed. A <em>checked call</em> is a single call on fresh values with a
 * poisoned output. Timed calls repeat the same values; out of place, and where a call in place leaves its input as it is, the last
 * one's result is checked too, in all buffers that they rotate through. Other calls in place work on values that they do not
 * change: reductions would overflow.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RankCase implements AutoCloseable {
    private final JobRank rank;
    private final BenchmarkCase subject;
    private final DataPattern pattern;
    private final CaseBuffers buffers;
    private final CacheEviction eviction;
    private final CaseCall call;
    private final CallLoop loop;
    private final double firstUs;
    private final boolean check;
    private final long lateNanos;

    /** Of the timed calls: data of place 0, and calls before them. */
    private long timedData;
    private long timedFrom;
    private long wrong;

    /** Plans the call and makes the first one; collective. */
    RankCase(JobRank rank, BenchmarkCase subject, boolean check) {
        this(rank, subject, check, 0);
    }

    /** As the other one; this rank enters each call {@code lateNanos} late, if that is above 0. */
    RankCase(JobRank rank, BenchmarkCase subject, boolean check, long lateNanos) {
        this.lateNanos = lateNanos;
        this.rank = rank;
        this.subject = subject;
        this.check = check;
        this.pattern = new DataPattern(subject.collective(), subject.type(), subject.op(), subject.ranks());
        this.buffers = new CaseBuffers(rank.buffers(), subject);
        try {
            this.eviction = subject.conditions().buffers() == Buffers.COLD
                    ? new CacheEviction(LastLevelCache.twice())
                    : null;
        } catch (OutOfMemoryError e) {
            buffers.close();
            throw e;
        }
        try {
            long data = rank.nextData();
            if (rank.leads()) {
                rank.control().begin();
            }
            prepare(0, data, subject.root(0)); // the ranks meet
            long start = System.nanoTime();
            this.call = firstCall();
            this.loop = loop(call);
            loop.call();
            long end = System.nanoTime();
            count(0, data, subject.root(0));
            this.firstUs = rank.gather().max((end - start) / 1e3);
            call.planOthers(rank.communicator(), buffers);
        } catch (RuntimeException | Error e) {
            closeMemory(); // plans and windows end with the communicator
            throw e;
        }
    }

    /** With what the first call needs planned. */
    private CaseCall firstCall() {
        if (buffers.staged()) {
            return CaseCall.of(new StagedCalls(rank.communicator(), buffers));
        }
        if (lateNanos > 0) {
            return CaseCall.of(new LateCall(rank.communicator().plan(buffers.request(0, 0)), lateNanos));
        }
        return buffers.places() == 1 && buffers.roots() == 1
                ? CaseCall.of(rank.communicator().plan(buffers.request(0, 0)))
                : CaseCall.of(new RotatedPlans(rank.communicator(), buffers));
    }

    private CallLoop loop(CaseCall each) {
        return subject.conditions().isolated()
                ? new IsolatedLoop(
                        each, rank.communicator(), rank.control(), eviction, subject.conditions().arrival(),
                        rank.seed())
                : new RankLoop(each, buffers.roots(), hasBarrier() ? rank.communicator() : null, rank.control());
    }

    CallLoop loop() {
        return loop;
    }

    /** The loop of a case whose calls are made back to back. */
    RankLoop streaming() {
        return (RankLoop) loop;
    }

    /** How many buffers calls take in turn. */
    int places() {
        return buffers.places();
    }

    /** What is called; null where there is more to a call than one plan. */
    Plan plan() {
        return call.plan();
    }

    /** The first call, planning included, on the slowest rank, in microseconds. */
    double firstUs() {
        return firstUs;
    }

    /** Writes the values of the timed calls: to each place other ones. */
    void beginTimed() {
        timedFrom = loop.calls();
        timedData = rank.nextData();
        for (int place = 0; place < places(); place++) {
            if (changesItsInput()) {
                rank.buffers().prepareNeutral(subject, buffers.place(place), pattern);
            } else {
                // Out of place, roots change nothing in what is written; in place they do not rotate.
                write(place, place == 0 ? timedData : rank.nextData(), subject.root(0));
            }
        }
        rank.gather().meet();
    }

    /** Checks what the last timed call on each place left, if that can be. */
    void endTimed() {
        rank.gather().meet();
        if (!changesItsInput()) {
            // Calls that overlap are not the loop's; they are all on one place.
            long used = places() == 1 ? 1 : Math.min(places(), loop.calls() - timedFrom);
            for (long each = timedFrom; each < timedFrom + used; each++) {
                int place = place(each);
                count(place, timedData + place, rootAtEnd(each));
            }
        }
    }

    /**
     * Whose result is where timed call {@code first}, the first on its place, has left one. All calls on a place had the same
     * data, so a rank has the result of a reduction if it was the root of any of them; of a broadcast all have the last one's.
     */
    private int rootAtEnd(long first) {
        int own = rank.communicator().rank();
        long more = Math.max(0, loop.calls() - 1 - first) / places();
        if (subject.collective() == Collective.REDUCE) {
            boolean been = LongStream.rangeClosed(0, Math.min(more, buffers.roots()))
                    .anyMatch(turn -> subject.root(first + turn * places()) == own);
            return been ? own : subject.root(first);
        }
        return subject.root(first + more * places());
    }

    /** The place that call {@code number} uses. */
    private int place(long number) {
        return (int) (number % places());
    }

    /** Makes one checked call. */
    void checkedCall() {
        checkedCall(loop::call);
    }

    /** Makes one checked call by {@code each}. */
    void checkedCall(Runnable each) {
        if (check) {
            int place = place(loop.calls());
            long data = rank.nextData();
            int root = subject.root(loop.calls());
            prepare(place, data, root);
            each.run();
            count(place, data, root);
        }
    }

    /** Wrong elements of all ranks in all checks so far. */
    long wrong() {
        return rank.gather().sum(wrong);
    }

    @Override
    public void close() {
        try {
            call.close();
        } finally {
            closeMemory();
        }
    }

    private void closeMemory() {
        buffers.close();
        if (eviction != null) {
            eviction.close();
        }
    }

    /**
     * Whether a call is followed by a barrier, within what is timed: one that does not synchronise could be repeated while a
     * slow rank is still far behind. Where the root rotates, ranks wait for each other once in every rotation; a barrier in front
     * of each call makes them wait too.
     */
    boolean hasBarrier() {
        return !subject.conditions().isolated() && !subject.synchronising() && !subject.rotates();
    }

    private boolean changesItsInput() {
        return subject.inPlace() && (!subject.collective().keepsInputInPlace() || subject.rotates());
    }

    /** No rank may write into a peer's output before that is poisoned. */
    private void prepare(int place, long data, int root) {
        write(place, data, root);
        rank.gather().meet();
    }

    private void write(int place, long data, int root) {
        if (subject.collective().movesData()) {
            rank.buffers().prepare(subject, buffers.place(place), pattern, data, root);
        }
    }

    private void count(int place, long data, int root) {
        if (check) {
            wrong += rank.buffers().wrong(subject, buffers.place(place), pattern, data, root);
        }
    }
}
