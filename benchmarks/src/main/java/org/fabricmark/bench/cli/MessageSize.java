package org.fabricmark.bench.cli;

import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;

/** From message size to count. */
final class MessageSize {
    private MessageSize() {}

    /**
     * Elements of one rank's send side for a message of {@code bytes}, counted as nccl-tests does (for an all-gather, the
     * gathered result), rounded up to whole elements for every rank.
     */
    static long count(Collective collective, long bytes, int ranks, DataType type) {
        if (!collective.movesData()) {
            return 0;
        }
        long unit = collective.outputElements(1, ranks) * type.bytes();
        return Math.ceilDiv(bytes, unit);
    }
}
