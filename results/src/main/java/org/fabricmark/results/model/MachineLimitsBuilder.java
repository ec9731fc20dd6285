package org.fabricmark.results.model;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

import org.fabricmark.results.model.MachineLimits.SocketTime;
import org.fabricmark.results.model.MachineLimits.StreamRate;

/**
 * Collects what probes found; what is not set stays absent. {@link MachineLimits} says what each means. Not
 * thread-safe.
 */
public final class MachineLimitsBuilder {
    private OptionalDouble clockNs = OptionalDouble.empty();
    private OptionalDouble exchangeNs = OptionalDouble.empty();
    private OptionalDouble roundTripNs = OptionalDouble.empty();
    private OptionalDouble emptyScheduleNs = OptionalDouble.empty();
    private final TreeMap<Long, Double> copyGBs = new TreeMap<>();
    private final TreeMap<Long, Double> reduceGBs = new TreeMap<>();
    private Optional<SocketTime> tcpExchangeUs = Optional.empty();
    private Optional<SocketTime> tcpRoundTripUs = Optional.empty();
    private Optional<SocketTime> udsRoundTripUs = Optional.empty();
    private Optional<SocketTime> udpRoundTripUs = Optional.empty();
    private final TreeMap<Long, StreamRate> tcpStreamGBs = new TreeMap<>();
    private OptionalDouble futexWakeUs = OptionalDouble.empty();
    private OptionalDouble yieldSwitchUs = OptionalDouble.empty();

    MachineLimitsBuilder() {}

    /** One reading of the clock, in nanoseconds. */
    public MachineLimitsBuilder clockNs(double ns) {
        clockNs = OptionalDouble.of(ns);
        return this;
    }

    /** An exchange of one line, in nanoseconds. */
    public MachineLimitsBuilder exchangeNs(double ns) {
        exchangeNs = OptionalDouble.of(ns);
        return this;
    }

    /** A line there and back, in nanoseconds. */
    public MachineLimitsBuilder roundTripNs(double ns) {
        roundTripNs = OptionalDouble.of(ns);
        return this;
    }

    /** A call that moves nothing, in nanoseconds. */
    public MachineLimitsBuilder emptyScheduleNs(double ns) {
        emptyScheduleNs = OptionalDouble.of(ns);
        return this;
    }

    /** Copy rates in GB/s by working set in bytes; added to those already known. */
    public MachineLimitsBuilder copyGBs(Map<Long, Double> rates) {
        copyGBs.putAll(rates);
        return this;
    }

    /** Reduction rates in GB/s by working set in bytes; added to those already known. */
    public MachineLimitsBuilder reduceGBs(Map<Long, Double> rates) {
        reduceGBs.putAll(rates);
        return this;
    }

    /** An exchange over TCP. */
    public MachineLimitsBuilder tcpExchangeUs(SocketTime time) {
        tcpExchangeUs = Optional.of(time);
        return this;
    }

    /** A round trip over TCP. */
    public MachineLimitsBuilder tcpRoundTripUs(SocketTime time) {
        tcpRoundTripUs = Optional.of(time);
        return this;
    }

    /** A round trip over Unix-domain sockets. */
    public MachineLimitsBuilder udsRoundTripUs(SocketTime time) {
        udsRoundTripUs = Optional.of(time);
        return this;
    }

    /** A round trip over UDP. */
    public MachineLimitsBuilder udpRoundTripUs(SocketTime time) {
        udpRoundTripUs = Optional.of(time);
        return this;
    }

    /** Stream rates over TCP by message size in bytes; added to those already known. */
    public MachineLimitsBuilder tcpStreamGBs(Map<Long, StreamRate> rates) {
        tcpStreamGBs.putAll(rates);
        return this;
    }

    /** From a wake-up in the kernel to the thread's running, in microseconds. */
    public MachineLimitsBuilder futexWakeUs(double us) {
        futexWakeUs = OptionalDouble.of(us);
        return this;
    }

    /** A switch between two threads that yield, in microseconds. */
    public MachineLimitsBuilder yieldSwitchUs(double us) {
        yieldSwitchUs = OptionalDouble.of(us);
        return this;
    }

    /** The limits collected so far. */
    public MachineLimits build() {
        return new MachineLimits(clockNs, exchangeNs, roundTripNs, emptyScheduleNs, copyGBs, reduceGBs, tcpExchangeUs,
                tcpRoundTripUs, udsRoundTripUs, udpRoundTripUs, tcpStreamGBs, futexWakeUs, yieldSwitchUs);
    }
}
