package org.fabricmark.communicator;

import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import org.fabricmark.transport.Region;

/**
 * Registered memory of the same size on every rank, made by {@link Communicator#allocate}. Peers access it during calls of
 * plans that name it, and only then.
 *
 * <p>Thread rule: the rank's thread. Lifetime: until {@link #close}, or until the communicator closes.
 */
public final class Window implements AutoCloseable {
    private final Communicator communicator;
    private final Region region;
    private final int number;
    private int users;
    private boolean closed;

    Window(Communicator communicator, Region region, int number) {
        this.communicator = communicator;
        this.region = region;
        this.number = number;
    }

    /** Bytes on each rank. */
    public long bytes() {
        return region.bytes();
    }

    /** This rank's part, zeros at first. */
    public MemorySegment segment() {
        return region.segment();
    }

    /** Absolute address of this rank's part, a multiple of 128. */
    public long address() {
        return region.address();
    }

    /**
     * Where this rank can load and store {@code peer}'s part; empty where the transport gives no
     * {@linkplain org.fabricmark.transport.Capability#DIRECT_ACCESS direct access}.
     */
    public OptionalLong directAddress(int peer) {
        return communicator.reaches(peer) ? OptionalLong.of(region().directAddress(peer, 0)) : OptionalLong.empty();
    }

    /** A buffer that begins at byte {@code offset}. */
    public BufferSlice at(long offset) {
        return new BufferSlice(this, offset);
    }

    Region region() {
        if (closed) {
            throw new IllegalStateException("the window is closed");
        }
        return region;
    }

    boolean belongsTo(Communicator other) {
        return communicator == other;
    }

    /** Counts the windows of a communicator, so that ranks can compare which one they mean. */
    int number() {
        return number;
    }

    void retain() {
        users++;
    }

    void release() {
        users--;
    }

    /**
     * Gives the memory back. Collective: every rank closes it at the same place in its sequence of calls; runs a barrier first.
     * Closing twice does nothing.
     *
     * @throws IllegalStateException when a plan that uses it is open
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (users > 0) {
            throw new IllegalStateException(users + " open plans use the window: close them first");
        }
        closed = true;
        communicator.closed(region);
    }
}
