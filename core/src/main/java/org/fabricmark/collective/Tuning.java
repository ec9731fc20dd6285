package org.fabricmark.collective;

/**
 * Thresholds that an algorithm reads from its shape, so that a test of a few hundred bytes can take every path.
 *
 * @param segmentBytes the pipelining unit that a chunk is cut into, above 0
 * @param maxSegments at most so many segments to a chunk, above 0; longer chunks get longer segments
 * @param eagerBytes messages up to so many bytes may be put into scratch at once, without asking whether the peer has entered
 *     the call; longer ones wait for the peer and go straight to their destination; 0 switches this off
 * @param channels into how many parts data are divided that travel independently, for algorithms that can
 */
public record Tuning(long segmentBytes, int maxSegments, long eagerBytes, int channels) {
    /** More channels than this are refused: each costs signals, and a pass over the data that the others do not share. */
    public static final int MOST_CHANNELS = 64;

    /** Cutting into segments never raises a rank's steps above about so many. */
    private static final int MOST_STEPS = 64 * 1024;

    /**
     * What a call uses when nothing is said: 128 KiB segments, at most 64 of them, eager up to 1 KiB, one channel. An all-gather of 2 ranks
     * over shared memory was as fast either way with blocks of 1 KiB, and twice as slow eagerly with blocks of 4 KiB:
     * {@code ./fabricmark perf --collective all-gather --sizes 512,1K,2K,4K,8K}.
     */
    public static final Tuning DEFAULT = new Tuning(128 * 1024, 64, 1024, 1);

    public Tuning {
        if (segmentBytes < 1 || maxSegments < 1 || eagerBytes < 0 || channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("segmentBytes=" + segmentBytes + " maxSegments=" + maxSegments
                    + " eagerBytes=" + eagerBytes + " channels=" + channels
                    + ": the first two must be at least 1, the third at least 0, the last 1 to " + MOST_CHANNELS);
        }
    }

    /** With one channel. */
    public Tuning(long segmentBytes, int maxSegments, long eagerBytes) {
        this(segmentBytes, maxSegments, eagerBytes, 1);
    }

    public Tuning withSegmentBytes(long value) {
        return new Tuning(value, maxSegments, eagerBytes, channels);
    }

    public Tuning withMaxSegments(int value) {
        return new Tuning(segmentBytes, value, eagerBytes, channels);
    }

    public Tuning withChannels(int value) {
        return new Tuning(segmentBytes, maxSegments, eagerBytes, value);
    }

    /** The same where a segment costs {@code steps} steps of one rank: fewer segments if there would be too many steps. */
    public Tuning limitedTo(long steps) {
        return withMaxSegments(Math.clamp(MOST_STEPS / steps, 1, maxSegments));
    }
}
