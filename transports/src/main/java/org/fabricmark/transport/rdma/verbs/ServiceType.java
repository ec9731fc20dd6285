package org.fabricmark.transport.rdma.verbs;

/** What a queue pair promises about its messages: the transport services of the InfiniBand specification, volume 1, chapter 9. */
public enum ServiceType {
    /** RC: to one peer, every message once and in order, or an error. */
    RELIABLE_CONNECTION("RC"),
    /** UC: to one peer, whole messages in order; some may be lost, and nobody is told. */
    UNRELIABLE_CONNECTION("UC"),
    /** UD: to any peer, messages of one packet; some may be lost, and nobody is told. */
    UNRELIABLE_DATAGRAM("UD");

    private final String abbreviation;

    ServiceType(String abbreviation) {
        this.abbreviation = abbreviation;
    }

    /** {@code RC}. */
    public String abbreviation() {
        return abbreviation;
    }

    /** Whether a queue pair of this service has one peer. */
    public boolean connected() {
        return this != UNRELIABLE_DATAGRAM;
    }
}
