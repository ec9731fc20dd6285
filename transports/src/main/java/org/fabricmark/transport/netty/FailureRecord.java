package org.fabricmark.transport.netty;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/**
 * A failure as bytes, for the other ranks: the data of an ABORT frame, and a file of the rendezvous.
 *
 * <pre>
 *    0  | category 4 | rank 4 | peer 4 | step 4 |
 *   16  | elapsed 8, nanoseconds                |
 *   24  | text, UTF-8, up to 1000               |
 * </pre>
 */
final class FailureRecord {
    private static final int TEXT = 24;
    private static final int MOST_TEXT = 1000;

    /** The longest record. */
    static final int MOST_BYTES = TEXT + MOST_TEXT;

    private FailureRecord() {}

    static byte[] encode(Failure failure) {
        byte[] text = failure.what().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(TEXT + Math.min(text.length, MOST_TEXT))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(failure.category().ordinal())
                .putInt(failure.rank())
                .putInt(failure.peer())
                .putInt(failure.step())
                .putLong(failure.elapsedNanos())
                .put(text, 0, Math.min(text.length, MOST_TEXT))
                .array();
    }

    /** @param transport this rank's name of the transport */
    static Failure decode(byte[] record, String transport) throws WireException {
        if (record.length < TEXT || record.length > MOST_BYTES) {
            throw new WireException("a failure of " + record.length + " bytes");
        }
        ByteBuffer fields = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
        int category = fields.getInt();
        if (category < 0 || category >= Category.values().length) {
            throw new WireException("a failure of category " + category);
        }
        return new Failure(
                Category.values()[category],
                fields.getInt(),
                fields.getInt(),
                fields.getInt(),
                transport,
                fields.getLong(),
                new String(Arrays.copyOfRange(record, TEXT, record.length), StandardCharsets.UTF_8));
    }
}
