package org.fabricmark.transport.rdma.verbs;

/** What became of posting a list of work requests. */
public enum PostStatus {
    /** All are posted. */
    POSTED,
    /** One was malformed, or the queue pair's state does not allow posting; those before it are posted. As {@code EINVAL}. */
    INVALID,
    /** The queue has no room for one; those before it are posted. As {@code ENOMEM}. */
    QUEUE_FULL
}
