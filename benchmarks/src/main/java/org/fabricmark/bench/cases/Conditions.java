package org.fabricmark.bench.cases;

import java.util.List;
import java.util.Objects;

/**
 * Under which conditions calls of a case are made: the parts of a case that do not change what is computed.
 *
 * @param launch how ranks are started: {@code threads} or {@code processes}
 * @param memory kind of buffers: {@code window}, registered memory
 * @param cadence {@code streaming}: calls back to back
 * @param buffers {@code same}: every call uses the same buffers
 * @param arrival {@code none}: no rank is held back
 */
public record Conditions(String launch, String memory, String cadence, String buffers, String arrival) {
    /** Ranks are threads of one process. */
    public static final String THREADS = "threads";

    /** Ranks are processes on one host. */
    public static final String PROCESSES = "processes";

    /** What a case has when nothing is said; at present also all that the harness can do. */
    public static final Conditions DEFAULT = new Conditions(THREADS, "window", "streaming", "same", "none");

    /** Refuses what this harness cannot do, by name. */
    public Conditions {
        require("launch", launch, THREADS, PROCESSES);
        require("memory", memory, "window");
        require("cadence", cadence, "streaming");
        require("buffers", buffers, "same");
        require("arrival", arrival, "none");
    }

    /** The same with ranks that are started in another way. */
    public Conditions withLaunch(String value) {
        return new Conditions(value, memory, cadence, buffers, arrival);
    }

    private static void require(String condition, String value, String... available) {
        Objects.requireNonNull(value, condition);
        if (!List.of(available).contains(value)) {
            throw new IllegalArgumentException(condition + " '" + value + "' is not available yet; available: "
                    + String.join(", ", available));
        }
    }
}
