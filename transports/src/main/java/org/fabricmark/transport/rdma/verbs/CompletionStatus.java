package org.fabricmark.transport.rdma.verbs;

/**
 * How a work request ended. "Local" and "remote" are as seen by the side that polls the completion. Numbers are those of
 * {@code enum ibv_wc_status} (rdma-core, {@code ibv_poll_cq(3)}); those that only services have that are not offered here are left
 * out.
 */
public enum CompletionStatus {
    /** Done. */
    SUCCESS(0),
    /** A message is longer than the receive it met; an atomic's local memory is not 8 bytes; a message is too long to send. */
    LOCAL_LENGTH_ERROR(1),
    /** The service does not have the operation, or the request makes no sense to the queue pair. */
    LOCAL_QP_OPERATION_ERROR(2),
    /** Local memory: unknown or stale key, another protection domain, out of bounds, or not writable. */
    LOCAL_PROTECTION_ERROR(4),
    /** The queue pair was, or came, into the error state before this request was begun or done. */
    WORK_REQUEST_FLUSHED(5),
    /** A memory window cannot be bound so. */
    MEMORY_WINDOW_BIND_ERROR(6),
    /** The peer answered something impossible. */
    BAD_RESPONSE_ERROR(7),
    /** On a receive that a write with immediate used up: the write itself was refused. */
    LOCAL_ACCESS_ERROR(8),
    /** The peer's queue pair does not take this request: not allowed, misaligned, out of order, too long. */
    REMOTE_INVALID_REQUEST_ERROR(9),
    /** The peer's memory: unknown or stale key, another protection domain, out of bounds, or not allowed. */
    REMOTE_ACCESS_ERROR(10),
    /** The peer could not do it: its own receive was wrong. */
    REMOTE_OPERATION_ERROR(11),
    /** No answer, after all retries: the peer is gone, or its queue pair is not ready. */
    RETRY_EXCEEDED_ERROR(12),
    /** The peer had no receive posted, after all retries for that. */
    RNR_RETRY_EXCEEDED_ERROR(13),
    /** The device is broken. */
    FATAL_ERROR(19),
    /** A response did not come in time. */
    RESPONSE_TIMEOUT_ERROR(20),
    /** Anything else. */
    GENERAL_ERROR(21);

    private final int code;

    CompletionStatus(int code) {
        this.code = code;
    }

    /** The number in {@code enum ibv_wc_status}. */
    public int code() {
        return code;
    }
}
