package org.fabricmark.transport.rdma.anatomy;

import java.util.List;
import java.util.Objects;
import org.fabricmark.transport.anatomy.Packets;
import org.fabricmark.transport.anatomy.Packets.Kind;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/**
 * The packets of a reliable connection over converged Ethernet, version 2 (InfiniBand specification, volume 1, chapter 9 and annex
 * A17), without losses. Of {@code n} bytes they are {@code ceil(n / MTU)}, and one if there are none:
 *
 * <pre>
 *            before each packet               behind the first, in this order               behind each
 *   +----------+---------+-------+--------+   +---------+--------+---------+------------+   +--------+-----+-----+
 *   | Ethernet | IPv4 20 | UDP 8 | BTH 12 |   | RETH 16 | AETH 4 | ImmDt 4 | data, 0..3 |   | ICRC 4 | FCS | gap |
 *   | 8 + 14   |         |       |        |   |         |        |         | of padding |   |        | 4   | 12  |
 *   +----------+---------+-------+--------+   +---------+--------+---------+------------+   +--------+-----+-----+
 *
 *   write                 RETH in FIRST or ONLY; ImmDt in LAST or ONLY
 *   read request          one packet: RETH, no data
 *   read response         AETH in FIRST, LAST or ONLY, none in MIDDLE; it is its own acknowledgement
 *   acknowledgement       one packet: AETH, no data
 * </pre>
 *
 * <p>A receiver may acknowledge several messages at once, and long messages may ask for it on the way: here it is once for each message.
 *
 * @param mtu bytes of data in a packet at most
 */
public record RocePackets(PathMtu mtu) {
    /** Preamble, header, checksum, and the gap to the next frame. */
    static final int ETHERNET = 8 + 14 + 4 + 12;

    static final int IPV4 = 20;
    static final int UDP = 8;
    /** Base transport header. */
    static final int BTH = 12;
    /** Checksum of all that does not change on the way. */
    static final int ICRC = 4;
    /** RDMA extended transport header: address, key, length. */
    static final int RETH = 16;
    /** Acknowledgement extended transport header. */
    static final int AETH = 4;
    /** Immediate data. */
    static final int IMMDT = 4;
    /** What every packet has. */
    static final int EVERY_PACKET = ETHERNET + IPV4 + UDP + BTH + ICRC;

    private static final int WORD = 4;
    private static final String WITH_IMMEDIATE = "_WITH_IMMEDIATE";

    public RocePackets {
        Objects.requireNonNull(mtu, "mtu");
    }

    /**
     * What travels for one request of {@code bytes} bytes.
     *
     * @throws IllegalArgumentException for an operation other than writes and reads
     */
    public List<Packets> of(SendOpcode operation, long bytes) {
        return switch (operation) {
            case RDMA_WRITE -> List.of(message(Kind.REQUEST, bytes, "", RETH), acknowledgement());
            case RDMA_WRITE_WITH_IMM ->
                List.of(message(Kind.REQUEST, bytes, WITH_IMMEDIATE, RETH + IMMDT), acknowledgement());
            case RDMA_READ -> List.of(
                    new Packets(Kind.REQUEST, "REQUEST", 1, 0, EVERY_PACKET + RETH),
                    message(Kind.RESPONSE, bytes, "", mtu.packets(bytes) == 1 ? AETH : 2 * AETH));
            default -> throw new IllegalArgumentException("no packets are known of " + operation);
        };
    }

    private static Packets acknowledgement() {
        return new Packets(Kind.ACKNOWLEDGEMENT, "ACKNOWLEDGE", 1, 0, EVERY_PACKET + AETH);
    }

    private Packets message(Kind kind, long bytes, String suffix, int extraHeaders) {
        long count = mtu.packets(bytes);
        long padding = Math.ceilDiv(bytes, (long) WORD) * WORD - bytes;
        String form = count == 1 ? "ONLY" + suffix
                : count == 2 ? "FIRST, LAST" + suffix : "FIRST, " + (count - 2) + " MIDDLE, LAST" + suffix;
        return new Packets(kind, form, count, bytes, count * EVERY_PACKET + extraHeaders + bytes + padding);
    }
}
