package org.fabricmark.transport.rdma.verbs;

import java.util.Objects;

/**
 * The way to a peer's port. On Ethernet it always has a global routing header.
 *
 * @param destination the peer's port, or null for a way without global routing header, which is refused
 * @param port own port, from 1
 * @param sourceIndex which of the own port's identifiers is the source
 * @param hopLimit 0 to 255
 * @param trafficClass 0 to 255: differentiated services and congestion bits
 */
public record AddressVector(Gid destination, int port, int sourceIndex, int hopLimit, int trafficClass) {
    private static final int HOPS = 64;

    public AddressVector {
        if ((hopLimit | trafficClass) >>> 8 != 0) {
            throw VerbsException.invalid("hop limit " + hopLimit + ", traffic class " + trafficClass + ": 0 to 255");
        }
    }

    /** From the first port and its first identifier to {@code destination}. */
    public static AddressVector to(Gid destination) {
        return new AddressVector(Objects.requireNonNull(destination, "destination"), 1, 0, HOPS, 0);
    }

    /** Without a global routing header: what Ethernet refuses. */
    public static AddressVector local(int port) {
        return new AddressVector(null, port, 0, 0, 0);
    }

    /** Whether it has a global routing header. */
    public boolean global() {
        return destination != null;
    }
}
