package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.HashMap;
import java.util.Map;
import org.fabricmark.transport.rdma.verbs.AddressHandle;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.SendRequest;

/** Addresses of datagrams from the first end; requests of other services stay as they are. */
final class Datagrams {
    /** What lies before the payload in a receive: the global routing header. */
    static final int HEADER = 40;

    private final Ends ends;
    private final Map<End, AddressHandle> ways = new HashMap<>();

    Datagrams(Ends ends) {
        this.ends = ends;
    }

    AddressHandle way(End to) {
        return ways.computeIfAbsent(
                to, end -> ends.a().keep(ends.a().domain().createAddressHandle(AddressVector.to(end.gid()))));
    }

    SendRequest address(Side to, SendRequest request) {
        return to.pair().service().connected()
                ? request
                : request.to(way(to.end()), to.pair().number(), Connection.QUEUE_KEY);
    }
}
