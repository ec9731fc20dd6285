package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.verbs.QueuePairCapabilities;

/** How requests of a context's queue pairs are executed. */
@FunctionalInterface
interface RequesterKind {
    /** The send queue of {@code pair}. */
    Requester make(LoopbackQueuePair pair, QueuePairCapabilities sizes, boolean signalAll);
}
