package org.fabricmark.transport.rdma.verbs;

/** Which fields of a completion beyond the usual ones are valid. */
public enum CompletionFlag {
    /** The first 40 bytes of the receive are the global routing header of a datagram. */
    GRH,
    /** {@link WorkCompletion#immediate}. */
    WITH_IMM,
    /** {@link WorkCompletion#invalidatedKey}. */
    WITH_INV
}
