package org.fabricmark.transport.rdma.verbs;

/**
 * How long a requester waits for an acknowledgement before it tries again: 4.096 microseconds times 2 to the power of this.
 *
 * @param exponent 1 to 31; 0 waits for ever
 */
public record AckTimeout(int exponent) {
    private static final long UNIT_NANOS = 4096;

    public AckTimeout {
        if (exponent < 0 || exponent > 31) {
            throw VerbsException.invalid("acknowledgement timeout " + exponent + ": 0 to 31");
        }
    }

    /** In nanoseconds; {@link Long#MAX_VALUE} for ever. */
    public long nanos() {
        return exponent == 0 ? Long.MAX_VALUE : UNIT_NANOS << exponent;
    }
}
