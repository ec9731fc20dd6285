package org.fabricmark.collective;

import java.util.Optional;

/**
 * What is computed. The names are those of the command line and of every stored result; they never change.
 *
 * <p>Counts follow the send side: an all-reduce of count n combines n elements of every rank; an all-gather of count n
 * collects n elements <em>from each</em> rank, so its output holds n times size elements.
 */
public enum Collective {
    /** Every rank ends with the reduction of all ranks' inputs. */
    ALL_REDUCE("all-reduce", true),
    /** Every rank ends with all ranks' inputs, in rank order. */
    ALL_GATHER("all-gather", false),
    /** Every rank ends with the root's input. */
    BROADCAST("broadcast", false),
    /** No data: no rank leaves before every rank has entered. */
    BARRIER("barrier", false);

    private final String label;
    private final boolean reduces;

    Collective(String label, boolean reduces) {
        this.label = label;
        this.reduces = reduces;
    }

    /** The canonical name, for example {@code all-reduce}. */
    public String label() {
        return label;
    }

    /** Whether elements are combined, so that a {@link ReduceOp} is part of the shape. */
    public boolean reduces() {
        return reduces;
    }

    /** Whether one rank is singled out, so that a root is part of the shape. */
    public boolean rooted() {
        return this == BROADCAST;
    }

    /** Whether data move at all; a barrier has no buffers and no count. */
    public boolean movesData() {
        return this != BARRIER;
    }

    /** Elements of one rank's input buffer for {@code count}. */
    public long inputElements(long count) {
        return movesData() ? count : 0;
    }

    /** Elements of one rank's output buffer for {@code count} and {@code size} ranks. */
    public long outputElements(long count, int size) {
        return switch (this) {
            case ALL_REDUCE, BROADCAST -> count;
            case ALL_GATHER -> Math.multiplyExact(count, size);
            case BARRIER -> 0;
        };
    }

    /**
     * Where in the output an in-place call keeps {@code rank}'s input: 0, except for an all-gather, whose ranks contribute
     * the block that they own.
     */
    public long inPlaceOffset(long count, int rank) {
        return this == ALL_GATHER ? Math.multiplyExact(count, (long) rank) : 0;
    }

    /**
     * The factor that turns algorithm bandwidth (bytes / time) into bus bandwidth, which hardware limits directly: the
     * share of the message that any algorithm must send through each rank's port (the convention of nccl-tests).
     */
    public double busFactor(int size) {
        return switch (this) {
            case ALL_REDUCE -> 2.0 * (size - 1) / size;
            case ALL_GATHER -> (double) (size - 1) / size;
            case BROADCAST -> 1.0;
            case BARRIER -> 0.0;
        };
    }

    /** The collective called {@code label}. */
    public static Optional<Collective> named(String label) {
        for (Collective collective : values()) {
            if (collective.label.equals(label)) {
                return Optional.of(collective);
            }
        }
        return Optional.empty();
    }
}
