package org.fabricmark.transport.rdma;

import java.util.Arrays;

/**
 * Which requests of one channel a flush waits for: those that read this rank's memory or bring something into it, and for each queue pair
 * only the last one, since requests of a pair end in order.
 */
final class RdmaChannel {
    private RdmaPair[] pairs = new RdmaPair[4];
    private long[] last = new long[4];
    private int used;

    /** The last request of {@code pair} uses this rank's memory. */
    void uses(RdmaPair pair) {
        int at = 0;
        while (at < used && pairs[at] != pair) {
            at++;
        }
        if (at == used) {
            if (used == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * used);
                last = Arrays.copyOf(last, 2 * used);
            }
            pairs[used++] = pair;
        }
        last[at] = pair.last();
    }

    /** Whether all of them are over. */
    boolean flushed(RdmaPairs all) {
        while (used > 0) {
            if (!all.isOver(pairs[used - 1], last[used - 1])) {
                return false;
            }
            used--;
        }
        return true;
    }
}
