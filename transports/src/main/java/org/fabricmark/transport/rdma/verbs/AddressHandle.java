package org.fabricmark.transport.rdma.verbs;

/** A way to a peer, for datagrams; must live until requests that use it have completed. Thread rule: its context's thread. */
public interface AddressHandle extends AutoCloseable {
    /** Where it was made. */
    ProtectionDomain protectionDomain();

    /** The way. */
    AddressVector way();

    @Override
    void close();
}
