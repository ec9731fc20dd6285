package org.fabricmark.collective;

/**
 * Thresholds that an algorithm reads from its shape, so that a test of a few hundred bytes can take every path.
 *
 * @param segmentBytes the pipelining unit that a chunk is cut into, above 0
 * @param maxSegments at most so many segments to a chunk, above 0; longer chunks get longer segments
 * @param eagerBytes messages up to so many bytes may be put into scratch at once, without asking whether the peer has entered
 *     the call; longer ones wait for the peer and go straight to their destination; 0 switches this off
 */
public record Tuning(long segmentBytes, int maxSegments, long eagerBytes) {
    /**
     * What a call uses when nothing is said: 128 KiB segments, at most 64 of them, eager up to 1 KiB. An all-gather of 2 ranks
     * over shared memory was as fast either way with blocks of 1 KiB, and twice as slow eagerly with blocks of 4 KiB:
     * {@code ./fabricmark perf --collective all-gather --sizes 512,1K,2K,4K,8K}.
     */
    public static final Tuning DEFAULT = new Tuning(128 * 1024, 64, 1024);

    public Tuning {
        if (segmentBytes < 1 || maxSegments < 1 || eagerBytes < 0) {
            throw new IllegalArgumentException("segmentBytes=" + segmentBytes + " maxSegments=" + maxSegments
                    + " eagerBytes=" + eagerBytes + ": the first two must be at least 1, the third at least 0");
        }
    }
}
