package org.fabricmark.collective;

import java.util.Optional;

/**
 * What is computed. The names are those of the command line and of every stored result; they never change.
 *
 * <p>The count is that of the call, as in NCCL: of a vector where whole vectors are combined or passed on, and of one
 * <em>block</em> where a buffer holds a block for each rank. So an all-gather of count n has n times size elements of output, a
 * reduce-scatter n times size elements of input, an all-to-all n times size elements of both.
 *
 * <p>In place, one buffer serves as both, and the shorter one lies in the longer one at {@link #inPlaceOffset}.
 */
public enum Collective {
    /** Every rank ends with the reduction of all ranks' inputs. */
    ALL_REDUCE("all-reduce", true),
    /** Every rank ends with all ranks' inputs, in rank order. */
    ALL_GATHER("all-gather", false),
    /** Rank r ends with block r of the reduction of all ranks' inputs. */
    REDUCE_SCATTER("reduce-scatter", true),
    /** Every rank ends with the root's input. */
    BROADCAST("broadcast", false),
    /** The root ends with the reduction of all ranks' inputs; nobody touches the outputs of the others. */
    REDUCE("reduce", true),
    /** Block s of rank r's output is block r of rank s's input: the transpose of a matrix of blocks. */
    ALL_TO_ALL("all-to-all", false),
    /** Every rank ends with the input of the rank before it; rank 0 with that of the last. */
    SEND_RECV("send-recv", false),
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
        return this == BROADCAST || this == REDUCE;
    }

    /** Whether data move at all; a barrier has no buffers and no count. */
    public boolean movesData() {
        return this != BARRIER;
    }

    /** Elements of one rank's input buffer for {@code count} and {@code size} ranks. */
    public long inputElements(long count, int size) {
        return switch (this) {
            case ALL_REDUCE, ALL_GATHER, BROADCAST, REDUCE, SEND_RECV -> count;
            case REDUCE_SCATTER, ALL_TO_ALL -> Math.multiplyExact(count, size);
            case BARRIER -> 0;
        };
    }

    /** Elements of one rank's output buffer for {@code count} and {@code size} ranks. */
    public long outputElements(long count, int size) {
        return switch (this) {
            case ALL_REDUCE, REDUCE_SCATTER, BROADCAST, REDUCE, SEND_RECV -> count;
            case ALL_GATHER, ALL_TO_ALL -> Math.multiplyExact(count, size);
            case BARRIER -> 0;
        };
    }

    /** Whether an in-place call keeps its output inside the longer input; otherwise its input lies inside the output. */
    public boolean outputInInput() {
        return this == REDUCE_SCATTER;
    }

    /**
     * Where in the longer buffer an in-place call keeps the shorter one of {@code rank}: 0 where both are of one length; an
     * all-gather's ranks contribute the block that they own, a reduce-scatter's receive it.
     */
    public long inPlaceOffset(long count, int rank) {
        return this == ALL_GATHER || this == REDUCE_SCATTER ? Math.multiplyExact(count, (long) rank) : 0;
    }

    /** Whether an in-place call leaves every rank's input as it was, so that repeating it gives the same result. */
    public boolean keepsInputInPlace() {
        return switch (this) {
            case ALL_GATHER, BROADCAST, BARRIER -> true;
            case ALL_REDUCE, REDUCE_SCATTER, REDUCE, ALL_TO_ALL, SEND_RECV -> false;
        };
    }

    /**
     * The factor that turns algorithm bandwidth (bytes / time) into bus bandwidth, which hardware limits directly: the
     * share of the message that any algorithm must send through each rank's port (the convention of nccl-tests).
     */
    public double busFactor(int size) {
        return switch (this) {
            case ALL_REDUCE -> 2.0 * (size - 1) / size;
            case ALL_GATHER, REDUCE_SCATTER, ALL_TO_ALL -> (double) (size - 1) / size;
            case BROADCAST, REDUCE, SEND_RECV -> 1.0;
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
