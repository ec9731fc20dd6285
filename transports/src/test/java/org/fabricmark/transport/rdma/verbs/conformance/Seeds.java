package org.fabricmark.transport.rdma.verbs.conformance;

/** Seeds of random data: set the system property {@code fabricmark.seed} to repeat a run. */
public final class Seeds {
    private Seeds() {}

    /** The seed that was set, or a new one. Whoever draws from it says which one when something fails. */
    public static long next() {
        return Long.getLong("fabricmark.seed", System.nanoTime());
    }
}
