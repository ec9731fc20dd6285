package org.fabricmark.transport.rdma.loopback;

/** Random numbers by Marsaglia's xorshift (Journal of Statistical Software 8(14), 2003): small, seeded, without objects. */
final class Lot {
    private static final long ODD = 0x9e37_79b9_7f4a_7c15L;

    private long state;

    Lot(long seed) {
        state = (seed ^ ODD) * ODD;
        state = state == 0 ? ODD : state;
    }

    /** From 0 to {@code bound}, exclusive. */
    int below(int bound) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return (int) ((state >>> 33) % bound);
    }
}
