package org.fabricmark.bench.primitive.verbs;

import org.fabricmark.bench.baseline.TrafficProbe;
import org.fabricmark.bench.primitive.LedPair;
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
public final class LedVerbs extends LedPair<VerbsRank> {
    /**
     * Starts rank 1 and connects the queue pairs.
     *
     * @throws FabricException when a rank fails, or the device refuses something
     */
    public LedVerbs(VerbsCase subject, RankPair.Start start) {
        this(subject, subject.processes()
                ? RankPair.ofProcesses(start, new RankPair.Program(VerbsRankMain.class, subject.text()))
                : RankPair.ofThreads(start, (job, peer) -> follow(job, peer, subject)));
    }

    private LedVerbs(VerbsCase subject, RankPair pair) {
        super(pair, attached(subject, pair));
    }

    private static VerbsRank attached(VerbsCase subject, RankPair pair) {
        try {
            return new VerbsRank(pair.job(), pair.communicator(), subject);
        } catch (RuntimeException e) {
            RuntimeException cause = told(e, 0);
            pair.abandon(cause);
            throw cause;
        }
    }

    /** Rank 1's part. */
    static void follow(Job job, Communicator communicator, VerbsCase subject) {
        try {
            follow(new VerbsRank(job, communicator, subject));
        } catch (VerbsException e) {
            throw told(e, 1);
        }
    }

    /** Writes the data of the rounds that follow, and lets rank 1 go; a round is what {@link VerbsPrimitive#pattern} says. */
    public void begin(VerbsPrimitive primitive, int bytes) {
        guarded(() -> {
            rank().begin(primitive, bytes);
            return 0;
        });
    }

    /**
     * Instead of a round: posts one request and takes its completion. In a stream whose requests are all
     * {@linkplain Queues#signalEvery signalled}.
     */
    public void postAndPoll() {
        rank().postAndPoll();
    }

    /** Instead of a round: looks for completions. @return whether there were any */
    public boolean poll() {
        return rank().poll();
    }

    /**
     * Ends the rounds and checks the data.
     *
     * @return wrong bytes, or results of atomics, on both ranks in the rounds since {@link #begin}
     */
    public long end() {
        return guarded(rank()::finish);
    }

    /** Bytes up to which data can travel within a request: what was asked for, or what the device has, if that is less. */
    public int inline() {
        return rank().end().inline();
    }

    /** How long rank 0 takes to copy {@code bytes}, alone, in the same memory, in nanoseconds. */
    public double copyNanos(long bytes) {
        Lane.Place place = rank().end().lanes().getFirst().place();
        return TrafficProbe.ofCopy(place.source(), place.landing(), bytes);
    }

    /** A refusal of the device in the words of a job that ends. */
    private static RuntimeException told(RuntimeException cause, int rank) {
        if (!(cause instanceof VerbsException refused)) {
            return cause;
        }
        Category category = refused.reason() == Reason.ENOMEM ? Category.NO_ROOM : Category.PROGRAM_WRONG;
        return new FabricException(Failure.of(category, rank, Fabric.TRANSPORT, refused.getMessage()), refused);
    }
}
