package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.loopback.SendEntry.Progress;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/**
 * What may overtake what on a reliable connection: the ordering table of the InfiniBand specification, volume 1, section 9.5, and no order
 * beyond it.
 *
 * <table>
 * <caption>whether the second may begin before the first is done</caption>
 * <tr><th>first \ second</th><th>send</th><th>write</th><th>read</th><th>atomic</th></tr>
 * <tr><td>send</td><td>no</td><td>no</td><td>no</td><td>no</td></tr>
 * <tr><td>write</td><td>its bytes: yes; its completion: no</td><td>yes, elsewhere</td><td>no</td><td>no</td></tr>
 * <tr><td>read, once let in</td><td>yes, without fence</td><td>yes, without fence</td><td>no</td><td>yes, without fence</td></tr>
 * <tr><td>atomic</td><td>no</td><td>no</td><td>no</td><td>no</td></tr>
 * </table>
 *
 * <p>A write to bytes of an earlier one waits for it: what a completion shows in the end is the later one. An atomic is over at the peer
 * before anything else begins there; only its answer might come later, which nobody can see here.
 */
final class OrderingRules {
    private final ShuffledRequester queue;
    private final boolean overtaking;

    OrderingRules(ShuffledRequester queue, boolean overtaking) {
        this.queue = queue;
        this.overtaking = overtaking;
    }

    /** Whether the request at {@code position} may be begun now. */
    boolean mayBegin(SendEntry entry, long position) {
        if (position == queue.head()) {
            return true;
        }
        if (!overtaking || entry.opcode.local() || !queue.connected) {
            return false;
        }
        int reads = 0;
        for (long at = queue.head(); at < position; at++) {
            SendEntry earlier = queue.entry(at);
            if (earlier.progress != Progress.DONE && !mayOvertake(entry, earlier)) {
                return false;
            }
            reads += earlier.opcode == SendOpcode.RDMA_READ && earlier.progress != Progress.DONE ? 1 : 0;
        }
        return !entry.opcode.scatters() || reads < queue.pair.attributes().maxReadAtomic();
    }

    private static boolean mayOvertake(SendEntry entry, SendEntry earlier) {
        return switch (earlier.opcode) {
            // Its answer may be late; whether it is let in is known before anything behind it is looked at.
            case RDMA_READ -> earlier.progress != Progress.QUEUED && !entry.fence
                    && entry.opcode != SendOpcode.RDMA_READ;
            case RDMA_WRITE -> earlier.progress != Progress.QUEUED && entry.opcode.gathers()
                    && entry.opcode != SendOpcode.SEND_WITH_INV;
            // Its receive must be its own before a later request asks for one.
            case RDMA_WRITE_WITH_IMM -> earlier.progress != Progress.QUEUED
                    && (entry.opcode == SendOpcode.RDMA_WRITE || entry.opcode == SendOpcode.RDMA_WRITE_WITH_IMM);
            default -> false;
        };
    }

    /** Whether a request that was admitted touches no memory of the peer that an earlier one is still writing. */
    boolean apart(SendEntry entry, long position) {
        for (long at = queue.head(); at < position; at++) {
            SendEntry earlier = queue.entry(at);
            boolean writing = earlier.progress == Progress.UNDER_WAY && earlier.opcode.gathers();
            if (writing && overlap(entry.remote, earlier.remote)) {
                return false;
            }
        }
        return true;
    }

    private static boolean overlap(Pieces one, Pieces other) {
        for (int i = 0; i < one.size; i++) {
            for (int j = 0; j < other.size; j++) {
                if (one.addresses[i] < other.addresses[j] + other.lengths[j]
                        && other.addresses[j] < one.addresses[i] + one.lengths[i]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the peer may be told now that the request at {@code position} is done. */
    boolean mayFinish(SendEntry entry, long position) {
        if (!entry.opcode.consumesReceive()) {
            return true;
        }
        for (long at = queue.head(); at < position; at++) {
            SendEntry earlier = queue.entry(at);
            if (earlier.progress != Progress.DONE && earlier.opcode != SendOpcode.RDMA_READ) {
                return false;
            }
        }
        return true;
    }
}
