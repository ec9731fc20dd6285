package org.fabricmark.transport.rdma.verbs.conformance;

/**
 * Two queue pairs that are, or will be, connected. The requests of most cases come from {@code a}.
 *
 * @param a at the first end
 * @param b at the second end
 */
record Link(Side a, Side b) {
    /** Takes both from RESET to RTS. */
    Link connect(Connection how) {
        how.connect(a.pair(), b.end().gid(), b.pair().number());
        how.connect(b.pair(), a.end().gid(), a.pair().number());
        return this;
    }
}
