package org.fabricmark.transport;

import java.util.Locale;
import java.util.Objects;

/**
 * What ended a job, as facts that travel to every rank.
 *
 * @param category what the reader can do about it
 * @param rank who failed or noticed, or {@link #UNKNOWN}
 * @param peer whom it was waiting for, or {@link #UNKNOWN}
 * @param step step of the schedule, counted over all its channels from 0, or {@link #UNKNOWN}
 * @param transport name of the transport
 * @param elapsedNanos how long the wait had lasted; 0 when it was not a wait
 * @param what one line, a sentence without a full stop
 */
public record Failure(
        Category category, int rank, int peer, int step, String transport, long elapsedNanos, String what) {
    /** Stands for a rank, peer or step that is not known or does not apply. */
    public static final int UNKNOWN = -1;

    /** What the reader can do about a failure. */
    public enum Category {
        /** A peer is silent or gone: start the job again. */
        LINK_LOST,
        /** The ranks do not agree, or a call is not allowed: change the program. */
        PROGRAM_WRONG,
        /** A rank's own code ended with an exception: see there. */
        RANK_FAILED,
        /** Memory is short: ask for less, or provide more. */
        NO_ROOM,
        /** The rank's thread was interrupted. */
        INTERRUPTED
    }

    public Failure {
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(what, "what");
    }

    /** A failure that is no wait for a peer. */
    public static Failure of(Category category, int rank, String transport, String what) {
        return new Failure(category, rank, UNKNOWN, UNKNOWN, transport, 0, what);
    }

    /** The facts as {@code name=value}, unknown ones left out: {@code category=link-lost rank=1 peer=0 step=17 …}. */
    public String facts() {
        StringBuilder text = new StringBuilder("category=")
                .append(category.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        append(text, "rank", rank);
        append(text, "peer", peer);
        append(text, "step", step);
        text.append(" transport=").append(transport);
        if (elapsedNanos > 0) {
            text.append(String.format(Locale.ROOT, " elapsed=%.1fs", elapsedNanos / 1e9));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, int value) {
        if (value != UNKNOWN) {
            text.append(' ').append(name).append('=').append(value);
        }
    }
}
