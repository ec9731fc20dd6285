package org.fabricmark.transport.rdma.loopback;

import org.agrona.collections.Long2ObjectHashMap;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.AddressHandle;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.ServiceType;

/** The way of datagrams to one context, with the header that they bring there. */
final class LoopbackAddressHandle implements AddressHandle {
    /** Of a global routing header. */
    static final int HEADER_BYTES = 40;

    private static final int VERSION = 6 << 4;
    private static final byte TRANSPORT_HEADER = 0x1b;

    private final LoopbackProtectionDomain domain;
    private final AddressVector way;
    private final long header;
    /** By number of the own queue pair, and of the one it sends to. */
    private final Long2ObjectHashMap<Responder> responders = new Long2ObjectHashMap<>();
    private boolean closed;

    LoopbackAddressHandle(LoopbackProtectionDomain domain, AddressVector way) {
        this.domain = domain;
        this.way = way;
        header = domain.context().home().allocateQueue(LoopbackLayout.LINE);
        AddressSpace.setByte(header, (byte) (VERSION | way.trafficClass() >>> 4));
        AddressSpace.setByte(header + 1, (byte) (way.trafficClass() << 4));
        AddressSpace.setByte(header + 6, TRANSPORT_HEADER);
        AddressSpace.setByte(header + 7, (byte) way.hopLimit());
        write(header + 8, domain.context().home().gid());
        write(header + 24, way.destination());
    }

    private static void write(long at, Gid gid) {
        for (int i = 0; i < Long.BYTES; i++) {
            AddressSpace.setByte(at + i, (byte) (gid.high() >>> 56 - Byte.SIZE * i));
            AddressSpace.setByte(at + Long.BYTES + i, (byte) (gid.low() >>> 56 - Byte.SIZE * i));
        }
    }

    @Override
    public LoopbackProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public AddressVector way() {
        return way;
    }

    /** The peer's side for datagrams from {@code pair} to queue pair {@code destination}, or null when its context is not there. */
    Responder responder(LoopbackQueuePair pair, int destination) {
        long key = (long) pair.number().value() << QueuePairNumber.BITS | destination;
        Responder known = responders.get(key);
        if (known == null) {
            Neighbour neighbour = domain.context().neighbour(way.destination());
            if (neighbour == null) {
                return null;
            }
            known = new Responder(new PeerQueuePair(neighbour, destination), 0, pair.number().value(),
                    ServiceType.UNRELIABLE_DATAGRAM);
            responders.put(key, known);
        }
        return known;
    }

    /** Makes the header the first piece of a datagram. */
    void prependHeader(SendEntry entry) {
        Pieces local = entry.local;
        local.add(0, 0);
        for (int i = local.size - 1; i > 0; i--) {
            local.addresses[i] = local.addresses[i - 1];
            local.lengths[i] = local.lengths[i - 1];
        }
        local.addresses[0] = header;
        local.lengths[0] = HEADER_BYTES;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            domain.context().home().freeQueue(header, LoopbackLayout.LINE);
            domain.forget(this);
        }
    }
}
