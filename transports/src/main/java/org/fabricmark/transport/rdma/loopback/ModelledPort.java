package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.verbs.CostModel;

/** A port of a device that is only modelled: messages of all queue pairs of a context, one after another. Thread rule: the context's thread. */
final class ModelledPort {
    private long free;
    private boolean used;

    /** When a message of {@code bytes} that is ready at {@code ready} is on the wire as a whole. */
    long send(long ready, long bytes, CostModel model) {
        long begin = used && free - ready > 0 ? free : ready;
        used = true;
        free = begin + model.busyNanos(bytes);
        return free;
    }
}
