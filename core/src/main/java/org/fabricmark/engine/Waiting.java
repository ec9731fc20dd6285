package org.fabricmark.engine;

import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a rank does between two polls, once the first raw polls have failed. Chosen once per communicator. */
public enum Waiting {
    /** Keep the core, with the processor's spin hint: for ranks that have a core each. */
    SPIN,
    /**
     * Give the core away each time, or sleep where the transport can be woken ({@link org.fabricmark.transport.Transport#rest}): for
     * ranks beyond the cores, one of which may be what this rank is waiting for.
     */
    YIELD;

    /** What suits {@code ranks} ranks on this host; the processors that this JVM may use are counted now. */
    public static Waiting forRanks(int ranks) {
        return forRanks(ranks, Runtime.getRuntime().availableProcessors());
    }

    /** What suits {@code ranks} ranks that share {@code cores} cores. */
    public static Waiting forRanks(int ranks, int cores) {
        return ranks <= cores ? SPIN : YIELD;
    }

    IdleStrategy strategy() {
        return switch (this) {
            case SPIN -> BusySpinIdleStrategy.INSTANCE;
            case YIELD -> YieldingIdleStrategy.INSTANCE;
        };
    }
}
