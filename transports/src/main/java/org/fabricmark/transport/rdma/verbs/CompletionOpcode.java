package org.fabricmark.transport.rdma.verbs;

/** What a completed work request was. */
public enum CompletionOpcode {
    /** A send, with or without extras. */
    SEND,
    /** A write, with or without immediate. */
    RDMA_WRITE,
    /** A read. */
    RDMA_READ,
    /** A compare-and-swap. */
    COMPARE_AND_SWAP,
    /** A fetch-and-add. */
    FETCH_AND_ADD,
    /** A bind of a memory window. */
    BIND_MEMORY_WINDOW,
    /** A local invalidate. */
    LOCAL_INVALIDATE,
    /** A receive, met by a send. */
    RECV,
    /** A receive, used up by a write with immediate. */
    RECV_RDMA_WITH_IMM;

    /** Whether it was a receive. */
    public boolean receive() {
        return this == RECV || this == RECV_RDMA_WITH_IMM;
    }
}
