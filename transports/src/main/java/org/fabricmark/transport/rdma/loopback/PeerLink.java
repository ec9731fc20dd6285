package org.fabricmark.transport.rdma.loopback;

import java.util.concurrent.locks.LockSupport;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.Gid;

/**
 * What a connected queue pair knows of its peer: by address and number from the program, and once it is there, in memory. A datagram's
 * queue pair has none.
 *
 * <p>Thread rule: the context's thread.
 */
final class PeerLink {
    /** A peer that is not there is looked for again after this time. */
    private static final long LOOK_NANOS = 1_000_000;

    private static final long PARK_NANOS = 20_000;
    private static final int SPINS = 2_000;

    /** How long datagrams of a process are waited for that may have been killed inside: they are one packet long. */
    private static final long DATAGRAM_NANOS = 1_000_000_000;

    private final LoopbackQueuePair pair;
    private final Gid gid;
    private final int number;
    private Responder responder;
    private Neighbour neighbour;
    private long lookedAt;
    private boolean looked;

    PeerLink(LoopbackQueuePair pair, Gid gid, int number) {
        this.pair = pair;
        this.gid = gid;
        this.number = number;
        find();
    }

    private PeerLink(LoopbackQueuePair pair) {
        this.pair = pair;
        gid = null;
        number = 0;
    }

    static PeerLink none(LoopbackQueuePair pair) {
        return new PeerLink(pair);
    }

    /** What the own queue pair says its peer is; 0 for none. */
    long identity() {
        return gid == null ? 0 : LoopbackLayout.peer(number, gid.low());
    }

    /** The peer's side, or null while it is not there. */
    Responder responder() {
        if (responder == null && gid != null && (!looked || pair.context().now() - lookedAt > LOOK_NANOS)) {
            find();
        }
        return responder;
    }

    private void find() {
        looked = true;
        lookedAt = pair.context().now();
        neighbour = pair.context().neighbour(gid);
        if (neighbour != null) {
            long own = LoopbackLayout.peer(pair.number().value(), pair.context().home().self().secret());
            responder = new Responder(
                    new PeerQueuePair(neighbour, number), own, pair.number().value(), pair.service());
        }
    }

    /**
     * Waits until the peer, or those who send datagrams, are not inside.
     *
     * @param users counter of senders of datagrams
     */
    void awaitQuiet(long users) {
        if (gid == null) {
            long start = System.nanoTime();
            for (int polls = 0; AddressSpace.getLongAcquire(users) != 0; polls++) {
                if (System.nanoTime() - start > DATAGRAM_NANOS) {
                    AddressSpace.setLongRelease(users, 0);
                }
                pause(polls);
            }
        } else if (responder() != null) {
            long word = responder.peer().line() + LoopbackLayout.PAIR_BUSY;
            long before = AddressSpace.getLongAcquire(word);
            for (int polls = 0; (before & 1) != 0 && AddressSpace.getLongAcquire(word) == before; polls++) {
                pause(polls);
                if (polls > SPINS) {
                    neighbour.look();
                    if (neighbour.dead()) {
                        return;
                    }
                }
            }
        }
    }

    private static void pause(int polls) {
        if (polls < SPINS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PARK_NANOS);
        }
    }
}
