package org.fabricmark.transport.rdma.loopback;

/**
 * A port of a device that is only modelled: messages of all queue pairs of a context go out one after another, and the responses to
 * their reads come in one after another. Thread rule: the context's thread.
 */
final class ModelledPort {
    /** One direction of it. */
    static final class Lane {
        private long free;
        private boolean used;

        /** When a message begins that is ready at {@code ready} and takes {@code nanos}: not before those in front of it are through. */
        long take(long ready, long nanos) {
            long begin = used && free - ready > 0 ? free : ready;
            used = true;
            free = begin + nanos;
            return begin;
        }
    }

    private final Lane out = new Lane();
    private final Lane in = new Lane();

    Lane out() {
        return out;
    }

    Lane in() {
        return in;
    }
}
