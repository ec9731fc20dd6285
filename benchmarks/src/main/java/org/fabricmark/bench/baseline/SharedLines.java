package org.fabricmark.bench.baseline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Words that threads of this process share, each on cache lines of its own: 128 bytes apart, because processors fetch lines
 * in pairs. All start at 0.
 *
 * <p>A release store pairs with the acquire load that sees its value.
 */
public final class SharedLines {
    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int SPACING = 128 / Long.BYTES;

    private final long[] words;

    /** @param lines how many words */
    public SharedLines(int lines) {
        this.words = new long[(lines + 2) * SPACING];
    }

    /** Loads a word; later accesses stay behind it. */
    public long getAcquire(int line) {
        return (long) WORDS.getAcquire(words, (line + 1) * SPACING);
    }

    /** Stores a word; earlier accesses stay before it. */
    public void setRelease(int line, long value) {
        WORDS.setRelease(words, (line + 1) * SPACING, value);
    }
}
