package org.fabricmark.collective;

import java.util.Objects;

/**
 * Everything that a schedule depends on; two calls of one shape run the same schedule.
 *
 * @param collective what is computed
 * @param size how many ranks, at least 1
 * @param count elements of the vector, or of one block (see {@link Collective}), at least 0; 0 where no data move
 * @param elementBytes width of one element
 * @param average whether the step that completes an element also divides it by {@code size}
 * @param root the rank singled out; 0 where the collective has none
 * @param inPlace whether input and output share memory (at {@link Collective#inPlaceOffset})
 * @param tuning thresholds
 */
public record Shape(
        Collective collective,
        int size,
        long count,
        int elementBytes,
        boolean average,
        int root,
        boolean inPlace,
        Tuning tuning) {

    public Shape {
        Objects.requireNonNull(collective, "collective");
        Objects.requireNonNull(tuning, "tuning");
        if (size < 1) {
            throw new IllegalArgumentException("size=" + size + ": at least 1 rank");
        }
        if (count < 0 || count > 0 && !collective.movesData()) {
            throw new IllegalArgumentException("count=" + count + " does not fit " + collective.label());
        }
        if (elementBytes < 1 || Integer.bitCount(elementBytes) != 1 || elementBytes > 64) {
            throw new IllegalArgumentException("elementBytes=" + elementBytes + ": a power of two up to 64");
        }
        if (root < 0 || root >= size || root > 0 && !collective.rooted()) {
            throw new IllegalArgumentException(
                    "root=" + root + " does not fit " + collective.label() + " of " + size + " ranks");
        }
        if (average && !collective.reduces()) {
            throw new IllegalArgumentException(collective.label() + " does not reduce, so it has no average");
        }
    }

    /** A shape with default tuning, root 0, out of place, without an average. */
    public static Shape of(Collective collective, int size, long count, int elementBytes) {
        return new Shape(collective, size, count, elementBytes, false, 0, false, Tuning.DEFAULT);
    }

    public Shape withInPlace(boolean value) {
        return new Shape(collective, size, count, elementBytes, average, root, value, tuning);
    }

    public Shape withAverage(boolean value) {
        return new Shape(collective, size, count, elementBytes, value, root, inPlace, tuning);
    }

    public Shape withRoot(int value) {
        return new Shape(collective, size, count, elementBytes, average, value, inPlace, tuning);
    }

    public Shape withCount(long value) {
        return new Shape(collective, size, value, elementBytes, average, root, inPlace, tuning);
    }

    public Shape withTuning(Tuning value) {
        return new Shape(collective, size, count, elementBytes, average, root, inPlace, value);
    }

    /** Elements of one rank's input buffer. */
    public long inputElements() {
        return collective.inputElements(count, size);
    }

    /** Elements of one rank's output buffer. */
    public long outputElements() {
        return collective.outputElements(count, size);
    }

    /** Whether a call of this shape returns at once: data should move, but there are none. */
    public boolean isEmpty() {
        return collective.movesData() && count == 0;
    }
}
