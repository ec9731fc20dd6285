package org.fabricmark.results.stats;

/**
 * A value that was estimated, and where the true one lies.
 *
 * @param value the estimate
 * @param low lower bound
 * @param high upper bound
 * @param confidence the probability, from 0 to 1, with which such an interval holds the true value: at least what was asked
 * for, or less where the samples are too few for that
 */
public record Estimate(double value, double low, double high, double confidence) {
    /** Refuses what is not a number, and bounds that do not enclose the value. */
    public Estimate {
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException("the value " + value + " is not within [" + low + ", " + high + "]");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence " + confidence + " is not from 0 to 1");
        }
    }

    /** From logarithms back to what they are of. */
    public Estimate exp() {
        return new Estimate(Math.exp(value), Math.exp(low), Math.exp(high), confidence);
    }

    /** Of the reciprocal; everything must be above 0. */
    public Estimate inverse() {
        return new Estimate(1 / value, 1 / high, 1 / low, confidence);
    }

    /** The same with another value, and wide enough to enclose it. */
    public Estimate around(double other) {
        return new Estimate(other, Math.min(low, other), Math.max(high, other), confidence);
    }

    /** Whether the true value is certainly not {@code candidate}, as far as the interval is certain. */
    public boolean excludes(double candidate) {
        return candidate < low || candidate > high;
    }
}
