package org.fabricmark.transport.rdma.loopback;

import java.lang.invoke.VarHandle;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.reduction.CopyKernel;
import org.fabricmark.reduction.Kernels;

/**
 * The one copy of a message: from the pieces at one end to those at the other.
 *
 * <p>Thread rule: any thread; addresses are mapped, and stay so because the caller is inside.
 */
final class MessageCopy {
    private static final CopyKernel KERNEL = Kernels.copy();
    private static final long WORD = Long.BYTES;

    private MessageCopy() {}

    /**
     * Copies {@code length} bytes of the message from {@code offset} on. Its last bytes land last: whoever sees them sees all, which
     * is more than any device promises, and what those expect who poll memory.
     */
    static void copy(Pieces from, Pieces to, long offset, long length) {
        if (from.size == 1 && to.size == 1) {
            straight(from.addresses[0] + offset, to.addresses[0] + offset, length);
            return;
        }
        int source = 0;
        int target = 0;
        long sourceAt = offset;
        long targetAt = offset;
        for (long left = length; left > 0;) {
            while (sourceAt >= from.lengths[source]) {
                sourceAt -= from.lengths[source++];
            }
            while (targetAt >= to.lengths[target]) {
                targetAt -= to.lengths[target++];
            }
            long run = Math.min(left, Math.min(from.lengths[source] - sourceAt, to.lengths[target] - targetAt));
            straight(from.addresses[source] + sourceAt, to.addresses[target] + targetAt, run);
            sourceAt += run;
            targetAt += run;
            left -= run;
        }
    }

    private static void straight(long from, long to, long length) {
        if (length == WORD && ((from | to) & WORD - 1) == 0) {
            AddressSpace.setLongRelease(to, AddressSpace.getLong(from));
            return;
        }
        long most = length > WORD ? length - WORD : 0;
        long tile = CopyKernel.tileBytes(most);
        for (long done = 0; done < most; done += tile) {
            KERNEL.copy(from + done, to + done, Math.min(tile, most - done));
        }
        VarHandle.releaseFence();
        KERNEL.copy(from + most, to + most, length - most);
    }
}
