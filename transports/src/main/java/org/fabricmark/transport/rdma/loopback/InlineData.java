package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.reduction.CopyKernel;
import org.fabricmark.reduction.Kernels;

/** The bytes of inline requests, copied while posting: a place for each entry of a send queue. Thread rule: the context's thread. */
final class InlineData {
    private static final CopyKernel KERNEL = Kernels.copy();

    private final Home home;
    private final int most;
    private final int stride;
    private final int bytes;
    private final long base;

    InlineData(Home home, int entries, int most) {
        this.home = home;
        this.most = most;
        stride = (most + Long.BYTES - 1) & -Long.BYTES;
        bytes = Math.max(LoopbackLayout.LINE, entries * stride);
        base = home.allocateQueue(bytes);
    }

    int most() {
        return most;
    }

    /** Copies the bytes of {@code entry}, wherever they are, and makes it one of this place. */
    void take(int place, SendEntry entry) {
        long at = base + (long) place * stride;
        long to = at;
        for (int i = 0; i < entry.pieces; i++) {
            if (entry.lengths[i] == Long.BYTES && (entry.addresses[i] & Long.BYTES - 1) == 0
                    && (to & Long.BYTES - 1) == 0) {
                AddressSpace.setLong(to, AddressSpace.getLong(entry.addresses[i]));
            } else {
                KERNEL.copy(entry.addresses[i], to, entry.lengths[i]);
            }
            to += entry.lengths[i];
        }
        entry.inlineAt(at);
    }

    void release() {
        home.freeQueue(base, bytes);
    }
}
