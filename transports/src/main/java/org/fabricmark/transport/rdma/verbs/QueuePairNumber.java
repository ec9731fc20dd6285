package org.fabricmark.transport.rdma.verbs;

/**
 * Number of a queue pair, unique behind its port's identifier: 24 bits, of which 0, 1 and the largest are reserved.
 *
 * @param value from 2 to 0xfffffe
 */
public record QueuePairNumber(int value) {
    /** Bits of a number. */
    public static final int BITS = 24;

    public QueuePairNumber {
        if (value < 0 || value >= 1 << BITS) {
            throw VerbsException.invalid("queue pair number " + value + ": 0 to " + ((1 << BITS) - 1));
        }
    }

    @Override
    public String toString() {
        return "0x%06x".formatted(value);
    }
}
