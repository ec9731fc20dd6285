package org.fabricmark.transport;

/**
 * Registers memory that ranks have allocated themselves, where it is: so that calls on it need no copy in a {@link Region}. Thread rule:
 * the rank's thread.
 */
public interface Registrar {
    /**
     * A region for {@code bytes} bytes. Called by all ranks at the same place in their sequence of calls, as they close it, but nobody
     * waits for another.
     *
     * @throws IllegalArgumentException when {@code bytes} is below 1
     */
    PrivateRegion region(long bytes);

    /** What has been done on this rank so far. */
    RegistrationCounters counters();
}
