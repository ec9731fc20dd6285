package org.fabricmark.schedule;

/**
 * Consecutive elements of one buffer of one rank.
 *
 * @param rank whose buffer
 * @param space which buffer
 * @param offset first element
 * @param count elements, at least 1 (steps without data have no slice)
 */
public record Slice(int rank, Space space, long offset, long count) {
    public Slice {
        if (rank < 0 || offset < 0 || count < 1 || offset + count < 0) {
            throw new IllegalArgumentException("rank=" + rank + " offset=" + offset + " count=" + count);
        }
    }

    /** First element behind the slice. */
    public long end() {
        return offset + count;
    }

    @Override
    public String toString() {
        return "rank " + rank + " " + space + "[" + offset + ".." + end() + ")";
    }
}
