package org.fabricmark.transport.rdma.loopback;

import java.util.Arrays;

/**
 * A context of the fabric as another one (or itself) sees it: its block, and where its memory is mapped here.
 *
 * <p>Thread rule: the thread of the context that looks.
 */
final class Neighbour {
    private static final int NONE = -1;

    /** Maps segments of one neighbour; only where contexts are in several processes. */
    interface Mapper {
        /**
         * Where {@code segment} is mapped from now on. Others may not be any more.
         *
         * @throws NeighbourGoneException when it cannot be mapped, because its process has ended or given it back
         */
        long map(int segment);

        /** Whether the neighbour's process lives. */
        boolean alive();
    }

    /** Memory of a neighbour cannot be reached any more. */
    static final class NeighbourGoneException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NeighbourGoneException(String message, Throwable cause) {
            super(message, cause);
        }
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
    private final Mapper mapper;

    /** By the lower bits of a segment's number: which one is mapped, and where. */
    private final int[] segments;

    private final long[] bases;
    private boolean dead;

    private Neighbour(long block, long secret, Mapper mapper, int places) {
        this.block = block;
        this.secret = secret;
        this.mapper = mapper;
        segments = new int[places];
        bases = new long[places];
    }

    /** In this process: places are addresses. */
    static Neighbour inProcess(long block, long secret) {
        return new Neighbour(block, secret, SAME_PROCESS, 1);
    }

    /** In any process of this host. */
    static Neighbour onHost(long block, long secret, Mapper mapper) {
        Neighbour neighbour = new Neighbour(block, secret, mapper, LoopbackLayout.SEGMENTS);
        Arrays.fill(neighbour.segments, NONE);
        return neighbour;
    }

    long block() {
        return block;
    }

    long secret() {
        return secret;
    }

    /**
     * Where {@code place} is here.
     *
     * @throws NeighbourGoneException as {@link Mapper#map}
     */
    long address(long place) {
        int segment = LoopbackLayout.segmentOf(place);
        int at = segment & segments.length - 1;
        if (segments[at] != segment) {
            bases[at] = mapper.map(segment);
            segments[at] = segment;
        }
        return bases[at] + LoopbackLayout.offsetOf(place);
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
