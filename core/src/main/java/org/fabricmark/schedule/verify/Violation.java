package org.fabricmark.schedule.verify;

/**
 * Why schedules were rejected, and where.
 *
 * @param kind what was violated
 * @param algorithm of the call in which it shows
 * @param call index of that call in the proven sequence, inserted barriers not counted
 * @param rank whose step shows it
 * @param channel of that rank; -1 at entry, exit, or for the call as a whole
 * @param step index in the channel; -1 as above
 * @param text the step, or the event, in words
 * @param message what is wrong, with the slice concerned where there is one
 */
public record Violation(
        Kind kind, String algorithm, int call, int rank, int channel, int step, String text, String message) {

    /** What can be violated. */
    public enum Kind {
        /** Two accesses conflict, and nothing orders them. */
        RACE,
        /** An output, or an operand, is not what it must be. */
        VALUE,
        /** Ranks wait for ever. */
        DEADLOCK,
        /** A slice leaves its buffer, or operands do not fit each other. */
        BOUNDS,
        /** Bumps sent and consumed do not match, or a signal has two writers or readers. */
        SIGNAL,
        /** A put or get is not known to be over when its call ends. */
        UNFINISHED,
        /** Something claimed or declared is not so. */
        CLAIM
    }

    @Override
    public String toString() {
        return "%s: %s, call %d, rank %d, %s: %s [%s]"
                .formatted(
                        kind.name().toLowerCase(java.util.Locale.ROOT),
                        algorithm,
                        call,
                        rank,
                        channel < 0 ? "no channel" : "channel " + channel + ", step " + step,
                        message,
                        text);
    }
}
