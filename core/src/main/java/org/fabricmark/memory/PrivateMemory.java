package org.fabricmark.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Ordinary memory outside the heap that only its owner knows: not registered, and no peer can reach it. Its pages are touched by
 * the thread that makes it, so that they lie near that thread.
 *
 * <p>Thread rule: the thread that made it. Lifetime: until {@link #close}.
 */
public final class PrivateMemory implements AutoCloseable {
    /** As windows have it, so that copies between the two begin on lines of their own. */
    private static final long ALIGNMENT = 128;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment segment;

    private PrivateMemory(long bytes) {
        try {
            segment = arena.allocate(bytes, ALIGNMENT);
        } catch (OutOfMemoryError | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /**
     * Allocates {@code bytes} bytes, zeros at first, aligned to 128 bytes.
     *
     * @throws OutOfMemoryError when memory is short
     */
    public static PrivateMemory allocate(long bytes) {
        return new PrivateMemory(bytes);
    }

    /** All of it. */
    public MemorySegment segment() {
        return segment;
    }

    /** Gives it back; closing twice does nothing. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
