package org.fabricmark.results.foreign;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.fabricmark.results.model.CaseKey;

/**
 * What a table of OSU is of, by its title.
 *
 * <p>Of tests between two processes two are calls of ours. A latency is half of a ping-pong, which we time there and back.
 * A bandwidth both ways is a send-recv of two ranks, but many are under way at once: its cadence says so, and cadences are
 * never compared. Sending in one direction is no call of ours.
 *
 * @param collective our name
 * @param kind what its rows hold
 */
record OsuTest(String collective, Kind kind) {
    /** What the numbers of a row are. */
    enum Kind {
        /** Times of a call that waits. */
        BLOCKING,
        /** Times of a call that is started, computed beside, and awaited. */
        NON_BLOCKING,
        /** Half the time of one message there and one back. */
        HALF_WAY,
        /** A rate, in 10<sup>6</sup> bytes a second, of both ranks together. */
        RATE
    }

    /** Calls of which many are under way at once; none of ours are timed so. */
    static final String WINDOWED = "windowed";

    private static final String NON_BLOCKING = "Non-blocking ";
    private static final Map<String, String> COLLECTIVES = Map.ofEntries(Map.entry("Allreduce", "all-reduce"),
            Map.entry("Allgather", "all-gather"), Map.entry("Reduce_scatter", "reduce-scatter"),
            Map.entry("Broadcast", "broadcast"), Map.entry("Reduce", "reduce"),
            Map.entry("All-to-All Personalized Exchange", "all-to-all"), Map.entry("Gather", "gather"),
            Map.entry("Scatter", "scatter"), Map.entry("Barrier", "barrier"));
    private static final Map<String, Kind> BETWEEN_TWO =
            Map.of("Latency", Kind.HALF_WAY, "Bi-Directional Bandwidth", Kind.RATE);
    private static final List<String> ONE_WAY = List.of("Bandwidth", "Multiple Bandwidth / Message Rate");

    /**
     * The test of this title, which is without what all titles have.
     *
     * @throws IllegalArgumentException if there can be no case of ours for it
     */
    static OsuTest of(String title) {
        if (ONE_WAY.contains(title)) {
            throw new IllegalArgumentException("'" + title + "' sends in one direction, which no call of ours does;"
                    + " osu_bibw and osu_latency can be imported");
        }
        Kind between = BETWEEN_TWO.get(title);
        if (between != null) {
            return new OsuTest("send-recv", between);
        }
        boolean started = title.startsWith(NON_BLOCKING);
        return Optional.ofNullable(COLLECTIVES.get(started ? title.substring(NON_BLOCKING.length()) : title))
                .map(collective -> new OsuTest(collective, started ? Kind.NON_BLOCKING : Kind.BLOCKING))
                .orElseThrow(() -> new IllegalArgumentException("'" + title + "' is no test that can be imported;"
                        + " known: " + String.join(", ", Stream
                                .concat(COLLECTIVES.keySet().stream(), BETWEEN_TWO.keySet().stream()).sorted()
                                .toList())));
    }

    /** How many ranks such a test always has. */
    Optional<Integer> ranks() {
        return kind == Kind.HALF_WAY || kind == Kind.RATE ? Optional.of(2) : Optional.empty();
    }

    /** Says of a case what follows from the test alone. */
    void addTo(CaseKey.Builder key) {
        switch (kind) {
            case BLOCKING, NON_BLOCKING -> key.cadence("isolated");
            case HALF_WAY -> key.algorithm("ping-pong");
            case RATE -> key.cadence(WINDOWED);
        }
    }
}
