package org.fabricmark.engine;

import java.util.Objects;
import org.fabricmark.transport.Bindable;

/**
 * Where a {@link org.fabricmark.schedule.Space} lies: in the same region on every rank, at an offset that may depend on the rank;
 * or in memory of each rank's own.
 *
 * @param memory the region; null where the space has no elements
 * @param offset first byte of rank 0's buffer in the memory
 * @param bytesPerRank how much further into the memory each next rank's buffer lies; 0 but for the shorter buffer of
 *     a call in place, where that is the rank's own block of the longer one
 * @param elements length in elements
 */
public record BoundSpace(Bindable memory, long offset, long bytesPerRank, long elements) {
    /** A space without elements. */
    public static final BoundSpace NONE = new BoundSpace(null, 0, 0, 0);

    public BoundSpace {
        if (elements > 0) {
            Objects.requireNonNull(memory, "memory");
        }
        if (offset < 0 || bytesPerRank < 0 || elements < 0) {
            throw new IllegalArgumentException(
                    "offset=" + offset + " bytesPerRank=" + bytesPerRank + " elements=" + elements);
        }
    }

    /** A space that lies at the same offset on every rank. */
    public static BoundSpace at(Bindable memory, long offset, long elements) {
        return new BoundSpace(memory, offset, 0, elements);
    }

    /** First byte of {@code rank}'s buffer; the largest number, which no memory has, where it would be larger. */
    long start(int rank) {
        boolean beyond = rank > 0 && bytesPerRank > (Long.MAX_VALUE - offset) / rank;
        return beyond ? Long.MAX_VALUE : offset + rank * bytesPerRank;
    }
}
