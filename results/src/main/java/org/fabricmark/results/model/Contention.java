package org.fabricmark.results.model;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What took processor time away while a case was measured; what could not be read is empty.
 *
 * @param stealPercent share of all processors' time that the host gave to others
 * @param cpuPressurePercent share of the time in which a thread that could run had to wait for a processor
 * @param gcCount garbage collections of rank 0's virtual machine
 * @param gcMillis how long they took
 */
public record Contention(OptionalDouble stealPercent, OptionalDouble cpuPressurePercent, OptionalLong gcCount,
        OptionalLong gcMillis) {
    /** Nothing is known. */
    public static final Contention UNKNOWN = new Contention(OptionalDouble.empty(), OptionalDouble.empty(),
            OptionalLong.empty(), OptionalLong.empty());
}
