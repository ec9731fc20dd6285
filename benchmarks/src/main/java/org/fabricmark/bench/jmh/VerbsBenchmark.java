package org.fabricmark.bench.jmh;

import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * What verbs cost between two ranks, work request by work request, with the conventions of perftest. JMH's thread is rank 0. Data are
 * checked after each iteration.
 */
public class VerbsBenchmark extends MeasuredInForks {
    private static final int THERE_AND_BACK = 2;

    /** A write, seen by its last byte: half of there and back. */
    @Benchmark
    @OperationsPerInvocation(THERE_AND_BACK)
    public void writeLat(VerbsState.Messages pair) {
        pair.led().round();
    }

    /** A write with immediate, seen by the receive it uses up: half of there and back. */
    @Benchmark
    @OperationsPerInvocation(THERE_AND_BACK)
    public void writeImmLat(VerbsState.Messages pair) {
        pair.led().round();
    }

    /** A send: half of there and back. */
    @Benchmark
    @OperationsPerInvocation(THERE_AND_BACK)
    public void sendLat(VerbsState.Messages pair) {
        pair.led().round();
    }

    /** A read, there and back. */
    @Benchmark
    public void readLat(VerbsState.Reads pair) {
        pair.led().round();
    }

    /** A fetch-and-add, there and back. */
    @Benchmark
    public void fetchAndAddLat(VerbsState.Atomics pair) {
        pair.led().round();
    }

    /** A compare-and-swap, there and back. */
    @Benchmark
    public void compareAndSwapLat(VerbsState.Atomics pair) {
        pair.led().round();
    }

    /** One write of a stream. */
    @Benchmark
    @OperationsPerInvocation(VerbsPrimitive.STREAM)
    public void writeBw(VerbsState.Streams pair) {
        pair.led().round();
    }

    /** One send of a stream. */
    @Benchmark
    @OperationsPerInvocation(VerbsPrimitive.STREAM)
    public void sendBw(VerbsState.Streams pair) {
        pair.led().round();
    }

    /** One read of a stream. */
    @Benchmark
    @OperationsPerInvocation(VerbsPrimitive.STREAM)
    public void readBw(VerbsState.Streams pair) {
        pair.led().round();
    }

    /** One fetch-and-add of a stream. */
    @Benchmark
    @OperationsPerInvocation(VerbsPrimitive.STREAM)
    public void fetchAndAddBw(VerbsState.Words pair) {
        pair.led().round();
    }

    /** One compare-and-swap of a stream. */
    @Benchmark
    @OperationsPerInvocation(VerbsPrimitive.STREAM)
    public void compareAndSwapBw(VerbsState.Words pair) {
        pair.led().round();
    }

    /** One write of a word, of a stream of them. */
    @Benchmark
    @OperationsPerInvocation(VerbsPrimitive.STREAM)
    public void rate(VerbsState.Words pair) {
        pair.led().round();
    }

    /** Posting a signalled write of a word, and polling its completion. */
    @Benchmark
    public void postAndPoll(VerbsState.Idle pair) {
        pair.led().postAndPoll();
    }

    /** Polling when there is nothing. */
    @Benchmark
    public boolean pollEmpty(VerbsState.Idle pair) {
        return pair.led().poll();
    }
}
