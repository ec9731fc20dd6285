package org.fabricmark.bench.primitive;

import java.util.Objects;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;

/**
 * One kind of transfer over one transport.
 *
 * @param primitive what is measured
 * @param transport the transport with its options
 * @param processes whether rank 1 is a process; otherwise it is a thread
 * @param bytes of one put; 0 where no data are moved
 */
public record PrimitiveCase(Primitive primitive, TransportSpec transport, boolean processes, int bytes) {
    /** As much as both ranks can be expected to have twice. */
    private static final int MOST = 1 << 30;

    public PrimitiveCase {
        Objects.requireNonNull(primitive, "primitive");
        transport = Transports.canonical(transport);
        if (primitive.movesData() ? bytes < 1 || bytes > MOST : bytes != 0) {
            throw new IllegalArgumentException("bytes '" + bytes + "': " + primitive.label()
                    + (primitive.movesData() ? " moves 1 to " + MOST + " bytes" : " moves no bytes"));
        }
    }

    /** The written form, for the process of rank 1. */
    String text() {
        return primitive.label() + " " + transport + " " + bytes;
    }

    /** Reads {@link #text} back, in the process of rank 1. */
    static PrimitiveCase parse(String text) {
        String[] parts = text.split(" ");
        return new PrimitiveCase(
                Primitive.named(parts[0]), TransportSpec.parse(parts[1]), true, Integer.parseInt(parts[2]));
    }
}
