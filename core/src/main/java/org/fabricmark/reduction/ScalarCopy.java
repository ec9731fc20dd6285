package org.fabricmark.reduction;

/** Copies by the JVM's bulk copy: where the module jdk.incubator.vector is absent. */
final class ScalarCopy implements CopyKernel {
    /** Bytes that are copied to every destination before the next ones, so that the source is read from memory once. */
    private static final int MULTICAST_TILE = 8 * 1024;

    @Override
    public void copy(long from, long to, long bytes) {
        Copies.copy(from, to, bytes);
    }

    @Override
    public void multicast(long[] addresses, int at, int destinations, long byteOffset, long bytes) {
        for (long done = 0; done < bytes; done += MULTICAST_TILE) {
            long offset = byteOffset + done;
            long tile = Math.min(MULTICAST_TILE, bytes - done);
            for (int d = at + 1; d <= at + destinations; d++) {
                Copies.copy(addresses[at] + offset, addresses[d] + offset, tile);
            }
        }
    }
}
