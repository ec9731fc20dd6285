package org.fabricmark.transport.rdma.verbs;

/**
 * Where the numbers of packets begin; 24 bits, what is above is cut off.
 *
 * @param value 0 to 0xffffff
 */
public record PacketSequenceNumber(int value) {
    public PacketSequenceNumber {
        value &= (1 << 24) - 1;
    }
}
