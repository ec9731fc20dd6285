package org.fabricmark.bench.harness;

import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;

/**
 * One case on one rank: its plan, its loop, and its data. All ranks do the same in the same order; every method but
 * {@link #loop} is collective.
 *
 * <p>Data are written and checked outside of what is timed. A <em>checked call</em> is a single call on fresh values with a
 * poisoned output. Timed calls repeat the same values; out of place, and where a call in place leaves its input as it is, the last
 * one's result is checked too, in all buffers that they rotate through. Reductions in place work on values that they do not
 * change, or they would overflow.
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

    /** Of the timed calls: data of place 0, calls before them, and the place of the first. */
    private long timedData;
    private long timedFrom;
    private int timedPlace;
    private long wrong;

    /** Plans the call and makes the first one; collective. */
    RankCase(JobRank rank, BenchmarkCase subject, boolean check) {
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
            prepare(0, data);
            long start = System.nanoTime();
            RotatedPlans rotated = rotates() ? new RotatedPlans(rank.communicator(), buffers) : null;
            this.call = rotated == null ? singleCall() : CaseCall.of(rotated);
            this.loop = loop(call);
            loop.call();
            long end = System.nanoTime();
            count(0, data);
            this.firstUs = rank.gather().max((end - start) / 1e3);
            if (rotated != null) {
                rotated.planOthers(rank.communicator(), buffers);
            }
        } catch (RuntimeException | Error e) {
            closeMemory(); // plans and windows end with the communicator
            throw e;
        }
    }

    /** Whether each place has a plan; private buffers that rotate share one. */
    private boolean rotates() {
        return !buffers.staged() && buffers.places() > 1;
    }

    private CaseCall singleCall() {
        return buffers.staged()
                ? CaseCall.of(new StagedCalls(rank.communicator(), buffers))
                : CaseCall.of(rank.communicator().plan(buffers.request(0)));
    }

    private CallLoop loop(CaseCall each) {
        return subject.conditions().isolated()
                ? new IsolatedLoop(
                        each, rank.communicator(), rank.control(), eviction, subject.conditions().arrival(),
                        rank.seed())
                : new RankLoop(each, subject.synchronising() ? null : rank.communicator(), rank.control());
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

    /** The first call, planning included, on the slowest rank, in microseconds. */
    double firstUs() {
        return firstUs;
    }

    /** Writes the values of the timed calls: to each place other ones. */
    void beginTimed() {
        timedFrom = loop.calls();
        timedPlace = call.next();
        timedData = rank.nextData();
        for (int place = 0; place < places(); place++) {
            if (changesItsInput()) {
                rank.buffers().prepareNeutral(subject, buffers.place(place), pattern);
            } else {
                write(place, place == 0 ? timedData : rank.nextData());
            }
        }
        rank.gather().meet();
    }

    /** Checks what the last timed call on each place left, if that can be. */
    void endTimed() {
        rank.gather().meet();
        if (!changesItsInput()) {
            long used = Math.min(places(), loop.calls() - timedFrom);
            for (int i = 0; i < used; i++) {
                int place = (timedPlace + i) % places();
                count(place, timedData + place);
            }
        }
    }

    /** Makes one checked call. */
    void checkedCall() {
        if (check) {
            int place = call.next();
            long data = rank.nextData();
            prepare(place, data);
            loop.call();
            count(place, data);
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

    private boolean changesItsInput() {
        return subject.inPlace() && subject.collective().reduces();
    }

    /** No rank may write into a peer's output before that is poisoned. */
    private void prepare(int place, long data) {
        write(place, data);
        rank.gather().meet();
    }

    private void write(int place, long data) {
        if (subject.collective().movesData()) {
            rank.buffers().prepare(subject, buffers.place(place), pattern, data);
        }
    }

    private void count(int place, long data) {
        if (check) {
            wrong += rank.buffers().wrong(subject, buffers.place(place), pattern, data);
        }
    }
}
