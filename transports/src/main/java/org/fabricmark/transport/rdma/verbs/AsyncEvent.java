package org.fabricmark.transport.rdma.verbs;

import java.util.Objects;

/**
 * Something that happened to an object outside of any work request. Each one must be given back with {@link Context#acknowledge}: the
 * object it is about cannot be destroyed before.
 *
 * @param type what happened
 * @param element to what: a {@link QueuePair}, {@link CompletionQueue}, {@link SharedReceiveQueue} or {@link Device}
 */
public record AsyncEvent(Type type, Object element) {
    /** What happened ({@code ibv_get_async_event(3)}); the events of InfiniBand's subnet management are left out. */
    public enum Type {
        /** A completion did not fit; the completion queue is of no use any more. */
        CQ_ERR,
        /** A queue of a queue pair itself failed. */
        QP_FATAL,
        /** A peer's request was invalid, and there was no receive to say so. */
        QP_REQ_ERR,
        /** A peer's request was refused by memory: key, bounds or access. */
        QP_ACCESS_ERR,
        /** Something arrived at a queue pair that was not told yet that its peer is ready. */
        COMM_EST,
        /** The send queue is drained. */
        SQ_DRAINED,
        /** The device is broken. */
        DEVICE_FATAL,
        /** A port came up. */
        PORT_ACTIVE,
        /** A port went down. */
        PORT_ERR,
        /** A queue of a shared receive queue itself failed. */
        SRQ_ERR,
        /** Fewer receives are left in a shared receive queue than its limit. */
        SRQ_LIMIT_REACHED,
        /** A queue pair in error will take no receive from its shared receive queue any more. */
        QP_LAST_WQE_REACHED
    }

    public AsyncEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(element, "element");
    }
}
