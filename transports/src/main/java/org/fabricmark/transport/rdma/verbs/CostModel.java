package org.fabricmark.transport.rdma.verbs;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a device of hardware would take, for emulations that delay what they do by it. Times measured so are modelled, not measured,
 * and every table says that.
 *
 * @param name as options call it
 * @param doorbellNanos from posting until the device begins
 * @param wireNanos from one device to the other, with everything between
 * @param messageNanos least time between two messages of a device
 * @param bytesPerMicrosecond rate of a port, payload only
 * @param mtu bytes of a packet
 * @param packetBytes what each packet has beside its payload
 */
public record CostModel(
        String name, long doorbellNanos, long wireNanos, long messageNanos, long bytesPerMicrosecond, PathMtu mtu,
        int packetBytes) {
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

    /** How long the port is busy with a message of {@code bytes}, in nanoseconds. */
    public long busyNanos(long bytes) {
        long onWire = bytes + mtu.packets(bytes) * packetBytes;
        return Math.max(messageNanos, onWire * 1000 / bytesPerMicrosecond);
    }
}
