package org.fabricmark.bench.primitive.verbs;

import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.rdma.verbs.Context;

/**
 * What a rank does between two looks that have found nothing: it moves what the provider can move, and now and then asks whether the
 * other rank is still there.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Waiting {
    private static final int LOOKS_PER_PROGRESS = 16;
    private static final int LOOKS_PER_CHECK = 4096;

    /** Who has looked so often may have the core that the other rank needs. */
    private static final int LOOKS_BEFORE_YIELD = 1 << 14;

    private final Communicator communicator;
    private final Context context;
    private final long timeoutNanos;
    private final boolean coresForBoth;
    private int looks;
    private long since;

    /** @param config says whether each rank has a core: a rank that is kept on one would count no other */
    Waiting(Communicator communicator, Context context, CommunicatorConfig config) {
        this.communicator = communicator;
        this.context = context;
        this.timeoutNanos = config.timeout().toNanos();
        this.coresForBoth = config.waiting() == org.fabricmark.engine.Waiting.SPIN;
    }

    /** A new wait begins. */
    void begin() {
        looks = 0;
        since = 0;
    }

    /**
     * A look has found nothing.
     *
     * @throws FabricException when the other rank has failed, or the wait lasts too long
     */
    void again() {
        if (looks >= LOOKS_BEFORE_YIELD) {
            Thread.yield();
        }
        if (look()) {
            long now = System.nanoTime();
            since = since == 0 ? now : since;
            check(now - since);
        }
    }

    /**
     * There is nothing to wait for but the end of what the other rank does.
     *
     * @throws FabricException when the other rank has failed
     */
    void idle() {
        if (look()) {
            Thread.yield();
            check(0);
        }
    }

    private boolean look() {
        looks++;
        if (looks % LOOKS_PER_PROGRESS == 0) {
            context.progress();
        }
        if (!coresForBoth) {
            Thread.yield();
        }
        return looks % LOOKS_PER_CHECK == 0;
    }

    /** Ends a wait that has lasted {@code nanos} so far, if there is a reason. */
    void check(long nanos) {
        communicator.aborted().ifPresent(failure -> {
            throw new FabricException(failure);
        });
        int rank = communicator.rank();
        if (Thread.currentThread().isInterrupted()) {
            throw new FabricException(Failure.of(Category.INTERRUPTED, rank, Fabric.TRANSPORT,
                    "rank " + rank + " was interrupted"));
        }
        if (nanos > timeoutNanos) {
            throw new FabricException(new Failure(Category.LINK_LOST, rank, 1 - rank, Failure.UNKNOWN, Fabric.TRANSPORT,
                    nanos, "rank %d waited %.1f s for a completion or a write of rank %d".formatted(rank, nanos / 1e9,
                            1 - rank)));
        }
    }
}
