package org.fabricmark.bootstrap;

/**
 * Ranks that somebody has started, and ends. The first failure ends all of them; when {@link #join} or {@link #close} has
 * returned or thrown, nothing is left of them.
 *
 * <p>Thread rule: the thread that started them.
 */
public sealed interface Ranks extends AutoCloseable permits ThreadRanks, ProcessRanks {
    /**
     * Waits until all ranks have ended.
     *
     * @throws org.fabricmark.transport.FabricException the first failure
     */
    void join();

    /** Ends ranks that still run, and waits for them; does nothing after {@link #join}. */
    @Override
    void close();
}
