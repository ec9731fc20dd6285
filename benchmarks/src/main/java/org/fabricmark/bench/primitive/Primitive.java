package org.fabricmark.bench.primitive;

import java.util.Arrays;
import java.util.Locale;

/** Kinds of transfers between two ranks. */
public enum Primitive {
    /** Both ranks put in turn, each when the other's data have arrived; an operation is one way. */
    PUT_LATENCY(2, true),
    /** Rank 0 puts, {@value #STREAM} in a row and then a signal; rank 1 answers with a signal that rank 0 awaits one row later. */
    PUT_BANDWIDTH(Primitive.STREAM, true),
    /** Both ranks raise a signal in turn; an operation is there and back. */
    NOTIFY_ROUND_TRIP(1, false),
    /** As {@link #PUT_BANDWIDTH}, {@value #BURST} in a row, each of them with a signal that rank 1 awaits. */
    MESSAGE_RATE(Primitive.BURST, true);

    /** Puts in a row. */
    public static final int STREAM = 16;

    /** Messages in a row. */
    public static final int BURST = 64;

    private final int operations;
    private final boolean movesData;

    Primitive(int operations, boolean movesData) {
        this.operations = operations;
        this.movesData = movesData;
    }

    /** How many operations one round of both ranks is. */
    public int operations() {
        return operations;
    }

    /** Whether there are bytes to it. */
    public boolean movesData() {
        return movesData;
    }

    /** Whether rank 1 puts too. */
    boolean bothWays() {
        return this == PUT_LATENCY;
    }

    /** {@code put-latency}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Primitive named(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no primitive '" + label + "'"));
    }
}
