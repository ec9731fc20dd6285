package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.verbs.VerbsException;

/** Sizes of queues: asked for, checked, rounded up. */
final class Sizes {
    private Sizes() {}

    /** The least power of two that is not below {@code wanted}; at least 1. */
    static int powerOfTwo(int wanted) {
        return wanted <= 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
    }

    /** @throws VerbsException {@code EINVAL} unless {@code value} is from {@code least} to {@code most} */
    static void check(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw VerbsException.invalid(what + " " + value + ": " + least + " to " + most);
        }
    }
}
