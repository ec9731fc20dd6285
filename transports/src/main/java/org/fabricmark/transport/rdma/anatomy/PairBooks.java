package org.fabricmark.transport.rdma.anatomy;

/**
 * What one queue pair's owner keeps count of: which requests are known to be over, and which receives are to be given back to the
 * peer. The same rules as the transport's own books, without a queue pair.
 *
 * <p>Thread rule: one thread.
 */
final class PairBooks {
    private final int depth;
    private final long period;
    private final int batch;
    private long posted;
    private long over;
    private long signalled;
    private long lastRead;
    private int used;
    private int earned;

    PairBooks(int depth) {
        this.depth = depth;
        this.period = period(depth);
        this.batch = depth / 4;
    }

    /** Every so many requests one is signalled: a power of two, at most half of the queue. */
    static long period(int depth) {
        return Integer.highestOneBit(Math.max(2, depth / 2)) / 2;
    }

    /** Whether a write must wait for a read. */
    boolean fenced() {
        return lastRead > over;
    }

    /** Posts a write; answers whether it is signalled: when no signalled one is under way, and when the last one is long ago. */
    boolean write() {
        boolean signal = signalled <= over || posted + 1 - signalled >= period;
        posted++;
        signalled = signal ? posted : signalled;
        return signal;
    }

    /** Posts something for its completion. */
    void mark() {
        posted++;
        signalled = posted;
    }

    void read() {
        mark();
        lastRead = posted;
    }

    /** Number of the last request. */
    long last() {
        return posted;
    }

    /** Whether no completion will say that request {@code last} is over. */
    boolean lacksCompletion(long last) {
        return signalled < last;
    }

    /** What was signalled has been polled. */
    void poll() {
        over = signalled;
    }

    /** The peer's signals have used up receives, which are posted again in batches; answers whether credits must be given back alone. */
    boolean receive(int signals) {
        used += signals;
        while (used >= batch) {
            used -= batch;
            earned += batch;
        }
        return earned >= depth / 2;
    }

    /** Something with an immediate takes along all credits that were earned. */
    void giveCredits() {
        earned = 0;
    }
}
