package org.fabricmark.transport.rdma.verbs;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a device of hardware would take, for emulations that delay what they do by it. Times measured so are modelled, not measured,
 * and every table says that.
 *
 * <p>A message that is posted at time 0 to a port that is free begins to leave it after {@link #beginNanos}, has left it
 * {@link #busyNanos} later, and is at the peer {@link #wireNanos} after that: then the peer is told, or answers. An acknowledgement is back
 * after one more wire; the response of a read or an atomic is a message itself. A port sends one message after another, whichever
 * queue pair they are of, and takes in one response after another at the same rate.
 *
 * <p>Left out: other ports' messages on the same way, congestion, losses, what the peer's memory takes, that a fence or the limit of
 * reads at a time holds something back, and that the completion of a service without acknowledgement comes before its message arrives.
 *
 * @param name as options call it
 * @param doorbellNanos from posting until the device begins: it is told, and fetches the request and then its data
 * @param wireNanos from one device to the other, with everything between
 * @param messageNanos least time between two messages of a device
 * @param bytesPerMicrosecond rate of a port, packets' own bytes included
 * @param mtu bytes of a packet, if the path of a queue pair does not allow less
 * @param packetBytes what each packet has beside its payload
 */
public record CostModel(
        String name, long doorbellNanos, long wireNanos, long messageNanos, long bytesPerMicrosecond, PathMtu mtu,
        int packetBytes) {
    private static final long NANOS_PER_MICRO = 1000;

    /** No delay. */
    public static final CostModel NONE = new CostModel("none", 0, 0, 0, 0, PathMtu.MTU_4096, 0);

    /**
     * A port of 400 Gbit/s with converged Ethernet: 50,000 bytes in a microsecond; per packet 82 bytes of Ethernet, its gap, IP, UDP,
     * transport header and checksums; 1.0 microseconds for a message of 8 bytes, of which 0.3 are posting and fetching; 100 million
     * messages a second.
     */
    public static final CostModel ROCE_400G =
            new CostModel("roce400g", 300, 700, 10, 50_000, PathMtu.MTU_4096, 82);

    /** The known ones. */
    public static java.util.List<CostModel> all() {
        return java.util.List.of(NONE, ROCE_400G);
    }

    /** The one called {@code name}. */
    public static CostModel named(String name) {
        return Arrays.stream(new CostModel[] {NONE, ROCE_400G})
                .filter(model -> model.name.equals(name.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> VerbsException.invalid("no cost model '" + name + "'; known: none, roce400g"));
    }

    /** Whether it delays anything. */
    public boolean delays() {
        return bytesPerMicrosecond > 0;
    }

    /** When the device begins with a request, after it was posted: bytes that are in the request need not be fetched. */
    public long beginNanos(boolean inline) {
        return inline ? doorbellNanos / 2 : doorbellNanos;
    }

    /**
     * How long a port is busy with a message of {@code bytes}, in nanoseconds.
     *
     * @param path what the queue pair's path allows
     */
    public long busyNanos(long bytes, PathMtu path) {
        long onWire = bytes + packet(path).packets(bytes) * packetBytes;
        return Math.max(messageNanos, onWire * NANOS_PER_MICRO / bytesPerMicrosecond);
    }

    /**
     * How many bytes of a message of {@code bytes} have left the port in whole packets, {@code nanos} after its first one began. The
     * last packet leaves when {@link #busyNanos} are over.
     */
    public long leftAfter(long nanos, long bytes, PathMtu path) {
        if (nanos >= busyNanos(bytes, path)) {
            return bytes;
        }
        long payload = packet(path).bytes();
        long packets = Math.max(0, nanos) * bytesPerMicrosecond / ((payload + packetBytes) * NANOS_PER_MICRO);
        return Math.min(packets, packet(path).packets(bytes) - 1) * payload;
    }

    private PathMtu packet(PathMtu path) {
        return path.compareTo(mtu) < 0 ? path : mtu;
    }
}
