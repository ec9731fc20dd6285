package org.fabricmark.transport.rdma.verbs;

/**
 * Which packets of requests a fabric loses, for providers that can lose some. Each queue pair counts the packets that it sends, from 0 on;
 * a message is sent to its end before anybody notices that a packet of it is lost, and what is sent again counts again. A request that
 * finds no peer, or no receive, was not sent.
 *
 * @param first the first one that is lost
 * @param count how many in a row; {@link Long#MAX_VALUE} for all that follow
 */
public record PacketLoss(long first, long count) {
    /** Nothing is lost. */
    public static final PacketLoss NONE = new PacketLoss(0, 0);

    public PacketLoss {
        if (first < 0 || count < 0) {
            throw VerbsException.invalid("loss of " + count + " packets from number " + first + " on: 0 or more");
        }
    }

    /** Whether anything is. */
    public boolean loses() {
        return count > 0;
    }

    /** Number of the first packet from {@code from} on and before {@code end} that is lost; {@code end} if none is. */
    public long firstOf(long from, long end) {
        long lost = Math.max(from, first);
        return lost - first < count ? Math.min(lost, end) : end;
    }
}
