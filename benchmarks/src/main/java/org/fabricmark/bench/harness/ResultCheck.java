package org.fabricmark.bench.harness;

import static org.fabricmark.bench.harness.DataPattern.PERIOD;

import java.lang.foreign.MemorySegment;

/**
 * Lays pieces of tape into a buffer, and compares a buffer with them: both at the speed of a block copy, so that checking
 * 64 MiB takes milliseconds. {@link DataPattern} says what is on a tape.
 */
final class ResultCheck {
    private ResultCheck() {}

    /** Writes the values of call {@code call} into {@code target}, whose length is a multiple of {@code width}. */
    static void fill(MemorySegment target, MemorySegment tape, int width, long call) {
        long elements = target.byteSize() / width;
        for (long block = 0; block * PERIOD < elements; block++) {
            long first = block * PERIOD;
            long bytes = Math.min(PERIOD, elements - first) * width;
            MemorySegment.copy(tape, (long) DataPattern.phase(block, call) * width, target, first * width, bytes);
        }
    }

    /** How many elements of {@code actual} are not, bit for bit, those of call {@code call}. */
    static long wrong(MemorySegment actual, MemorySegment tape, int width, long call) {
        long elements = actual.byteSize() / width;
        long wrong = 0;
        for (long block = 0; block * PERIOD < elements; block++) {
            long from = block * PERIOD * width;
            long bytes = Math.min(PERIOD, elements - block * PERIOD) * width;
            long expected = (long) DataPattern.phase(block, call) * width;
            if (differ(actual, from, tape, expected, bytes)) {
                wrong += wrongInBlock(actual, from, tape, expected, bytes, width);
            }
        }
        return wrong;
    }

    private static long wrongInBlock(
            MemorySegment actual, long from, MemorySegment tape, long expected, long bytes, int width) {
        long wrong = 0;
        for (long offset = 0; offset < bytes; offset += width) {
            if (differ(actual, from + offset, tape, expected + offset, width)) {
                wrong++;
            }
        }
        return wrong;
    }

    private static boolean differ(MemorySegment a, long atA, MemorySegment b, long atB, long bytes) {
        return MemorySegment.mismatch(a, atA, atA + bytes, b, atB, atB + bytes) >= 0;
    }
}
