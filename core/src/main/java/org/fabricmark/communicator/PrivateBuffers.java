package org.fabricmark.communicator;

import java.lang.foreign.MemorySegment;

/**
 * The buffers of a planned call, as each call on private memory uses them: {@link #enter}, the call, {@link #leave}, {@link #copyOut}.
 *
 * <p>Thread rule: the rank's thread.
 */
sealed interface PrivateBuffers extends AutoCloseable permits ApartBuffers, JointBuffers {
    /** A longer copy would hold up safepoints, so it is made in pieces. */
    long PIECE_BYTES = 1 << 20;

    /** What the call is planned on. */
    CallSpaces spaces();

    /** Takes the memory of a call: uses it where it is, or copies what the call reads. */
    void enter(MemorySegment input, MemorySegment output);

    /** The call has ended; {@code over} when it has come to its end. */
    void leave(boolean over);

    /** Copies the output, unless it is there already. */
    void copyOut(MemorySegment output);

    @Override
    void close();

    /** Copies as much as the shorter one holds, which is a stage. */
    static void copy(MemorySegment source, MemorySegment target) {
        long bytes = Math.min(source.byteSize(), target.byteSize());
        for (long from = 0; from < bytes; from += PIECE_BYTES) {
            MemorySegment.copy(source, from, target, from, Math.min(PIECE_BYTES, bytes - from));
        }
    }
}
