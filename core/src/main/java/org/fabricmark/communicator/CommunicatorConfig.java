package org.fabricmark.communicator;

import java.time.Duration;
import java.util.Objects;
import org.fabricmark.engine.Waiting;

/**
 * How a communicator behaves; the same on every rank.
 *
 * @param timeout longest wait for a peer during which nothing moves, before every rank gives up; above zero
 * @param waiting what a rank does while it waits
 */
public record CommunicatorConfig(Duration timeout, Waiting waiting) {
    /** The timeout when nothing is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    public CommunicatorConfig {
        Objects.requireNonNull(waiting, "waiting");
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout=" + timeout + ": above zero");
        }
    }

    /** What suits {@code ranks} ranks on this host. */
    public static CommunicatorConfig forRanks(int ranks) {
        return new CommunicatorConfig(DEFAULT_TIMEOUT, Waiting.forRanks(ranks));
    }

    public CommunicatorConfig withTimeout(Duration value) {
        return new CommunicatorConfig(value, waiting);
    }
}
