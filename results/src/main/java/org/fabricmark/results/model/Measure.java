package org.fabricmark.results.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which figure of a result people look at, and which way it is better. Every result has a time, and whatever decides
 * looks at times; what is shown beside a ratio is this figure. Figures of different measures are never divided by each other.
 */
public enum Measure {
    /** Time of a call of a collective. */
    CALL("us", false),
    /** Time of an operation of a primitive. */
    LATENCY("us", false),
    /** Bytes a second of a primitive, in GB/s of 10<sup>9</sup> bytes. */
    BANDWIDTH("GB/s", true),
    /** Messages a second of a primitive, in millions. */
    RATE("Mpps", true);

    private static final double BYTES_PER_US_IN_GBS = 1e-3;

    private final String unit;
    private final boolean higherIsBetter;

    Measure(String unit, boolean higherIsBetter) {
        this.unit = unit;
        this.higherIsBetter = higherIsBetter;
    }

    /** The unit of {@link #figure}. */
    public String unit() {
        return unit;
    }

    /** Whether more is better: then a ratio of figures below 1 is slower. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /**
     * The figure.
     *
     * @param timeUs of a call, an operation or a message, in microseconds; above 0 where higher is better
     * @param bytes of a message
     */
    public double figure(double timeUs, long bytes) {
        return switch (this) {
            case CALL, LATENCY -> timeUs;
            case BANDWIDTH -> bytes / timeUs * BYTES_PER_US_IN_GBS;
            case RATE -> 1 / timeUs;
        };
    }

    /** Its name in files: {@code bandwidth}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one called {@code label}. */
    public static Optional<Measure> named(String label) {
        return Arrays.stream(values()).filter(measure -> measure.label().equals(label)).findFirst();
    }
}
