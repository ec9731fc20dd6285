package org.fabricmark.results.model;

import java.util.Objects;
import java.util.Optional;

/**
 * A machine as its probes saw it.
 *
 * @param limits what it can do at best
 * @param fit whether it is fit to measure, if that was judged
 */
public record Machine(MachineLimits limits, Optional<Fitness> fit) {
    /** Refuses missing parts. */
    public Machine {
        Objects.requireNonNull(limits, "a machine needs 'limits'");
        Objects.requireNonNull(fit, "fit");
    }
}
