package org.fabricmark.transport.conformance;

/** Seeds of random data: set the system property {@code fabricmark.seed} to repeat a run. */
final class Seeds {
    private Seeds() {}

    /** The seed that was set, or a new one; printed once. */
    static long next() {
        long seed = Long.getLong("fabricmark.seed", System.nanoTime());
        System.out.println("fabricmark.seed=" + seed);
        return seed;
    }
}
