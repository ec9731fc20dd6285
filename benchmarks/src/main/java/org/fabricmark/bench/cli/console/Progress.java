package org.fabricmark.bench.cli.console;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/**
 * Says on stderr that long work goes on. On a terminal it is one line that changes, at most ten times a second, and is wiped
 * before anything else is written; elsewhere a line each time that nothing was said for some seconds.
 *
 * <p>Thread rule: any thread; whoever writes something else calls {@link #clear} first.
 */
public final class Progress {
    private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final String WIPE = "\r\033[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final boolean silent;
    private long lastOutput;
    private long lastDrawn;
    private boolean drawn;

    /**
     * @param err where to
     * @param terminal whether that is a terminal
     * @param silent whether to say nothing at all
     */
    public Progress(PrintWriter err, boolean terminal, boolean silent) {
        this.err = err;
        this.terminal = terminal;
        this.silent = silent;
        lastOutput = System.nanoTime();
        lastDrawn = lastOutput - REDRAW_NANOS;
    }

    /** Work goes on; {@code text} says how far it is. Draws on the caller's thread: there is none beside the ranks. */
    public synchronized void update(String text) {
        long now = System.nanoTime();
        if (silent || !isDue(now)) {
            return;
        }
        lastDrawn = now;
        if (terminal) {
            err.print(WIPE + text);
            drawn = true;
        } else {
            lastOutput = now;
            err.println(text);
        }
        err.flush();
    }

    private boolean isDue(long now) {
        return terminal ? now - lastDrawn >= REDRAW_NANOS : now - lastOutput >= QUIET_NANOS;
    }

    /** Wipes the line, because something else is about to be written; that is a sign of life too. */
    public synchronized void clear() {
        lastOutput = System.nanoTime();
        if (drawn) {
            err.print(WIPE);
            err.flush();
            drawn = false;
        }
    }
}
