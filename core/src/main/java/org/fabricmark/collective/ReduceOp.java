package org.fabricmark.collective;

import java.util.Optional;

/**
 * How elements are combined. Integer arithmetic wraps; {@code MIN} and {@code MAX} give NaN when one side is NaN and order
 * -0.0 below 0.0, as {@link Math#min(float, float)} does.
 */
public enum ReduceOp {
    SUM("sum"),
    PROD("prod"),
    MIN("min"),
    MAX("max"),
    /**
     * The sum divided by the number of ranks, once, where the last contribution is added. Integers truncate what the wrapped
     * sum gives; 16-bit floating point is rounded after the division only, and not before.
     */
    AVG("avg");

    private final String label;

    ReduceOp(String label) {
        this.label = label;
    }

    /** The canonical name, for example {@code sum}. */
    public String label() {
        return label;
    }

    /** Whether the step that completes an element must also scale it by 1 / size. */
    public boolean needsFinish() {
        return this == AVG;
    }

    /** The operation called {@code label}. */
    public static Optional<ReduceOp> named(String label) {
        for (ReduceOp op : values()) {
            if (op.label.equals(label)) {
                return Optional.of(op);
            }
        }
        return Optional.empty();
    }
}
