package org.fabricmark.transport.rdma.verbs;

/** How a work request of a send queue is to be treated. */
public enum SendFlag {
    /** A completion for success too. Needed only where the queue pair does not signal all. */
    SIGNALED,
    /** The peer's completion is worth an event to those who wait for solicited ones. */
    SOLICITED,
    /** The bytes are copied while posting: their memory is free afterwards, and its key is not looked at. */
    INLINE,
    /** Not before all earlier reads and atomics of this queue pair have completed. */
    FENCE
}
