package org.fabricmark.bench.primitive.verbs;

import java.util.OptionalInt;

/**
 * How requests are queued, in perftest's terms. What is not said depends on the primitive, as it does there.
 *
 * @param depth requests of a queue pair that may be under way; perftest's {@code --tx-depth}
 * @param pairs queue pairs that a stream is spread over in turn
 * @param inline bytes up to which data travel within the request; where not said, {@value #LATENCY_INLINE} for latencies and none for
 *     streams
 * @param signalEvery one request in so many is signalled; perftest's {@code --cq-mod}. Where not said, every one of latencies and of
 *     messages above {@value #EACH_SIGNALLED} bytes, and of others one in {@value #USUAL_PERIOD}, or in depth if that is less
 * @param postList requests of a stream that are posted at once
 */
public record Queues(int depth, int pairs, OptionalInt inline, OptionalInt signalEvery, int postList) {
    /** As perftest's. */
    public static final int USUAL_DEPTH = 128;

    /** Of one field each, so that a row of a table has place for it. */
    public static final int MOST = 16_384;

    /** Queue pairs. */
    public static final int MOST_PAIRS = 256;

    /** What perftest's test of writes sends inline. */
    public static final int LATENCY_INLINE = 220;

    private static final int USUAL_PERIOD = 100;
    private static final int EACH_SIGNALLED = 8192;

    /** What is measured when nothing is said. */
    public static final Queues DEFAULT =
            new Queues(USUAL_DEPTH, 1, OptionalInt.empty(), OptionalInt.empty(), 1);

    public Queues {
        require("tx-depth", depth, 1, MOST);
        require("qps", pairs, 1, MOST_PAIRS);
        require("post-list", postList, 1, depth);
        inline.ifPresent(bytes -> require("inline", bytes, 0, MOST));
        if (signalEvery.isPresent()) {
            require("cq-mod", signalEvery.getAsInt(), 1, depth);
        }
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("--" + what + " '" + value + "': " + least + " to " + most
                    + (what.equals("cq-mod") || what.equals("post-list") ? ", the depth of the queue (--tx-depth)"
                            : ""));
        }
    }

    /** Queue pairs that {@code primitive} uses. */
    public int pairs(VerbsPrimitive primitive) {
        return primitive.streams() ? pairs : 1;
    }

    /** Requests of one queue pair that may be under way. */
    public int depth(VerbsPrimitive primitive) {
        return primitive.streams() ? depth : 1;
    }

    /** One request in so many is signalled. */
    public int signalEvery(VerbsPrimitive primitive, long bytes) {
        if (primitive.pattern() == VerbsPrimitive.Pattern.REQUEST) {
            return 1; // its completion is what is awaited
        }
        return signalEvery.orElse(
                primitive.streams() && bytes <= EACH_SIGNALLED ? Math.min(depth, USUAL_PERIOD) : 1);
    }

    /** Bytes up to which data travel within the request. */
    public int inline(VerbsPrimitive primitive) {
        return !primitive.gathers() ? 0 : inline.orElse(primitive.streams() ? 0 : LATENCY_INLINE);
    }

    /** Requests that are posted at once. */
    public int postList(VerbsPrimitive primitive) {
        return primitive.streams() ? postList : 1;
    }

    /** The same with what {@code primitive} does not use at what is usual. */
    public Queues usedBy(VerbsPrimitive primitive) {
        boolean streams = primitive.streams();
        OptionalInt period =
                primitive.pattern() == VerbsPrimitive.Pattern.REQUEST ? OptionalInt.empty() : signalEvery;
        return new Queues(streams ? depth : Math.max(USUAL_DEPTH, period.orElse(1)), streams ? pairs : 1,
                primitive.gathers() ? inline : OptionalInt.empty(), period, streams ? postList : 1);
    }

    String text() {
        return depth + " " + pairs + " " + inline.orElse(-1) + " " + signalEvery.orElse(-1) + " " + postList;
    }

    static Queues parse(String[] words, int at) {
        return new Queues(Integer.parseInt(words[at]), Integer.parseInt(words[at + 1]), optional(words[at + 2]),
                optional(words[at + 3]), Integer.parseInt(words[at + 4]));
    }

    private static OptionalInt optional(String word) {
        int value = Integer.parseInt(word);
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
