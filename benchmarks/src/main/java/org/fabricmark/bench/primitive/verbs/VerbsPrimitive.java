package org.fabricmark.bench.primitive.verbs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/** Kinds of work requests between two ranks, and the ways in which perftest measures them. */
public enum VerbsPrimitive {
    /** Both ranks write in turn, each when the last byte of the peer's write has changed in its memory. */
    WRITE_LAT(SendOpcode.RDMA_WRITE, Pattern.PING_PONG),
    /** Both ranks write in turn, each when a receive has completed that the peer's write has used up. */
    WRITE_IMM_LAT(SendOpcode.RDMA_WRITE_WITH_IMM, Pattern.PING_PONG),
    /** Both ranks send in turn, each when the peer's message has come. */
    SEND_LAT(SendOpcode.SEND, Pattern.PING_PONG),
    /** Rank 0 reads, one read after another. */
    READ_LAT(SendOpcode.RDMA_READ, Pattern.REQUEST),
    /** Rank 0 adds, one addition after another. */
    FETCH_AND_ADD_LAT(SendOpcode.FETCH_AND_ADD, Pattern.REQUEST),
    /** Rank 0 swaps, one after another. */
    COMPARE_AND_SWAP_LAT(SendOpcode.COMPARE_AND_SWAP, Pattern.REQUEST),
    /** Rank 0 writes as much as its queues hold. */
    WRITE_BW(SendOpcode.RDMA_WRITE, Pattern.STREAM),
    /** Rank 0 sends as much as its queues hold; rank 1 posts a receive for each that has completed. */
    SEND_BW(SendOpcode.SEND, Pattern.STREAM),
    /** Rank 0 reads as much as its queues hold. */
    READ_BW(SendOpcode.RDMA_READ, Pattern.STREAM),
    /** Rank 0 adds as often as its queues hold. */
    FETCH_AND_ADD_BW(SendOpcode.FETCH_AND_ADD, Pattern.STREAM),
    /** Rank 0 swaps as often as its queues hold. */
    COMPARE_AND_SWAP_BW(SendOpcode.COMPARE_AND_SWAP, Pattern.STREAM),
    /** As {@link #WRITE_BW}; asked for the messages in a second, not for the bytes. */
    RATE(SendOpcode.RDMA_WRITE, Pattern.STREAM);

    /** Requests in a round of a stream. */
    public static final int STREAM = 16;

    /** Bytes of an atomic. */
    public static final int ATOMIC_BYTES = Long.BYTES;

    /** Who does what, and what one operation is. */
    public enum Pattern {
        /** There and back; an operation is one way, half of it. */
        PING_PONG(2),
        /** One request of rank 0 and its completion, which is a round trip by itself. */
        REQUEST(1),
        /** Requests of rank 0, many at a time; an operation is one request, done when its completion is. */
        STREAM(VerbsPrimitive.STREAM);

        private final int operations;

        Pattern(int operations) {
            this.operations = operations;
        }

        /** Operations in a round. */
        public int operations() {
            return operations;
        }
    }

    private final SendOpcode opcode;
    private final Pattern pattern;

    VerbsPrimitive(SendOpcode opcode, Pattern pattern) {
        this.opcode = opcode;
        this.pattern = pattern;
    }

    SendOpcode opcode() {
        return opcode;
    }

    /** Who does what. */
    public Pattern pattern() {
        return pattern;
    }

    /** Whether it is asked how many, not how long. */
    public boolean streams() {
        return pattern == Pattern.STREAM;
    }

    /** Whether its bytes are always {@value #ATOMIC_BYTES}. */
    public boolean atomic() {
        return opcode.atomic();
    }

    /** Whether data may travel within the request. */
    public boolean gathers() {
        return opcode.gathers();
    }

    /** {@code write-lat}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one called {@code label}. */
    public static Optional<VerbsPrimitive> named(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }
}
