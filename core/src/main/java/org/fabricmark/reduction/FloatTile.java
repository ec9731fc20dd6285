package org.fabricmark.reduction;

/**
 * Room for the floats of one tile of narrower elements: one array for each thread, which lives as long as the thread, so that a
 * kernel needs no state of its own and allocates at a thread's first call only.
 */
final class FloatTile {
    /** As many as leave room in the first-level cache for the elements that they are made of. */
    static final int ELEMENTS = 1024;

    private static final ThreadLocal<float[]> TILES = ThreadLocal.withInitial(() -> new float[ELEMENTS]);

    private FloatTile() {}

    /** The tile of the calling thread, with whatever was left in it. */
    static float[] ofThisThread() {
        return TILES.get();
    }
}
