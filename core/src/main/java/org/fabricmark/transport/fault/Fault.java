package org.fabricmark.transport.fault;

import java.time.Duration;
import java.util.Objects;

/**
 * One thing that goes wrong, written {@code KIND@WHEN[:rankN][:peerN][:bytesN][:TIME]}.
 *
 * @param kind what happens
 * @param when at which operations
 * @param rank on which rank; {@link #ANY}: on every rank, each with its own count
 * @param peer only operations with this peer count; {@link #ANY}: all
 * @param leastBytes only operations with at least so many bytes of data count
 * @param delay how long, for {@link FaultKind#DELAY}; zero: some polls
 */
public record Fault(FaultKind kind, When when, int rank, int peer, long leastBytes, Duration delay) {
    /** Every rank, or every peer. */
    public static final int ANY = -1;

    /** At which of the operations that count, from 1. */
    public sealed interface When {
        /** The operation with this number. */
        record Step(long number) implements When {
            @Override
            public String toString() {
                return Long.toString(number);
            }
        }

        /** One operation, drawn from these numbers. */
        record Between(long first, long last) implements When {
            @Override
            public String toString() {
                return first + "-" + last;
            }
        }

        /** Every operation with probability 1 / {@code odds}. */
        record OneIn(long odds) implements When {
            @Override
            public String toString() {
                return "1/" + odds;
            }
        }
    }

    public Fault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(when, "when");
        Objects.requireNonNull(delay, "delay");
    }

    boolean concerns(int thisRank) {
        return rank == ANY || rank == thisRank;
    }

    /** Whether what happens depends on a draw. */
    boolean draws() {
        return !(when instanceof When.Step) || kind == FaultKind.CORRUPT || kind == FaultKind.DELAY && delay.isZero();
    }

    /** The one spelling. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.label()).append('@').append(when);
        append(text, "rank", rank, ANY);
        append(text, "peer", peer, ANY);
        append(text, "bytes", leastBytes, 0);
        if (!delay.isZero()) {
            text.append(':').append(FaultTime.format(delay));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, long value, long absent) {
        if (value != absent) {
            text.append(':').append(name).append(value);
        }
    }
}
