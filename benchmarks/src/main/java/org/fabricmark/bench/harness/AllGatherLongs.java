package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;

/**
 * How ranks tell each other what they decided and measured, between timed parts: an all-gather of longs over the job's own
 * communicator, so that deadlines and failures are the same as everywhere, and ranks may be anywhere.
 *
 * <p>Every rank makes the same calls in the same order; each is also a meeting: no rank returns before all have come.
 *
 * <p>Thread rule: the rank's thread.
 */
final class AllGatherLongs {
    private static final int FEW = 8;
    private static final int MOST_IN_WINDOW = 1 << 16;
    private static final int MANY = 4096;

    private final Communicator communicator;
    private final Window window;
    private final int many;
    private final Plan fewPlan;
    private final Plan manyPlan;
    private final long[] own = new long[FEW];

    /** Collective. */
    AllGatherLongs(Communicator communicator) {
        this.communicator = communicator;
        this.many = Math.clamp(MOST_IN_WINDOW / communicator.size(), FEW, MANY);
        this.window = communicator.allocate((long) many * (communicator.size() + 1) * Long.BYTES);
        this.fewPlan = communicator.plan(request(FEW));
        this.manyPlan = communicator.plan(request(many));
    }

    private PlanRequest request(int longs) {
        return PlanRequest.of(
                Algorithms.named(Collective.ALL_GATHER, "direct").orElseThrow(),
                DataType.INT64,
                null,
                longs,
                window.at(0),
                window.at((long) many * Long.BYTES));
    }

    /** Returns when all ranks have come here. */
    void meet() {
        fewPlan.execute();
    }

    /** What rank 0 passes, on every rank; other ranks' arguments do not matter. */
    long fromLeader(long value) {
        return gather(value)[0];
    }

    /** The sum of what all ranks pass. */
    long sum(long value) {
        long sum = 0;
        for (long each : gather(value)) {
            sum += each;
        }
        return sum;
    }

    /** The largest of what all ranks pass. */
    double max(double value) {
        double max = Double.NEGATIVE_INFINITY;
        for (long each : gather(Double.doubleToRawLongBits(value))) {
            max = Math.max(max, Double.longBitsToDouble(each));
        }
        return max;
    }

    /** What all ranks pass, by rank. */
    long[] gather(long value) {
        own[0] = value;
        MemorySegment.copy(own, 0, window.segment(), ValueLayout.JAVA_LONG, 0, FEW);
        fewPlan.execute();
        long[] all = new long[communicator.size()];
        for (int rank = 0; rank < all.length; rank++) {
            all[rank] = result(FEW, rank, 0);
        }
        return all;
    }

    /** The first {@code count} of what all ranks pass, by rank; the same count on every rank. */
    long[][] gather(long[] values, int count) {
        long[][] all = new long[communicator.size()][count];
        for (int from = 0; from < count; from += many) {
            int length = Math.min(many, count - from);
            MemorySegment.copy(values, from, window.segment(), ValueLayout.JAVA_LONG, 0, length);
            manyPlan.execute();
            for (int rank = 0; rank < all.length; rank++) {
                MemorySegment.copy(
                        window.segment(),
                        ValueLayout.JAVA_LONG,
                        resultOffset(many, rank, 0),
                        all[rank],
                        from,
                        length);
            }
        }
        return all;
    }

    private long result(int block, int rank, int index) {
        return window.segment().get(ValueLayout.JAVA_LONG, resultOffset(block, rank, index));
    }

    private long resultOffset(int block, int rank, int index) {
        return ((long) many + (long) rank * block + index) * Long.BYTES;
    }
}
