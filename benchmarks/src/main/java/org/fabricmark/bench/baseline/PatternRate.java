package org.fabricmark.bench.baseline;

/**
 * How fast threads read k sources and write m destinations.
 *
 * @param sources k: combined, where there are several
 * @param destinations m
 * @param threads how many threads did so at once, each on memory of its own
 * @param workingSet bytes of all operands of all threads
 * @param gigabytesPerSecond bytes read and written by all threads, in GB/s
 */
public record PatternRate(
        int sources, int destinations, int threads, long workingSet, double gigabytesPerSecond) {

    /** The pattern in words for a table: {@code 2 -> 1}. */
    public String pattern() {
        return sources + " -> " + destinations;
    }
}
