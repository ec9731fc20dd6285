package org.fabricmark.bench.harness;

import org.fabricmark.bench.cases.BenchmarkCase;

/**
 * The traffic over sockets that a call cannot do without, as two ranks that send to each other would do it.
 *
 * @param messageBytes of one message
 * @param bothWays whether both ranks send at once
 * @param messages how often that has to happen, one after the other, because there are more ranks than cores
 */
record SocketTraffic(int messageBytes, boolean bothWays, double messages) {
    /**
     * What {@code subject} needs on {@code cores} cores. A rank of a collective in which all do the same sends at least
     * {@link org.fabricmark.collective.Collective#busFactor} times the message and receives as much; with a root, each of the
     * others has one message to receive or to send. Sending and receiving a byte both cost a core's time.
     */
    static SocketTraffic of(BenchmarkCase subject, int cores) {
        int ranks = subject.ranks();
        double working = Math.min(ranks, cores);
        if (subject.collective().rooted()) {
            return new SocketTraffic(limited(subject.bytes()), false, 2 * (ranks - 1) / working);
        }
        double factor = subject.collective().busFactor(ranks);
        return new SocketTraffic(limited(Math.round(factor * subject.bytes())), true, ranks / working);
    }

    private static int limited(long bytes) {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
