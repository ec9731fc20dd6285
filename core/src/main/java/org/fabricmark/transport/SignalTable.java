package org.fabricmark.transport;

/**
 * Signals: at each rank, one monotonic 64-bit counter for each (source rank, index), starting at 0 and never reset. Made by
 * {@link Transport#allocateSignals}.
 *
 * <p>Each counter has one writer, its source, and one reader, the rank where it lies; both know from their own books how
 * far it must be, so it is never read back by its writer. The engine keeps those books and never signals the rank itself.
 *
 * <p>Both methods resolve names when a schedule is bound; the step path gets only their results.
 *
 * <p>Thread rule: the rank's thread. Lifetime and closing: as {@link Region}.
 */
public interface SignalTable extends AutoCloseable {
    /** Indices are 0 to this number, exclusive. */
    int signals();

    /** Names counter (this rank, {@code signal}) at {@code peer}, for {@link Transport#put} and {@link Transport#notifyPeer}. */
    long outgoing(int peer, int signal);

    /** Names counter ({@code peer}, {@code signal}) at this rank, for {@link Transport#arrived}. */
    long incoming(int peer, int signal);

    /** As {@link Region#close}. */
    @Override
    void close();
}
