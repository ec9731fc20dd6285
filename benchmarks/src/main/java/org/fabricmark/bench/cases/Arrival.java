package org.fabricmark.bench.cases;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which ranks come late to a call, and by how much: process arrival patterns as in Faraj, Patarasuk and Yuan, "A Study of Process
 * Arrival Patterns for MPI Collective Operations" (ICS 2007).
 *
 * @param kind the pattern
 * @param rank the rank that comes late; 0 unless one does
 * @param nanos by how much the last rank comes late, or may come late; 0 for none
 */
public record Arrival(Kind kind, int rank, long nanos) {
    /** Nobody is held back. */
    public static final Arrival NONE = new Arrival(Kind.NONE, 0, 0);

    private static final int MICROS_DIGITS = 3;
    private static final Pattern LABEL =
            Pattern.compile("(?:(late):(\\d{1,9})|(linear)|(random)):(\\d{1,12}(?:\\.\\d{1,3})?)(us|ms|s)");

    /** What a pattern looks like. */
    public enum Kind {
        /** Nobody is held back. */
        NONE,
        /** One rank is. */
        LATE,
        /** Rank 0 is not, the last one is, and those between in proportion. */
        LINEAR,
        /** Every rank is, by another part of the time in each call. */
        RANDOM;

        /** The word on the command line. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Refuses what cannot be. */
    public Arrival {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.NONE ? nanos != 0 : nanos < 1) {
            throw new IllegalArgumentException("arrival " + kind.label() + " by " + nanos + " ns");
        }
        if (rank < 0 || rank > 0 && kind != Kind.LATE) {
            throw new IllegalArgumentException("arrival " + kind.label() + " of rank " + rank);
        }
    }

    /**
     * The pattern of a {@link #label}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Arrival parse(String label) {
        if (label.equals(NONE.label())) {
            return NONE;
        }
        Matcher match = LABEL.matcher(label);
        if (!match.matches()) {
            throw new IllegalArgumentException("arrival '" + label + "' is no pattern");
        }
        int unit = switch (match.group(6)) {
            case "us" -> 1_000;
            case "ms" -> 1_000_000;
            default -> 1_000_000_000;
        };
        long nanos = new BigDecimal(match.group(5)).multiply(BigDecimal.valueOf(unit)).longValueExact();
        if (match.group(1) != null) {
            return new Arrival(Kind.LATE, Integer.parseInt(match.group(2)), nanos);
        }
        return new Arrival(match.group(3) != null ? Kind.LINEAR : Kind.RANDOM, 0, nanos);
    }

    /** Whether no rank comes late. */
    public boolean none() {
        return kind == Kind.NONE;
    }

    /**
     * How long {@code rank} is held back before a call. The same on whichever rank it is asked: random parts are a function of seed,
     * call and rank.
     *
     * @param each the rank
     * @param ranks how many there are
     * @param call number of the call
     * @param seed of random parts
     */
    public long delayNanos(int each, int ranks, long call, long seed) {
        return switch (kind) {
            case NONE -> 0;
            case LATE -> each == rank ? nanos : 0;
            case LINEAR -> ranks == 1 ? 0 : Math.multiplyExact(nanos, each) / (ranks - 1);
            case RANDOM -> Math.unsignedMultiplyHigh(mix(mix(mix(seed) + call) + each), nanos);
        };
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014). */
    private static long mix(long state) {
        long z = state + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** As on the command line and in names of cases: {@code late:1:5us}. */
    public String label() {
        return switch (kind) {
            case NONE -> kind.label();
            case LATE -> kind.label() + ":" + rank + ":" + time();
            case LINEAR, RANDOM -> kind.label() + ":" + time();
        };
    }

    /** In the largest unit that needs no fraction, or in microseconds; the same time always gives the same text. */
    public String time() {
        if (nanos % 1_000_000_000 == 0) {
            return nanos / 1_000_000_000 + "s";
        }
        return nanos % 1_000_000 == 0 ? nanos / 1_000_000 + "ms"
                : BigDecimal.valueOf(nanos, MICROS_DIGITS).stripTrailingZeros().toPlainString() + "us";
    }

    @Override
    public String toString() {
        return label();
    }
}
