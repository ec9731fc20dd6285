package org.fabricmark.transport.anatomy;

import java.util.Objects;

/**
 * Packets of one request that travel in one direction for one purpose.
 *
 * @param kind for what
 * @param form what they are called, in order: {@code FIRST, 14 MIDDLE, LAST}
 * @param count how many
 * @param payload bytes of data in them
 * @param wireBytes bytes that they take on the wire: payload, headers, checksums, and the gap that follows each
 */
public record Packets(Kind kind, String form, long count, long payload, long wireBytes) {
    /** For what packets travel. */
    public enum Kind {
        /** From who asks. */
        REQUEST,
        /** Data from who is asked. */
        RESPONSE,
        /** From who is asked, without data. */
        ACKNOWLEDGEMENT
    }

    public Packets {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(form, "form");
    }

    /** Whether they leave the rank that posted the request; others come to it. */
    public boolean outbound() {
        return kind == Kind.REQUEST;
    }
}
