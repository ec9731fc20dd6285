package org.fabricmark.communicator;

import java.util.Objects;

/**
 * Where a buffer begins in a window; how long it is follows from the call.
 *
 * @param window the window
 * @param offset first byte, 0 or more
 */
public record BufferSlice(Window window, long offset) {
    public BufferSlice {
        Objects.requireNonNull(window, "window");
        if (offset < 0 || offset > window.bytes()) {
            throw new IllegalArgumentException("offset=" + offset + " in a window of " + window.bytes() + " bytes");
        }
    }
}
