package org.fabricmark.selection;

import java.util.List;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;

/**
 * The table for ranks that reach each other by {@linkplain Access#MESSAGES messages}: a round costs 5 us, so that many bytes are sent twice
 * or reduced by everybody before a second one pays; and an algorithm that reads peers' memory asks for it first, two rounds more.
 *
 * <p>Measured over TCP on the loopback device, on two cores, in microseconds; more ranks than cores take turns, so there the number
 * of messages counts more than that of rounds.
 * {@code fabricmark perf --transport netty --algorithm all --collective all --ranks 2,3,5,8 --in-place no
 * --sizes 8,4K,32K,128K,512K,1M,8M}
 */
final class MessagePreferences {
    /**
     * Eager up to 64 KiB instead of 1 KiB. An all-gather of 2 ranks with blocks of 32 KiB: 14.5 with a copy out of scratch (Bruck's
     * algorithm), 18.9 with a round to ask whether the peer has entered.
     *
     * <p>Segments of 512 KiB instead of 128: each is a message. By 128, 256, 512, 1,024 KiB, a segmented ring of 2 ranks took 1,435, 1,004, 899,
     * 985 at 4 MiB; a chain of 3 ranks by 128 and 512 KiB 2,210 and 1,290 at 4 MiB, of 5 ranks 13,900 and 11,500 at 16 MiB.
     */
    static final Tuning TUNING = new Tuning(
            512 * 1024,
            Tuning.DEFAULT.maxSegments(),
            64 * 1024,
            Tuning.DEFAULT.channels());

    /** All-reduce of 2 ranks, one-shot against Rabenseifner: 103 and 116 at 512 KiB, 193 and 181 at 1 MiB. */
    private static final long ONE_SHOT_BYTES_OF_TWO = 512 * 1024;

    /**
     * Where each segment is reduced before it has left the caches, against the whole message at once: segmented ring against Rabenseifner, 2
     * ranks: 418 and 393 at 2 MiB, 899 and 1,090 at 4 MiB, 4,760 and 5,950 at 16 MiB, 19,400 and 24,800 at 64 MiB.
     */
    private static final long SEGMENTED_BYTES_OF_TWO = 4 * 1024 * 1024;

    /**
     * All-reduce of 5 ranks, recursive doubling against Rabenseifner: 114 and 138 at 32 KiB, 715 and 537 at 128 KiB; of 8 ranks, 327 and
     * 275, 890 and 454.
     */
    private static final long DOUBLING_BYTES = 32 * 1024;

    /**
     * All-reduce of more ranks, from so many bytes for each rank on by a segmented ring. Of 3 ranks, segmented ring, ring, Rabenseifner: 670,
     * 1,140, 809 at 1 MiB, 3,200, 4,040, 4,060 at 4 MiB, 12,600, 17,200, 18,100 at 16 MiB; of 5 ranks 1,700, 2,460, 2,270, then 6,700, 6,450, 7,850,
     * and 26,300, 29,900, 27,700. Of 4 ranks, segmented ring and Rabenseifner: 890 and 1,130 at 1 MiB; of 8, 2,800 and 6,800 at 1 MiB, 13,900 and
     * 22,400 at 4 MiB, 46,500 and 49,200 at 16 MiB.
     */
    private static final long RING_BYTES_PER_RANK = 128 * 1024;

    /**
     * Up to so many ranks everyone sends its short block to all at once; more take log p rounds of one message. Reduce-scatter of 8,200
     * bytes, direct against halving: 5 ranks 123 and 76, 8 ranks 225 and 192; all-gather, direct against Bruck: 116 and 115, 232 and 175.
     */
    private static final int FEW_RANKS = 4;

    /** As for shared memory: of 3 ranks at 4 MiB, chain against binomial: 2,474 and 2,927; at 512 KiB, 419 and 362. */
    private static final long CHAIN_BYTES = 1024 * 1024;

    private MessagePreferences() {}

    /** Names of algorithms, the best first. */
    static List<String> of(Shape shape) {
        return switch (shape.collective()) {
            case ALL_REDUCE -> allReduce(shape);
            case ALL_GATHER -> allGather(shape);
            case REDUCE_SCATTER -> reduceScatter(shape);
            case BROADCAST -> bytes(shape) >= CHAIN_BYTES && shape.size() > 2 ? List.of("chain") : List.of("binomial");
            case REDUCE -> List.of("binomial");
            case ALL_TO_ALL -> List.of("direct");
            case SEND_RECV -> List.of("ring-shift");
            case BARRIER -> List.of("dissemination");
        };
    }

    private static long bytes(Shape shape) {
        return shape.count() * shape.elementBytes();
    }

    private static List<String> allReduce(Shape shape) {
        int size = shape.size();
        long bytes = bytes(shape);
        if (size <= 2 && bytes <= ONE_SHOT_BYTES_OF_TWO) {
            return List.of("one-shot");
        }
        if (size > 2 && bytes <= DOUBLING_BYTES) {
            return List.of("recursive-doubling", "one-shot");
        }
        long segmented = size <= 2 ? SEGMENTED_BYTES_OF_TWO : size * RING_BYTES_PER_RANK;
        return bytes >= segmented ? List.of("segmented-ring", "ring") : List.of("rabenseifner", "ring");
    }

    /**
     * Where blocks are long, the ring copies the own block while another travels: of 2 ranks 473 against 534 (direct) at 4 MiB, of 8
     * ranks 5,079 and 5,935. Of 3 ranks direct was faster, 1,612 against 1,897.
     */
    private static List<String> allGather(Shape shape) {
        boolean few = shape.size() <= FEW_RANKS;
        if (bytes(shape) <= TUNING.eagerBytes()) {
            return few ? List.of("direct") : List.of("bruck", "direct");
        }
        return few && shape.size() > 2 ? List.of("direct") : List.of("ring", "direct");
    }

    /** Long blocks go around the ring: 2,750 against 4,956 (direct) and 10,076 (halving), 3 ranks, 4 MiB. */
    private static List<String> reduceScatter(Shape shape) {
        if (bytes(shape) > TUNING.eagerBytes()) {
            return List.of("ring", "direct");
        }
        return shape.size() <= FEW_RANKS ? List.of("direct") : List.of("recursive-halving", "direct");
    }
}
