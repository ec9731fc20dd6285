package org.fabricmark.bench.primitive.verbs;

import org.fabricmark.bench.baseline.TrafficProbe;
import org.fabricmark.bench.primitive.RankPair;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.VerbsException.Reason;

/**
 * Work requests between the caller's thread, which is rank 0, and a rank 1 that this starts and ends. One pair serves all primitives.
 *
 * <p>Order of calls: {@link #begin}, any number of {@link #round}, {@link #end}; then again, or a probe, or {@link #close}.
 *
 * <p>Thread rule: one thread, which becomes rank 0.
 */
public final class LedVerbs implements AutoCloseable {
    private final RankPair pair;
    private final VerbsRank rank;
    private boolean failed;

    /**
     * Starts rank 1 and connects the queue pairs.
     *
     * @throws FabricException when a rank fails, or the device refuses something
     */
    public LedVerbs(VerbsCase subject, RankPair.Start start) {
        pair = subject.processes()
                ? RankPair.ofProcesses(start, new RankPair.Program(VerbsRankMain.class, subject.text()))
                : RankPair.ofThreads(start, (job, peer) -> follow(job, peer, subject));
        try {
            rank = new VerbsRank(pair.job(), pair.communicator(), subject);
        } catch (RuntimeException e) {
            RuntimeException cause = told(e, 0);
            pair.abandon(cause);
            throw cause;
        }
    }

    /** Rank 1's part. */
    static void follow(Job job, Communicator communicator, VerbsCase subject) {
        try (VerbsRank rank = new VerbsRank(job, communicator, subject)) {
            try {
                rank.follow();
            } catch (RuntimeException | Error e) {
                rank.abort(e);
                throw e;
            }
        } catch (VerbsException e) {
            throw told(e, 1);
        }
    }

    /** Writes the data of the rounds that follow, and lets rank 1 go. */
    public void begin(VerbsPrimitive primitive, int bytes) {
        guarded(() -> rank.begin(primitive, bytes));
    }

    /** One round: as many operations as its {@linkplain VerbsPrimitive#pattern pattern} has. */
    public void round() {
        try {
            rank.lead();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /**
     * Instead of a round: posts one request and takes its completion. In a stream whose requests are all
     * {@linkplain Queues#signalEvery signalled}.
     */
    public void postAndPoll() {
        rank.postAndPoll();
    }

    /** Instead of a round: looks for completions. @return whether there were any */
    public boolean poll() {
        return rank.poll();
    }

    /**
     * Ends the rounds and checks the data.
     *
     * @return wrong bytes, or results of atomics, on both ranks in the rounds since {@link #begin}
     */
    public long end() {
        long[] wrong = new long[1];
        guarded(() -> wrong[0] = rank.finish());
        return wrong[0];
    }

    /** Bytes up to which data can travel within a request: what was asked for, or what the device has, if that is less. */
    public int inline() {
        return rank.end().inline();
    }

    /** The exchange of a line between the two ranks, in nanoseconds. */
    public double exchangeNanos() {
        return probed(false);
    }

    /** A line there and back, in nanoseconds. */
    public double roundTripNanos() {
        return probed(true);
    }

    private double probed(boolean roundTrip) {
        double[] nanos = new double[1];
        guarded(() -> nanos[0] = rank.probe(roundTrip));
        return nanos[0];
    }

    /** How long rank 0 takes to copy {@code bytes}, alone, in the same memory, in nanoseconds. */
    public double copyNanos(long bytes) {
        Lane.Place place = rank.end().lanes().getFirst().place();
        return TrafficProbe.ofCopy(place.source(), place.landing(), bytes);
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private RuntimeException failed(RuntimeException cause) {
        failed = true;
        rank.abort(cause);
        pair.communicator().abort(cause);
        return cause;
    }

    /** A refusal of the device in the words of a job that ends. */
    private static RuntimeException told(RuntimeException cause, int rank) {
        if (!(cause instanceof VerbsException refused)) {
            return cause;
        }
        Category category = refused.reason() == Reason.ENOMEM ? Category.NO_ROOM : Category.PROGRAM_WRONG;
        return new FabricException(Failure.of(category, rank, Fabric.TRANSPORT, refused.getMessage()), refused);
    }

    /**
     * Ends rank 1; returns when it has ended and its files are gone.
     *
     * @throws FabricException the failure of rank 1, if it has failed
     */
    @Override
    public void close() {
        try (pair; rank) {
            if (!failed) {
                rank.dismiss();
            }
        }
    }
}
