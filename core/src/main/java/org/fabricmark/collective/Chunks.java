package org.fabricmark.collective;

/**
 * The one way in which a buffer is divided among ranks, or a chunk into segments: consecutive parts that differ by at most
 * one unit, the longer ones first. Once parts reach {@value #ALIGN_FROM_BYTES} bytes the unit is {@value #ALIGNMENT_BYTES}
 * bytes, so that no two ranks write to one cache line or to the neighbour that the hardware fetches with it.
 *
 * @param count elements in all
 * @param parts how many parts, at least 1
 * @param quantum elements to a unit
 */
public record Chunks(long count, int parts, long quantum) {
    private static final int ALIGNMENT_BYTES = 128;
    private static final int ALIGN_FROM_BYTES = 4096;

    public Chunks {
        if (count < 0 || parts < 1 || quantum < 1) {
            throw new IllegalArgumentException("count=" + count + " parts=" + parts + " quantum=" + quantum);
        }
    }

    /** Divides {@code count} elements of {@code elementBytes} each. */
    public static Chunks of(long count, int parts, int elementBytes) {
        boolean align = count * elementBytes / parts >= ALIGN_FROM_BYTES && elementBytes < ALIGNMENT_BYTES;
        return new Chunks(count, parts, align ? ALIGNMENT_BYTES / elementBytes : 1);
    }

    /**
     * Cuts a range of {@code count} elements into segments of about {@code tuning.segmentBytes()}, at least one and at most
     * {@code tuning.maxSegments()}.
     */
    public static Chunks segments(long count, int elementBytes, Tuning tuning) {
        long wanted = (count * elementBytes + tuning.segmentBytes() - 1) / tuning.segmentBytes();
        return of(count, Math.clamp(wanted, 1, tuning.maxSegments()), elementBytes);
    }

    /** First element of part {@code index}; for {@code index == parts} the end of the last part. */
    public long start(int index) {
        long units = (count + quantum - 1) / quantum;
        long unit = index * (units / parts) + Math.min(index, units % parts);
        return Math.min(count, unit * quantum);
    }

    /** Elements of part {@code index}; part 0 is never shorter than another. */
    public long length(int index) {
        return start(index + 1) - start(index);
    }

    /** Elements of parts {@code from} (inclusive) to {@code to} (exclusive). */
    public long length(int from, int to) {
        return start(to) - start(from);
    }
}
