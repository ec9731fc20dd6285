package org.fabricmark.transport.rdma.loopback;

/**
 * A context of the fabric as another one (or itself) sees it: its block, and where its memory is mapped here.
 *
 * <p>Thread rule: the thread of the context that looks.
 */
final class Neighbour {
    /** Base of a segment that is not mapped yet; no address is odd there. */
    static final long UNMAPPED = -1;

    /** Maps segments of one neighbour; only where contexts are in several processes. */
    interface Mapper {
        /** Where {@code segment} is mapped from now on. */
        long map(int segment);

        /** Whether the neighbour's process lives. */
        boolean alive();
    }

    private static final Mapper SAME_PROCESS = new Mapper() {
        @Override
        public long map(int segment) {
            throw new IllegalStateException("segment " + segment + " of a context of this process");
        }

        @Override
        public boolean alive() {
            return true;
        }
    };

    private final long block;
    private final long secret;
    private final long[] bases;
    private final Mapper mapper;
    private boolean dead;

    private Neighbour(long block, long secret, long[] bases, Mapper mapper) {
        this.block = block;
        this.secret = secret;
        this.bases = bases;
        this.mapper = mapper;
    }

    /** In this process: places are addresses. */
    static Neighbour inProcess(long block, long secret) {
        return new Neighbour(block, secret, new long[] {0}, SAME_PROCESS);
    }

    /** In any process of this host. */
    static Neighbour onHost(long block, long secret, long[] bases, Mapper mapper) {
        return new Neighbour(block, secret, bases, mapper);
    }

    long block() {
        return block;
    }

    long secret() {
        return secret;
    }

    /** Where {@code place} is here. */
    long address(long place) {
        int segment = LoopbackLayout.segmentOf(place);
        long base = bases[segment];
        if (base == UNMAPPED) {
            base = mapper.map(segment);
            bases[segment] = base;
        }
        return base + LoopbackLayout.offsetOf(place);
    }

    /** Looks whether its process lives; not for every poll. */
    void look() {
        dead = dead || !mapper.alive();
    }

    /** Whether its process was seen to be gone. */
    boolean dead() {
        return dead;
    }
}
