package org.fabricmark.algorithm.pattern;

/** Arithmetic on ranks that stand in a circle, and on distances that double. */
public final class Rings {
    private Rings() {}

    /** The rank {@code distance} places behind {@code rank} (before it, when negative); {@code |distance| <= size}. */
    public static int shift(int rank, int distance, int size) {
        int shifted = rank + distance;
        if (shifted >= size) {
            return shifted - size;
        }
        return shifted < 0 ? shifted + size : shifted;
    }

    /** Rounds until distances 1, 2, 4, … cover {@code size} ranks: ceil(log2 size). */
    public static int doublingRounds(int size) {
        return 32 - Integer.numberOfLeadingZeros(size - 1);
    }
}
