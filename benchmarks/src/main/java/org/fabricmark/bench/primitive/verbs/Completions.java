package org.fabricmark.bench.primitive.verbs;

import java.util.Arrays;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * Takes completions out of a rank's two queues, gives lanes their places back, and posts a receive for each one that was used up.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Completions {
    private static final int AT_ONCE = 16;

    /** The peer hears of new receives once in so many. */
    private static final int RECEIVES_PER_NEWS = 16;

    private final int rank;
    private final PairLines lines;
    private final Lane[] lanes;
    private final CompletionQueue sends;
    private final CompletionQueue receives;
    private final WorkCompletion[] batch = WorkCompletion.array(AT_ONCE);
    private final long[] posted;
    private long messages;
    private int fencesSent;
    private int fencesReceived;

    Completions(int rank, VerbsEnd end, PairLines lines) {
        this.rank = rank;
        this.lines = lines;
        this.lanes = end.lanes().toArray(Lane[]::new);
        this.sends = end.sends();
        this.receives = end.receives();
        this.posted = new long[lanes.length];
        Arrays.fill(posted, end.receivesPosted());
    }

    Lane[] lanes() {
        return lanes;
    }

    /** A stretch of rounds begins. */
    void prepare() {
        messages = 0;
        fencesSent = 0;
        fencesReceived = 0;
    }

    /** Tells the peer of all receives that were posted. */
    void tellReceives() {
        for (int lane = 0; lane < lanes.length; lane++) {
            lines.receives(rank, lane, posted[lane]);
        }
    }

    /** Messages of this stretch that have come: sends, and writes with immediate. */
    long messages() {
        return messages;
    }

    /** Whether the peer's fences have come, and the own ones are done. */
    boolean fenced() {
        return fencesSent == lanes.length && fencesReceived == lanes.length;
    }

    /** Takes some completions of requests. @return whether there were any */
    boolean takeSends() {
        int count = polled(sends);
        for (int i = 0; i < count; i++) {
            long id = batch[i].id();
            if (id < 0) {
                fencesSent++;
            } else {
                lanes[Lane.lane(id)].completed(id);
            }
        }
        return count > 0;
    }

    /** Takes some completions of receives. @return whether there were any */
    boolean takeReceives() {
        int count = polled(receives);
        for (int i = 0; i < count; i++) {
            int lane = Lane.lane(batch[i].id());
            lanes[lane].postReceive();
            if (++posted[lane] % RECEIVES_PER_NEWS == 0) {
                lines.receives(rank, lane, posted[lane]);
            }
            if (batch[i].bytes() == 0 && batch[i].opcode() == CompletionOpcode.RECV_RDMA_WITH_IMM) {
                fencesReceived++;
            } else {
                messages++;
            }
        }
        return count > 0;
    }

    private int polled(CompletionQueue queue) {
        int count = queue.poll(batch);
        if (count < 0) {
            throw failed("its completion queue has overflowed");
        }
        for (int i = 0; i < count; i++) {
            if (!batch[i].successful()) {
                throw failed(batch[i].toString());
            }
        }
        return count;
    }

    private FabricException failed(String what) {
        return new FabricException(
                Failure.of(Category.RANK_FAILED, rank, Fabric.TRANSPORT, "rank " + rank + ": " + what));
    }
}
