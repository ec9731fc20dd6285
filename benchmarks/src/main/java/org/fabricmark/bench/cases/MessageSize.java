package org.fabricmark.bench.cases;

import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;

/**
 * The size of a call as nccl-tests counts it: the longer of a rank's two buffers, which is the gathered result of an all-gather
 * and the input of a reduce-scatter.
 * What is asked for is rounded <em>up</em> to whole elements for every rank, so that no row is empty, and what is really moved
 * is what tables print.
 *
 * @param count elements of the vector, or of one block
 * @param bytes bytes really moved, in the same convention
 */
public record MessageSize(long count, long bytes) {
    public MessageSize {
        if (count < 0 || bytes < 0) {
            throw new IllegalArgumentException("count=" + count + " bytes=" + bytes + ": at least 0");
        }
    }

    /**
     * The smallest size of at least {@code requestedBytes} bytes.
     *
     * @throws IllegalArgumentException for a negative size, or one whose rounding overflows
     */
    public static MessageSize of(Collective collective, DataType type, int ranks, long requestedBytes) {
        if (requestedBytes < 0) {
            throw new IllegalArgumentException("size '" + requestedBytes + "' is negative");
        }
        if (!collective.movesData()) {
            return new MessageSize(0, 0);
        }
        long unit = Math.max(collective.inputElements(1, ranks), collective.outputElements(1, ranks)) * type.bytes();
        long count = requestedBytes / unit + (requestedBytes % unit == 0 ? 0 : 1);
        try {
            return new MessageSize(count, Math.multiplyExact(count, unit));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("size '" + requestedBytes + "' is too large", e);
        }
    }
}
