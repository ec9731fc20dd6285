package org.fabricmark.communicator;

import java.lang.foreign.MemorySegment;
import org.fabricmark.engine.BoundSpace;
import org.fabricmark.transport.PrivateRegion;
import org.fabricmark.transport.Registrar;

/**
 * Where one buffer of calls on private memory lies: in a window, which it is copied into or out of, or in memory of the caller, registered
 * where it is, as long as that can be.
 *
 * <p>Thread rule: the rank's thread.
 */
final class CallBuffer implements AutoCloseable {
    private final BoundSpace space;
    private final MemorySegment window;
    private final PrivateRegion region;

    private CallBuffer(BoundSpace space, MemorySegment window, PrivateRegion region) {
        this.space = space;
        this.window = window;
        this.region = region;
    }

    /** In the window of {@code slice}. */
    static CallBuffer in(BufferSlice slice, long elements, int width) {
        return new CallBuffer(
                BoundSpace.at(slice.window().region(), slice.offset(), elements),
                slice.window().segment().asSlice(slice.offset(), elements * width),
                null);
    }

    /** Where callers have it. */
    static CallBuffer registered(Registrar registrar, long elements, int width) {
        PrivateRegion region = registrar.region(elements * width);
        return new CallBuffer(BoundSpace.at(region, 0, elements), null, region);
    }

    BoundSpace space() {
        return space;
    }

    /** The memory of a registered one. */
    PrivateRegion region() {
        return region;
    }

    /** What ranks must agree on. */
    String agreed(BufferSlice slice) {
        return region != null ? "private" : slice.window().number() + "+" + space.offset();
    }

    /** Uses {@code memory} where it is; or answers no, and then {@link #stage} is used. */
    boolean place(MemorySegment memory) {
        return region != null && region.place(memory);
    }

    /** Uses memory of this buffer's own. */
    MemorySegment stage() {
        return region == null ? window : region.stage();
    }

    /** A call has ended; {@code over} when it has come to its end. */
    void leave(boolean over) {
        if (region == null) {
            return;
        }
        if (over) {
            region.release();
        } else {
            region.revoke();
        }
    }

    @Override
    public void close() {
        if (region != null) {
            region.close();
        }
    }
}
