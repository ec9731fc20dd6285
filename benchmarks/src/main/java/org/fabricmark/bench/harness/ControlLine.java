package org.fabricmark.bench.harness;

import org.fabricmark.bench.baseline.SharedLines;

/**
 * One word that rank 0 writes and the others read after each call: the number of the call after which all of them stop.
 *
 * <p>Rank 0 stores it by release before it enters that call, at the latest. The call synchronises: every rank leaves it after
 * rank 0 has entered, so every rank's acquire load after it sees the number. A rank that sees it earlier goes on until its own
 * count has got there. The line stays in the readers' first-level caches until it is written.
 */
final class ControlLine {
    private static final long UNDECIDED = 0;

    private final SharedLines lines;

    /** @param lines of which the first is used */
    ControlLine(SharedLines lines) {
        this.lines = lines;
    }

    /**
     * Rank 0: a loop is about to count its calls from 1. The ranks meet between this and their first call: else one of them could
     * stop at the last call of the loop before, while rank 0 has already decided on a later one.
     */
    void begin() {
        lines.setRelease(0, UNDECIDED);
    }

    /** Rank 0: call number {@code call}, or a later one that has not been entered, is the last. */
    void stopAfter(long call) {
        lines.setRelease(0, call);
    }

    /** The last call, once it has been decided; before that, an earlier call of this loop, or none. */
    long lastCall() {
        return lines.getAcquire(0);
    }
}
