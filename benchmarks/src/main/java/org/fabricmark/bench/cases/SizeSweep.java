package org.fabricmark.bench.cases;

import java.util.ArrayList;
import java.util.List;

/**
 * The message sizes of a table, in bytes, ascending, each once.
 *
 * @param bytes the sizes
 */
public record SizeSweep(List<Long> bytes) {
    /** More sizes than this are a mistake in the arguments. */
    private static final int MOST = 10_000;

    /** Sorts, drops repeated sizes, and refuses an empty list and negative sizes. */
    public SizeSweep {
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("no message size is given");
        }
        bytes.stream().filter(size -> size < 0).findFirst().ifPresent(size -> {
            throw new IllegalArgumentException("size '" + size + "' is negative");
        });
        bytes = bytes.stream().sorted().distinct().toList();
    }

    /**
     * {@code min}, then each size times {@code factor}, rounded down but always growing, up to {@code max}.
     *
     * @throws IllegalArgumentException when max is below min, or the factor is not above 1
     */
    public static SizeSweep geometric(long min, long max, double factor) {
        requireRange(min, max);
        if (!(factor > 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor '" + factor + "' is not above 1");
        }
        List<Long> sizes = new ArrayList<>();
        double exact = min;
        for (long size = min; size <= max;) {
            add(sizes, size);
            exact = Math.max(exact * factor, size + 1.0);
            if (exact > max) {
                break;
            }
            size = (long) exact;
        }
        return new SizeSweep(sizes);
    }

    /**
     * {@code min}, {@code min + step}, and so on up to {@code max}.
     *
     * @throws IllegalArgumentException when max is below min, or the step is below 1
     */
    public static SizeSweep arithmetic(long min, long max, long step) {
        requireRange(min, max);
        if (step < 1) {
            throw new IllegalArgumentException("step '" + step + "' is below 1");
        }
        List<Long> sizes = new ArrayList<>();
        for (long size = min; size <= max; size += step) {
            add(sizes, size);
            if (size > max - step) {
                break;
            }
        }
        return new SizeSweep(sizes);
    }

    private static void requireRange(long min, long max) {
        if (min < 0) {
            throw new IllegalArgumentException("smallest size '" + min + "' is negative");
        }
        if (max < min) {
            throw new IllegalArgumentException("largest size '" + max + "' is below the smallest, '" + min + "'");
        }
    }

    private static void add(List<Long> sizes, long size) {
        if (sizes.size() == MOST) {
            throw new IllegalArgumentException("more than " + MOST + " sizes; use a larger step or factor");
        }
        sizes.add(size);
    }
}
