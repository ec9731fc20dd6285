package org.fabricmark.results.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The limits of a machine, as its probes measured them; what was not probed is empty. <em>Exchange</em>: two sides send
 * at the same time and both have the other's; <em>round trip</em>: there and back. The components' names are the fields
 * of the JSON form, with their unit at the end. Made by {@link MachineLimitsBuilder}, so that a new probe breaks no
 * caller.
 *
 * @param clockNs one reading of the clock
 * @param exchangeNs two threads each write a line and see the other's
 * @param roundTripNs a line there and back between two threads
 * @param emptyScheduleNs a call that moves nothing
 * @param copyGBs copy rate by working set in bytes
 * @param reduceGBs rate of a two-source reduction by working set in bytes
 * @param tcpExchangeUs 8 bytes each way at once over TCP
 * @param tcpRoundTripUs 8 bytes there and back over TCP
 * @param udsRoundTripUs the same over Unix-domain sockets
 * @param udpRoundTripUs the same over UDP
 * @param tcpStreamGBs stream rate over TCP by message size in bytes
 * @param futexWakeUs from waking a thread that sleeps in the kernel to its running
 * @param yieldSwitchUs a switch between two threads that yield to each other
 */
public record MachineLimits(OptionalDouble clockNs, OptionalDouble exchangeNs, OptionalDouble roundTripNs,
        OptionalDouble emptyScheduleNs, SortedMap<Long, Double> copyGBs, SortedMap<Long, Double> reduceGBs,
        Optional<SocketTime> tcpExchangeUs, Optional<SocketTime> tcpRoundTripUs, Optional<SocketTime> udsRoundTripUs,
        Optional<SocketTime> udpRoundTripUs, SortedMap<Long, StreamRate> tcpStreamGBs, OptionalDouble futexWakeUs,
        OptionalDouble yieldSwitchUs) {

    /** Copies the maps; one that a file lacks is empty. */
    public MachineLimits {
        copyGBs = copyOf(copyGBs);
        reduceGBs = copyOf(reduceGBs);
        tcpStreamGBs = copyOf(tcpStreamGBs);
    }

    /** A builder of limits of which none is known yet. */
    public static MachineLimitsBuilder builder() {
        return new MachineLimitsBuilder();
    }

    private static <V> SortedMap<Long, V> copyOf(Map<Long, V> map) {
        return map == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /**
     * A time over sockets in microseconds, by the way in which a side waits.
     *
     * @param blocking asleep in the kernel
     * @param busy polling
     */
    public record SocketTime(OptionalDouble blocking, OptionalDouble busy) {}

    /**
     * A stream's rate in GB/s, counted in one direction.
     *
     * @param oneWay only one side sends
     * @param bothWays both sides send at once
     */
    public record StreamRate(OptionalDouble oneWay, OptionalDouble bothWays) {}
}
