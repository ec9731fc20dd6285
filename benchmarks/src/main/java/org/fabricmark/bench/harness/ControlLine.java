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
    private final SharedLines lines;

    /** @param lines of which the first is used */
    ControlLine(SharedLines lines) {
        this.lines = lines;
    }

    /** Rank 0: call number {@code call}, or a later one that has not been entered, is the last. */
    void stopAfter(long call) {
        lines.setRelease(0, call);
    }

    /** The last call, once it has been decided; before that, some earlier call. */
    long lastCall() {
        return lines.getAcquire(0);
    }
}
