package org.fabricmark.schedule.verify;

import java.util.Arrays;

/**
 * The values of consecutive elements, as intervals: all elements of an interval have the same symbolic value, applied to
 * consecutive elements of the inputs. Positions are relative to the strip.
 */
final class Strip {
    private long[] ends = new long[2];
    private int[] values = new int[2];
    private long[] elements = new long[2];
    private int size;

    /** A strip of one interval. */
    static Strip of(int value, long element, long length) {
        Strip strip = new Strip();
        strip.append(value, element, length);
        return strip;
    }

    /** Adds an interval of {@code length} whose first element is {@code element} of the inputs; joins equal neighbours. */
    void append(int value, long element, long length) {
        if (length == 0) {
            return;
        }
        if (size > 0 && values[size - 1] == value && elements[size - 1] + lengthOf(size - 1) == element) {
            ends[size - 1] += length;
            return;
        }
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            elements = Arrays.copyOf(elements, 2 * size);
        }
        ends[size] = length() + length;
        values[size] = value;
        elements[size++] = element;
    }

    private long lengthOf(int index) {
        return ends[index] - start(index);
    }

    long length() {
        return size == 0 ? 0 : ends[size - 1];
    }

    /** How many intervals. */
    int size() {
        return size;
    }

    long start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    long end(int index) {
        return ends[index];
    }

    int value(int index) {
        return values[index];
    }

    /** Which element of the inputs the first one of interval {@code index} is. */
    long element(int index) {
        return elements[index];
    }

    /** Puts {@code other} behind this one. */
    void append(Strip other) {
        for (int i = 0; i < other.size; i++) {
            append(other.values[i], other.elements[i], other.lengthOf(i));
        }
    }

    /** The part from {@code from} of the given length. */
    Strip part(long from, long length) {
        Strip part = new Strip();
        for (int i = 0; i < size && start(i) < from + length; i++) {
            long begin = Math.max(start(i), from);
            long end = Math.min(ends[i], from + length);
            if (begin < end) {
                part.append(values[i], elements[i] + begin - start(i), end - begin);
            }
        }
        return part;
    }

    /**
     * This strip combined with {@code right}, element by element.
     *
     * @throws IllegalArgumentException saying why two values cannot be combined
     */
    Strip combine(Strip right, Values rules) {
        Strip combined = new Strip();
        int i = 0;
        int j = 0;
        for (long at = 0; at < length();) {
            long end = Math.min(ends[i], right.ends[j]);
            long mine = elements[i] + at - start(i);
            long its = right.elements[j] + at - right.start(j);
            int value = rules.combine(values[i], right.values[j]);
            if (mine != its) {
                throw new IllegalArgumentException("combines element " + mine + " with element " + its);
            }
            combined.append(value, mine, end - at);
            at = end;
            i += ends[i] == end ? 1 : 0;
            j += right.ends[j] == end ? 1 : 0;
        }
        return combined;
    }

    /** This strip, finished. */
    Strip finish(Values rules) {
        Strip finished = new Strip();
        for (int i = 0; i < size; i++) {
            finished.append(rules.finish(values[i]), elements[i], lengthOf(i));
        }
        return finished;
    }

    /** First position at which the two strips differ, or -1. Both are joined as far as possible, so intervals must agree. */
    long difference(Strip other) {
        for (int i = 0; i < Math.min(size, other.size); i++) {
            if (values[i] != other.values[i] || elements[i] != other.elements[i]) {
                return start(i);
            }
            if (ends[i] != other.ends[i]) {
                return Math.min(ends[i], other.ends[i]);
            }
        }
        return size == other.size ? -1 : Math.min(length(), other.length());
    }
}
