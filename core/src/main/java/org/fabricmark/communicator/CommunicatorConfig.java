package org.fabricmark.communicator;

import java.time.Duration;
import java.util.Objects;
import org.fabricmark.engine.Waiting;

/**
 * How a communicator behaves; the same on every rank.
 *
 * @param timeout longest wait for a peer during which nothing moves, before every rank gives up; above zero
 * @param waiting what a rank does while it waits
 * @param largeScratchBytes a lane with more scratch than this is large: then two lanes are kept instead of four
 */
public record CommunicatorConfig(Duration timeout, Waiting waiting, long largeScratchBytes) {
    /** The timeout when nothing is said. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    /** What is large when nothing is said: 64 MiB. */
    public static final long DEFAULT_LARGE_SCRATCH = 64L * 1024 * 1024;

    public CommunicatorConfig {
        Objects.requireNonNull(waiting, "waiting");
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout=" + timeout + ": above zero");
        }
        if (largeScratchBytes < 0) {
            throw new IllegalArgumentException("largeScratchBytes=" + largeScratchBytes + ": at least 0");
        }
    }

    /** With the default of what is large. */
    public CommunicatorConfig(Duration timeout, Waiting waiting) {
        this(timeout, waiting, DEFAULT_LARGE_SCRATCH);
    }

    /** What suits {@code ranks} ranks on this host. */
    public static CommunicatorConfig forRanks(int ranks) {
        return new CommunicatorConfig(DEFAULT_TIMEOUT, Waiting.forRanks(ranks));
    }

    public CommunicatorConfig withTimeout(Duration value) {
        return new CommunicatorConfig(value, waiting, largeScratchBytes);
    }

    public CommunicatorConfig withWaiting(Waiting value) {
        return new CommunicatorConfig(timeout, value, largeScratchBytes);
    }

    public CommunicatorConfig withLargeScratch(long bytes) {
        return new CommunicatorConfig(timeout, waiting, bytes);
    }
}
