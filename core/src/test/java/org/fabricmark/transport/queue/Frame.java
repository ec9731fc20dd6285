package org.fabricmark.transport.queue;

/** What travels between two ranks. References are (region, offset) as the transport encodes them. */
sealed interface Frame {
    /** Bytes for a place in the receiver's memory. */
    record Data(long to, byte[] bytes) implements Frame {}

    /** A counter's new value. */
    record Bump(long signal, long total) implements Frame {}

    /** Wants bytes of the receiver's memory for a place in the sender's. */
    record Request(int channel, long from, long to, long bytes) implements Frame {}

    /** The answer to a {@link Request}. */
    record Reply(int channel, long to, byte[] bytes) implements Frame {}
}
